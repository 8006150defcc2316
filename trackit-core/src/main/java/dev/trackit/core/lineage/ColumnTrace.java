package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.ColumnLineage;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where one column of a frame came from: step by step through the transformations that made it, down to the files. Used once. */
public final class ColumnTrace {
    private static final String ALL = "*";

    private final List<Step> steps = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private ColumnTrace() {}

    /**
     * One step: a column of the output came from a column of an input.
     *
     * @param depth how many steps from the end, from 0
     * @param statement the statement that performs it
     * @param transformation the step on data
     * @param column the column of the output
     * @param dataset the input: a frame's label, or a file
     * @param input the column of the input; {@code *} if it is not known which
     * @param type how it matters
     * @param external whether the input is an external dataset: the trace ends there
     */
    public record Step(
            int depth,
            StatementNode statement,
            Transformation transformation,
            String column,
            String dataset,
            String input,
            ColumnLineage.Type type,
            boolean external) {
        /** Checks. */
        public Step {
            requireNonNull(statement, "statement");
            requireNonNull(transformation, "transformation");
        }
    }

    /** Traces a column of what a name stands for. Steps that no analysis describes are missing, and the trace ends there. */
    public static List<Step> of(NamedValue value, String column) {
        ColumnTrace trace = new ColumnTrace();
        trace.follow(value.content(), column, 0);
        return List.copyOf(trace.steps);
    }

    /** A column that was itself made anew came from what made it, whatever made the frame before. */
    private void follow(List<Version> content, String column, int depth) {
        List<Version> own = content.stream()
                .filter(v -> v.location().kind() == Location.Kind.PART
                        && namesColumn(v.location().label(), column))
                .toList();
        boolean replaced = own.stream().anyMatch(v -> Version.replaces(v.effect()));
        int before = steps.size();
        own.forEach(v -> follow(v, column, depth));
        if (!replaced || steps.size() == before) {
            content.stream()
                    .filter(v -> v.location().kind() == Location.Kind.OBJECT)
                    .forEach(v -> follow(v, column, depth));
        }
    }

    private void follow(Version head, String column, int depth) {
        boolean part = head.location().kind() == Location.Kind.PART;
        for (Version version = head; version != null; version = version.prior()) {
            String key = version.location().key();
            StatementNode node = version.writer();
            List<Transformation> all = node.statement().transformations();
            for (int i = all.size() - 1; i >= 0; i--) {
                Transformation step = all.get(i);
                boolean makes = step.outputs().stream().anyMatch(o -> o.key().equals(key))
                        || part
                                && step.columns().stream()
                                        .anyMatch(c -> c.column().equals(column));
                if (makes && seen.add(node.order() + ":" + i + ":" + column)) {
                    follow(node, step, i, column, depth);
                }
            }
        }
    }

    private void follow(StatementNode node, String key, String column, int depth, int before) {
        Statement statement = node.statement();
        List<Transformation> all = statement.transformations();
        for (int i = Math.min(all.size(), before) - 1; i >= 0; i--) {
            Transformation transformation = all.get(i);
            if (transformation.outputs().stream().anyMatch(o -> o.key().equals(key))
                    && seen.add(node.order() + ":" + i + ":" + column)) {
                follow(node, transformation, i, column, depth);
            }
        }
    }

    private void follow(StatementNode node, Transformation transformation, int index, String column, int depth) {
        if (transformation.kind() == TransformationKind.SOURCE
                && transformation.columns().isEmpty()) {
            // A file has the columns that are read from it.
            for (ExternalDataset.Access access : node.inputs()) {
                steps.add(new Step(
                        depth,
                        node,
                        transformation,
                        column,
                        access.label(),
                        column,
                        ColumnLineage.Type.IDENTITY,
                        true));
            }
        }
        for (ColumnLineage lineage : transformation.columns()) {
            boolean all = lineage.column().equals(ALL);
            boolean named =
                    transformation.columns().stream().anyMatch(c -> c.column().equals(column));
            if (!lineage.column().equals(column) && (!all || named)) {
                continue;
            }
            for (ColumnLineage.Input input : lineage.inputs()) {
                boolean same = all && input.column().equals(ALL) && input.type() == ColumnLineage.Type.IDENTITY;
                String source = same ? column : input.column();
                Location from = input(transformation, input.dataset());
                boolean external = from != null && from.kind() == Location.Kind.EXTERNAL;
                steps.add(
                        new Step(depth, node, transformation, column, input.dataset(), source, input.type(), external));
                if (from != null && !external) {
                    followInput(node, from, index, source, depth + 1);
                }
            }
        }
    }

    private void followInput(StatementNode node, Location from, int index, String column, int depth) {
        follow(node, from.key(), column, depth, index);
        List<Version> content = node.uses().stream()
                .map(Use::version)
                .filter(v -> v.location().key().equals(from.key())
                        || (v.location().kind() == Location.Kind.PART
                                && !from.name().isEmpty()
                                && v.location().name().equals(from.name())))
                .toList();
        follow(content, column, depth);
    }

    private static @Nullable Location input(Transformation transformation, String label) {
        return transformation.inputs().stream()
                .filter(l -> l.label().equals(label))
                .findFirst()
                .orElse(null);
    }

    private static boolean namesColumn(String label, String column) {
        return label.endsWith("[\"" + column + "\"]")
                || label.endsWith("['" + column + "']")
                || label.endsWith("." + column);
    }
}
