package dev.trackit.summary.outline;

import dev.trackit.api.Effect;
import dev.trackit.api.Excerpt;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Says in words what a statement does to data. Only what the analyzer knows is said; the call itself always stands behind it. */
final class StepText {
    private static final int MAX_ARGUMENT = 80;
    private static final int MAX_ARGUMENTS = 6;

    private final UnaryOperator<String> redaction;

    /** @param redaction applied to each piece of the notebook's text before it is shortened, so that no part of a secret is left */
    StepText(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    /** All transformations of a statement, in order, as one sentence without a full stop. */
    String of(Statement statement) {
        if (statement.transformations().isEmpty()) {
            return plain(statement);
        }
        Set<String> phrases = new LinkedHashSet<>();
        for (Transformation transformation : statement.transformations()) {
            phrases.add(of(transformation, externals(statement, transformation.kind())));
        }
        return String.join("; then ", phrases);
    }

    private String plain(Statement statement) {
        String line =
                redaction.apply(statement.text()).strip().lines().findFirst().orElse("");
        String begin = Excerpt.of(line, 100);
        return statement.traits().contains(Statement.Trait.DEFINITION) ? "defined " + begin : "ran " + begin;
    }

    /** The files that a reading or writing statement names, for analyzers that do not count them among a step's inputs. */
    private static List<Location> externals(Statement statement, TransformationKind kind) {
        boolean source = kind == TransformationKind.SOURCE;
        if (!source && kind != TransformationKind.SINK) {
            return List.of();
        }
        return statement.effects().stream()
                .filter(e -> e.location().kind() == Location.Kind.EXTERNAL)
                .filter(e -> source == (e.kind() == Effect.Kind.READ))
                .map(Effect::location)
                .toList();
    }

    private String of(Transformation t, List<Location> externals) {
        boolean source = t.kind() == TransformationKind.SOURCE;
        String in = names(source && t.inputs().isEmpty() ? externals : t.inputs(), "data");
        String out = names(t.kind() == TransformationKind.SINK && !externals.isEmpty() ? externals : t.outputs(), "");
        String into = out.isEmpty() || out.equals(in) ? "" : " into " + out;
        String phrase =
                switch (t.kind()) {
                    case SOURCE ->
                        in.equals("data") ? "made" + (out.isEmpty() ? " data" : " " + out) : "read " + in + into;
                    case SINK -> "wrote " + in + (out.isEmpty() ? "" : " to " + out);
                    case SELECTION -> "kept some rows of " + in + into;
                    case PROJECTION -> "chose or dropped columns of " + in + into;
                    case PROJECTION_MODIFY -> "computed " + (out.isEmpty() ? "columns" : out) + from(in, out);
                    case JOIN -> "joined " + in + into;
                    case CONCATENATE -> "put together " + in + into;
                    case GROUP_AND_AGGREGATE -> "aggregated " + in + into;
                    case SORT -> "sorted " + in + into;
                    case DEDUPLICATE -> "dropped repeated rows of " + in + into;
                    case DROP_MISSING -> "dropped missing values of " + in + into;
                    case IMPUTE -> "filled missing values of " + in + into;
                    case RENAME -> "renamed in " + in + into;
                    case CAST -> "changed types in " + in + into;
                    case ENCODE -> "encoded categories of " + in + into;
                    case SCALE -> "scaled " + in + into;
                    case BIN -> "cut " + in + " into intervals" + into;
                    case SAMPLE -> "took some rows of " + in + into;
                    case SPLIT -> "split " + in + into;
                    case RESHAPE -> "reshaped " + in + into;
                    case WINDOW -> "computed over a window of " + in + into;
                    case FEATURE_EXTRACT -> "extracted features from " + in + into;
                    case FIT -> "fitted " + (out.isEmpty() ? "a model" : out) + from(in, out);
                    case PREDICT -> "predicted with " + in + into;
                    case EVALUATE -> "measured " + in + into;
                    case PLOT -> "plotted " + in;
                    case INSPECT -> "looked at " + in;
                    case OTHER -> "used " + t.call() + " on " + in + into;
                };
        return phrase + " (" + t.call() + arguments(t.arguments()) + ")";
    }

    private static String from(String in, String out) {
        return in.equals(out) || in.equals("data") ? "" : " from " + in;
    }

    String names(List<Location> locations, String otherwise) {
        Set<String> labels = new LinkedHashSet<>();
        for (Location location : locations) {
            if (isNamed(location)) {
                labels.add(oneLine(redaction.apply(location.label()), MAX_ARGUMENT));
            }
        }
        if (labels.isEmpty()) {
            return otherwise;
        }
        List<String> list = new ArrayList<>(labels);
        if (list.size() > 5) {
            int more = list.size() - 4;
            list = new ArrayList<>(list.subList(0, 4));
            list.add(more + " more");
        }
        return list.size() == 1
                ? list.get(0)
                : String.join(", ", list.subList(0, list.size() - 1)) + " and " + list.get(list.size() - 1);
    }

    /** Not what passes between two calls of one expression, which has a type but no name. */
    static boolean isNamed(Location location) {
        boolean passing = location.kind() == Location.Kind.OBJECT
                && location.name().isEmpty()
                && location.label().matches("[A-Za-z_.]+");
        return !location.label().isBlank() && location.kind() != Location.Kind.HIDDEN && !passing;
    }

    private String arguments(Map<String, String> arguments) {
        if (arguments.isEmpty()) {
            return "";
        }
        List<String> shown = new ArrayList<>();
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            if (shown.size() == MAX_ARGUMENTS) {
                shown.add("…");
                break;
            }
            boolean byPlace = argument.getKey().chars().allMatch(Character::isDigit);
            String value = oneLine(argument(argument.getKey(), argument.getValue()), MAX_ARGUMENT);
            shown.add(byPlace ? value : argument.getKey() + "=" + value);
        }
        return ": " + String.join(", ", shown);
    }

    /** Redacted together with its name, which may be what tells that it is a secret. */
    private String argument(String name, String value) {
        String whole = redaction.apply(name + "=" + value);
        return whole.startsWith(name + "=") ? whole.substring(name.length() + 1) : redaction.apply(value);
    }

    static String oneLine(String text, int most) {
        return Excerpt.of(text.strip().replaceAll("\\s+", " "), most);
    }
}
