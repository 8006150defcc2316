package dev.trackit.runner.picture;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.lineage.ColumnTrace;
import java.io.IOException;
import java.util.Map;

/** One step of a column's way as JSON: the same fields for {@code trackit columns} and for the page. */
public final class ColumnStepJson {
    private ColumnStepJson() {}

    /** Begins the step's object and writes its fields; the caller may add more, and ends the object. */
    public static void begin(JsonGenerator g, ColumnTrace.Step step) throws IOException {
        g.writeStartObject();
        g.writeNumberField("depth", step.depth());
        g.writeStringField("column", step.column());
        g.writeStringField("dataset", step.dataset());
        g.writeStringField("input", step.input());
        g.writeStringField("type", step.type().name());
        g.writeBooleanField("direct", step.type().isDirect());
        g.writeBooleanField("external", step.external());
        g.writeStringField("kind", step.transformation().kind().wireName());
        g.writeStringField("call", step.transformation().call());
        g.writeObjectFieldStart("arguments");
        for (Map.Entry<String, String> argument :
                step.transformation().arguments().entrySet()) {
            g.writeStringField(argument.getKey(), argument.getValue());
        }
        g.writeEndObject();
        g.writeNumberField("sequence", step.statement().execution().sequence());
    }
}
