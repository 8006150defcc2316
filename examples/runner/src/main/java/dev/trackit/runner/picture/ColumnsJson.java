package dev.trackit.runner.picture;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.ColumnLineage;
import dev.trackit.api.FrameState;
import dev.trackit.api.Location;
import dev.trackit.api.Transformation;
import dev.trackit.core.lineage.ColumnTrace;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of one dataset, and where each came from, as JSON. */
final class ColumnsJson {
    private static final int MAX_COLUMNS = 500;
    private static final int MAX_STEPS = 200;

    private final LineageGraph graph;

    ColumnsJson(LineageGraph graph) {
        this.graph = graph;
    }

    void write(JsonGenerator g, @Nullable FlowNode dataset) throws IOException {
        Optional<NamedValue> value = dataset == null ? Optional.empty() : value(dataset);
        g.writeStartObject();
        g.writeObjectField("dataset", dataset == null ? null : dataset.id());
        g.writeObjectField("label", dataset == null ? null : dataset.label());
        List<String> complete = dataset == null ? null : dataset.columns();
        g.writeBooleanField("complete", complete != null);
        Set<String> names = new LinkedHashSet<>(complete == null ? List.of() : complete);
        value.ifPresent(v -> names.addAll(complete == null ? mentioned(v) : List.of()));
        g.writeNumberField("total", names.size());
        FrameState state = dataset == null ? null : state(dataset);
        g.writeArrayFieldStart("columns");
        for (String name : names.stream().limit(MAX_COLUMNS).toList()) {
            g.writeStartObject();
            g.writeStringField("column", name);
            if (state != null && state.types().containsKey(name)) {
                g.writeStringField("type", state.types().get(name));
            }
            Long missing = state == null ? null : state.missing().get(name);
            if (missing != null) {
                g.writeNumberField("missing", missing);
            }
            g.writeArrayFieldStart("from");
            List<ColumnTrace.Step> steps =
                    value.map(v -> ColumnTrace.of(v, name)).orElse(List.of());
            for (ColumnTrace.Step step : steps.stream().limit(MAX_STEPS).toList()) {
                step(g, step);
            }
            g.writeEndArray();
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeEndObject();
    }

    private Optional<NamedValue> value(FlowNode dataset) {
        return execution(dataset).flatMap(node -> graph.valueAfter(node, dataset.label()));
    }

    private Optional<ExecutionNode> execution(FlowNode dataset) {
        return dataset.runs().stream().findFirst().flatMap(run -> graph.executions().stream()
                .filter(node ->
                        node.sequence() == run.sequence() && node.notebook().equals(run.notebook()))
                .findFirst());
    }

    private @Nullable FrameState state(FlowNode dataset) {
        return execution(dataset).stream()
                .flatMap(node -> node.analysis().frames().stream())
                .filter(frame -> frame.dataset().equals(dataset.label()))
                .reduce((a, b) -> b)
                .orElse(null);
    }

    /** Columns that steps name, where no output showed them all. */
    private static List<String> mentioned(NamedValue value) {
        Set<String> names = new LinkedHashSet<>();
        for (Version head : value.content()) {
            for (Version version = head; version != null; version = version.prior()) {
                if (version.location().kind() == Location.Kind.HIDDEN) {
                    break;
                }
                String key = version.location().key();
                for (Transformation step : version.writer().statement().transformations()) {
                    boolean makes = step.outputs().stream().anyMatch(o -> key.startsWith(o.key()));
                    if (makes) {
                        step.columns().stream()
                                .map(ColumnLineage::column)
                                .filter(column -> !column.equals("*"))
                                .forEach(names::add);
                    }
                }
            }
        }
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(null);
        return sorted;
    }

    private static void step(JsonGenerator g, ColumnTrace.Step step) throws IOException {
        ColumnStepJson.begin(g, step);
        g.writeStringField("place", FlowReader.run(step.statement().execution()).place());
        g.writeEndObject();
    }
}
