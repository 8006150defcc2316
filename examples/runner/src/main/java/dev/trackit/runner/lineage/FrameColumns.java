package dev.trackit.runner.lineage;

import dev.trackit.api.ColumnLineage;
import dev.trackit.api.FrameState;
import dev.trackit.api.Location;
import dev.trackit.api.Transformation;
import dev.trackit.core.lineage.ColumnTrace;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.Version;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a frame at one point, and where each came from. Those that an output showed, in their order, and those that steps name.
 *
 * @param value the frame
 * @param complete whether an output showed all columns after the last change
 * @param columns the columns
 */
record FrameColumns(NamedValue value, boolean complete, List<Column> columns) {

    /**
     * A column.
     *
     * @param name its name
     * @param type its type as the library writes it; null if it was not shown
     * @param missing how many of its values are missing; null if that was not shown
     * @param from the steps that it came from, the nearest first
     */
    record Column(
            String name, @Nullable String type, @Nullable Long missing, List<ColumnTrace.Step> from) {}

    /** The columns of what a name stood for after an execution. */
    static FrameColumns of(LineageGraph graph, NamedValue value, ExecutionNode at) {
        int changed = value.content().stream()
                .mapToInt(v -> v.writer().execution().order())
                .max()
                .orElse(0);
        FrameState shown = null;
        FrameState typed = null;
        for (ExecutionNode node : graph.executions(at.session())) {
            if (node.order() >= changed && node.order() <= at.order()) {
                for (FrameState state : node.analysis().frames()) {
                    if (state.dataset().equals(value.name())) {
                        shown = state.columns().isPresent() ? state : shown;
                        typed = state.types().isEmpty() ? typed : state;
                    }
                }
            }
        }
        Set<String> names =
                new LinkedHashSet<>(shown == null ? List.of() : shown.columns().orElse(List.of()));
        if (shown == null) {
            names.addAll(mentioned(value));
        }
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new Column(
                    name,
                    typed == null ? null : typed.types().get(name),
                    shown == null ? null : shown.missing().get(name),
                    ColumnTrace.of(value, name)));
        }
        return new FrameColumns(value, shown != null, columns);
    }

    /** Columns that steps name on the way to this value. */
    private static Set<String> mentioned(NamedValue value) {
        Set<String> names = new LinkedHashSet<>();
        for (Version head : value.content()) {
            for (Version version = head; version != null; version = version.prior()) {
                if (version.location().kind() != Location.Kind.HIDDEN) {
                    String key = version.location().key();
                    for (Transformation step : version.writer().statement().transformations()) {
                        if (step.outputs().stream().anyMatch(o -> key.startsWith(o.key()))) {
                            step.columns().stream()
                                    .map(ColumnLineage::column)
                                    .filter(c -> !c.equals("*"))
                                    .forEach(names::add);
                        }
                    }
                }
            }
        }
        return names;
    }
}
