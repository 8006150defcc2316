package dev.trackit.runner.lineage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.ColumnLineage;
import dev.trackit.api.FrameState;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Transformation;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExecutionView;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.FrameHistory;
import dev.trackit.core.lineage.Staleness;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.summary.outline.Activity;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The JSON form of what the graph says of executions. */
final class LineageJson {
    private final LoadedLineage lineage;

    LineageJson(LoadedLineage lineage) {
        this.lineage = lineage;
    }

    /** One object for one execution. */
    void execution(JsonGenerator g, ExecutionNode node, List<Staleness.Finding> stale) throws IOException {
        ExecutionView view = ExecutionView.of(lineage.graph(), node);
        g.writeStartObject();
        g.writeStringField("notebook", node.notebook());
        g.writeNumberField("sequence", node.sequence());
        int cell = node.execution().cell().cellIndex();
        if (cell < 0) {
            g.writeNullField("cellIndex");
        } else {
            g.writeNumberField("cellIndex", cell);
        }
        if (node.execution().executionCount().isPresent()) {
            g.writeNumberField(
                    "executionCount", node.execution().executionCount().getAsInt());
        }
        g.writeStringField("session", node.session().id());
        RecordJson.activities(g, Activity.all(node));
        strings(g, "reads", view.reads());
        strings(g, "writes", view.writes());
        strings(g, "mutates", view.mutates());
        strings(g, "filesRead", files(node.session(), view.filesRead()));
        strings(g, "filesWritten", files(node.session(), view.filesWritten()));
        dependsOn(g, node, view.dependsOn());
        g.writeArrayFieldStart("transformations");
        for (Transformation transformation : view.transformations()) {
            transformation(g, transformation);
        }
        g.writeEndArray();
        frames(g, FrameHistory.after(lineage.graph(), node));
        inputs(g, node);
        stale(g, node, stale);
        strings(
                g,
                "assumptions",
                node.statements().stream()
                        .flatMap(s -> s.statement().assumptions().stream())
                        .distinct()
                        .toList());
        strings(g, "problems", node.analysis().problems());
        g.writeEndObject();
    }

    private static void dependsOn(JsonGenerator g, ExecutionNode node, List<ExecutionNode> dependsOn)
            throws IOException {
        g.writeArrayFieldStart("dependsOn");
        for (ExecutionNode other : dependsOn) {
            if (other.notebook().equals(node.notebook())) {
                g.writeNumber(other.sequence());
            }
        }
        g.writeEndArray();
        g.writeArrayFieldStart("dependsOnOthers");
        for (ExecutionNode other : dependsOn) {
            if (!other.notebook().equals(node.notebook())) {
                g.writeStartObject();
                g.writeStringField("notebook", other.notebook());
                g.writeNumberField("sequence", other.sequence());
                g.writeEndObject();
            }
        }
        g.writeEndArray();
    }

    private static void transformation(JsonGenerator g, Transformation transformation) throws IOException {
        g.writeStartObject();
        g.writeStringField("kind", transformation.kind().wireName());
        g.writeStringField("call", transformation.call());
        g.writeObjectFieldStart("arguments");
        for (Map.Entry<String, String> argument : transformation.arguments().entrySet()) {
            g.writeStringField(argument.getKey(), argument.getValue());
        }
        g.writeEndObject();
        strings(
                g,
                "inputs",
                transformation.inputs().stream().map(Location::label).distinct().toList());
        strings(
                g,
                "outputs",
                transformation.outputs().stream()
                        .map(Location::label)
                        .distinct()
                        .toList());
        g.writeArrayFieldStart("columns");
        for (ColumnLineage column : transformation.columns()) {
            g.writeStartObject();
            g.writeStringField("column", column.column());
            g.writeArrayFieldStart("inputs");
            for (ColumnLineage.Input input : column.inputs()) {
                g.writeStartObject();
                g.writeStringField("dataset", input.dataset());
                g.writeStringField("column", input.column());
                g.writeStringField("type", input.type().name());
                g.writeBooleanField("direct", input.type().isDirect());
                g.writeEndObject();
            }
            g.writeEndArray();
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeNumberField("line", transformation.line());
        g.writeEndObject();
    }

    private static void frames(JsonGenerator g, List<FrameState> frames) throws IOException {
        g.writeObjectFieldStart("frames");
        for (FrameState frame : frames) {
            g.writeObjectFieldStart(frame.dataset());
            OptionalLong rows = frame.rows();
            if (rows.isPresent()) {
                g.writeNumberField("rows", rows.getAsLong());
            }
            Long count = frame.columnCount();
            if (count != null) {
                g.writeNumberField("cols", count);
            }
            if (frame.columns().isPresent()) {
                strings(g, "columns", frame.columns().get());
            }
            if (!frame.types().isEmpty()) {
                g.writeObjectFieldStart("types");
                for (Map.Entry<String, String> type : frame.types().entrySet()) {
                    g.writeStringField(type.getKey(), type.getValue());
                }
                g.writeEndObject();
            }
            if (!frame.missing().isEmpty()) {
                g.writeObjectFieldStart("missing");
                for (Map.Entry<String, Long> missing : frame.missing().entrySet()) {
                    g.writeNumberField(missing.getKey(), missing.getValue());
                }
                g.writeEndObject();
            }
            g.writeEndObject();
        }
        g.writeEndObject();
    }

    private void inputs(JsonGenerator g, ExecutionNode node) throws IOException {
        g.writeArrayFieldStart("inputs");
        for (StatementNode statement : node.statements()) {
            for (ExternalDataset.Access access : statement.inputs()) {
                g.writeStartObject();
                g.writeStringField("path", path(node.session(), access.dataset()));
                ExternalDataset.State state = access.state();
                if (state != null) {
                    if (state.digest() != null) {
                        g.writeStringField("digest", state.digest().value());
                    }
                    g.writeNumberField("size", state.size());
                    g.writeStringField("modifiedAt", state.modifiedAt().toString());
                }
                g.writeBooleanField("changedSince", Staleness.isChanged(access, lineage.disk()::now));
                g.writeEndObject();
            }
        }
        g.writeEndArray();
    }

    private static void stale(JsonGenerator g, ExecutionNode node, List<Staleness.Finding> stale) throws IOException {
        g.writeArrayFieldStart("stale");
        for (Staleness.Finding finding : stale) {
            if (finding.execution() == node) {
                g.writeStartObject();
                g.writeStringField("kind", word(finding.kind()));
                g.writeStringField("subject", finding.subject());
                g.writeStringField("detail", finding.detail());
                g.writeEndObject();
            }
        }
        g.writeEndArray();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The paths of those that are files; addresses and tables are named in {@code inputs} only. */
    static List<String> files(Session session, Collection<ExternalDataset> datasets) {
        return paths(
                session,
                datasets.stream()
                        .filter(d ->
                                d.path().isPresent() || session.workingFolder().isEmpty())
                        .toList());
    }

    static List<String> paths(Session session, Collection<ExternalDataset> datasets) {
        return datasets.stream().map(d -> path(session, d)).toList();
    }

    /** A path as code in the session would write it. */
    static String path(Session session, ExternalDataset dataset) {
        return dataset.pathFrom(session);
    }

    static void strings(JsonGenerator g, String field, Collection<String> values) throws IOException {
        g.writeArrayFieldStart(field);
        for (String value : values) {
            g.writeString(value);
        }
        g.writeEndArray();
    }
}
