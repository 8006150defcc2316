package dev.trackit.summary.diff;

import dev.trackit.api.Location;
import dev.trackit.api.Transformation;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.summary.diff.Difference.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the steps on data of one cell differ between two of its executions. */
final class StepChanges {
    private final @Nullable ExecutionNode earlier;
    private final @Nullable ExecutionNode later;
    private final List<Transformation> before;
    private final List<Transformation> after;
    private final List<Difference> found = new ArrayList<>();
    private final StringBuilder arguments = new StringBuilder();

    private StepChanges(@Nullable ExecutionNode earlier, @Nullable ExecutionNode later) {
        this.earlier = earlier;
        this.later = later;
        this.before = steps(earlier);
        this.after = steps(later);
    }

    /** The differences; either execution may be missing. */
    static List<Difference> between(@Nullable ExecutionNode earlier, @Nullable ExecutionNode later) {
        StepChanges changes = new StepChanges(earlier, later);
        changes.pair((a, b) -> a.call().equals(b.call())
                && a.arguments().equals(b.arguments())
                && outputs(a).equals(outputs(b)));
        changes.pair((a, b) -> a.call().equals(b.call()) && outputs(a).equals(outputs(b)));
        changes.pair((a, b) -> a.call().equals(b.call()));
        changes.pair((a, b) -> a.kind() == b.kind() && outputs(a).equals(outputs(b)));
        changes.addRest();
        return changes.found;
    }

    private static List<Transformation> steps(@Nullable ExecutionNode node) {
        List<Transformation> steps = new ArrayList<>();
        if (node != null) {
            node.statements().forEach(s -> steps.addAll(s.statement().transformations()));
        }
        return steps;
    }

    private void pair(BiPredicate<Transformation, Transformation> same) {
        for (Transformation old : List.copyOf(before)) {
            Transformation now =
                    after.stream().filter(t -> same.test(old, t)).findFirst().orElse(null);
            if (now != null) {
                before.remove(old);
                after.remove(now);
                compare(old, now);
            }
        }
    }

    private void compare(Transformation old, Transformation now) {
        String was = written(old);
        String is = written(now);
        if (was.equals(is)) {
            return;
        }
        arguments.append(was).append('\n').append(is).append('\n');
        found.add(Difference.of(Level.TRANSFORMATION, now.kind().wireName() + of(now), was, is, earlier, later));
    }

    private void addRest() {
        for (Transformation old : before) {
            if (!isPart(old)) {
                found.add(Difference.of(
                        Level.TRANSFORMATION, old.kind().wireName() + of(old), written(old), "", earlier, null));
            }
        }
        for (Transformation now : after) {
            if (!isPart(now)) {
                found.add(Difference.of(
                        Level.TRANSFORMATION, now.kind().wireName() + of(now), "", written(now), null, later));
            }
        }
    }

    /** Whether it stands in an argument that changed, such as the median that is no longer filled in: told already. */
    private boolean isPart(Transformation step) {
        String method = step.call().substring(step.call().lastIndexOf('.') + 1);
        return arguments.indexOf("." + method + "(") >= 0;
    }

    private static String of(Transformation step) {
        String of = outputs(step).isEmpty() ? labels(step.inputs()) : outputs(step);
        return of.isEmpty() ? "" : " of " + of;
    }

    private static String outputs(Transformation step) {
        return labels(step.outputs());
    }

    private static String labels(List<Location> locations) {
        return locations.stream()
                .filter(l -> !l.name().isEmpty())
                .map(Location::label)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String written(Transformation step) {
        return step.call()
                + step.arguments().entrySet().stream()
                        .map(StepChanges::argument)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String argument(Map.Entry<String, String> argument) {
        boolean byPlace = argument.getKey().chars().allMatch(Character::isDigit);
        String value = argument.getValue().replaceAll("\\s+", " ");
        return byPlace ? value : argument.getKey() + "=" + value;
    }
}
