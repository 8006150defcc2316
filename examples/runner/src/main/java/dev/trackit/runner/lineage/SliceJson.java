package dev.trackit.runner.lineage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.slice.PythonScript;
import dev.trackit.core.slice.ReplayComparison;
import dev.trackit.core.slice.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Slices and replays as JSON. */
public final class SliceJson {
    private SliceJson() {}

    /** Adds fields of its own. */
    @FunctionalInterface
    public interface More {
        /** No others. */
        More NONE = (g, node) -> {};

        /** Writes fields of an execution into the object that is open. */
        void execution(JsonGenerator g, ExecutionNode node) throws IOException;
    }

    /** Writes the fields of a slice into the object that is open. */
    public static void write(JsonGenerator g, PythonScript script, More more) throws IOException {
        Slice slice = script.slice();
        Slice.Target target = slice.target();
        g.writeStringField("notebook", target.notebook());
        g.writeStringField(target.kind() == Slice.Target.Kind.VARIABLE ? "variable" : "file", target.name());
        g.writeStringField("script", script.text());
        g.writeArrayFieldStart("executions");
        for (Map.Entry<ExecutionNode, List<Integer>> entry : slice.executions().entrySet()) {
            ExecutionNode node = entry.getKey();
            g.writeStartObject();
            g.writeStringField("notebook", node.notebook());
            g.writeNumberField("sequence", node.sequence());
            if (node.execution().cell().cellIndex() >= 0) {
                g.writeNumberField("cellIndex", node.execution().cell().cellIndex());
            } else {
                g.writeNullField("cellIndex");
            }
            g.writeArrayFieldStart("lines");
            for (int line : entry.getValue()) {
                g.writeNumber(line);
            }
            g.writeEndArray();
            more.execution(g, node);
            g.writeEndObject();
        }
        g.writeEndArray();
        LineageJson.strings(g, "inputs", LineageJson.paths(target.session(), slice.inputs()));
        LineageJson.strings(g, "warnings", script.warnings());
    }

    /** Writes the field {@code replay} into the object that is open. */
    public static void replay(JsonGenerator g, ReplayRun.Result result) throws IOException {
        g.writeObjectFieldStart("replay");
        g.writeStringField(
                "result", result.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        g.writeNumberField("compared", result.compared());
        if (!result.reason().isEmpty()) {
            g.writeStringField("reason", result.reason());
        }
        g.writeArrayFieldStart("differences");
        for (ReplayComparison.Difference difference : result.differences()) {
            g.writeStartObject();
            g.writeStringField("where", difference.where());
            g.writeStringField("recorded", difference.recorded());
            g.writeStringField("replayed", difference.replayed());
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeEndObject();
    }
}
