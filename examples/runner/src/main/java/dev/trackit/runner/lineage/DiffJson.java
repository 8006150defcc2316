package dev.trackit.runner.lineage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.summary.diff.Difference;
import dev.trackit.summary.diff.Run;
import dev.trackit.summary.diff.RunDiff;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON form of what is different between two runs. */
public final class DiffJson {
    private DiffJson() {}

    /** One object: both runs, the causes, and the results. */
    public static void write(JsonGenerator g, RunDiff diff) throws IOException {
        g.writeStartObject();
        run(g, "from", diff.before());
        run(g, "to", diff.after());
        differences(g, "causes", diff.causes());
        differences(g, "results", diff.results());
        g.writeEndObject();
    }

    private static void run(JsonGenerator g, String field, Run run) throws IOException {
        g.writeObjectFieldStart(field);
        g.writeStringField("notebook", run.end().notebook());
        g.writeStringField("session", run.end().session().id());
        g.writeNumberField("sequence", run.end().sequence());
        g.writeNumberField("executions", run.executions().size());
        g.writeEndObject();
    }

    private static void differences(JsonGenerator g, String field, List<Difference> differences) throws IOException {
        g.writeArrayFieldStart(field);
        for (Difference difference : differences) {
            g.writeStartObject();
            g.writeStringField("level", RecordJson.word(difference.level()));
            g.writeStringField("change", RecordJson.word(difference.change()));
            g.writeStringField("subject", difference.subject());
            g.writeStringField("before", difference.before());
            g.writeStringField("after", difference.after());
            place(g, "earlier", difference.earlier());
            place(g, "later", difference.later());
            LineageJson.strings(g, "explains", difference.explains());
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    private static void place(JsonGenerator g, String field, @Nullable ExecutionNode node) throws IOException {
        if (node == null) {
            g.writeNullField(field);
        } else {
            g.writeObjectFieldStart(field);
            g.writeStringField("notebook", node.notebook());
            g.writeNumberField("sequence", node.sequence());
            g.writeNumberField("cellIndex", node.execution().cell().cellIndex());
            g.writeEndObject();
        }
    }
}
