package dev.trackit.summary.outline;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a transformation is done to, of all that goes into it: rows are kept of a frame, not of the column that says which; and a scaler scales, it is
 * not scaled.
 */
final class Subjects {
    private static final Set<TransformationKind> OF_ONE_FRAME = Set.of(
            TransformationKind.SELECTION,
            TransformationKind.PROJECTION,
            TransformationKind.SORT,
            TransformationKind.DEDUPLICATE,
            TransformationKind.DROP_MISSING,
            TransformationKind.RENAME);

    /** Methods of fitted objects, which are no data themselves. */
    private static final Pattern BY_MEANS =
            Pattern.compile("[A-Z]\\w*\\.(?:fit_transform|transform|inverse_transform|predict\\w*|fit_predict)");

    /** What it is done to; without its means. */
    List<Location> of(Transformation t, Statement statement) {
        if (!means(t).isEmpty()) {
            return t.inputs().subList(1, t.inputs().size());
        }
        if (!OF_ONE_FRAME.contains(t.kind()) || !t.call().startsWith("DataFrame")) {
            return t.inputs();
        }
        if (t.outputs().size() == 1 && reads(statement, t.outputs().get(0))) {
            return t.outputs();
        }
        Map<String, Location> wholes = new LinkedHashMap<>();
        for (Location input : t.inputs()) {
            if (StepText.isNamed(input)) {
                wholes.putIfAbsent(input.name(), input);
                if (input.kind() != Location.Kind.PART) {
                    return List.of(input);
                }
            }
        }
        return wholes.size() == 1 ? List.copyOf(wholes.values()) : t.inputs();
    }

    /** By what it is done: the fitted object whose method is called. */
    List<Location> means(Transformation t) {
        boolean by = BY_MEANS.matcher(t.call()).matches() && !t.inputs().isEmpty();
        return by && StepText.isNamed(t.inputs().get(0)) ? t.inputs().subList(0, 1) : List.of();
    }

    /** Whether the name that receives the result is what the statement reads as well: {@code df = df[…]}. */
    private static boolean reads(Statement statement, Location receiver) {
        return statement.effects().stream()
                .anyMatch(e -> e.kind() == Effect.Kind.READ
                        && e.location().kind() != Location.Kind.EXTERNAL
                        && !receiver.name().isEmpty()
                        && e.location().name().equals(receiver.name()));
    }
}
