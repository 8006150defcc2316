package dev.trackit.runner.read;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.Output;
import dev.trackit.summary.outline.Activity;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON forms of what was recorded. Fields are only ever added: scripts depend on them. */
public final class RecordJson {
    private RecordJson() {}

    /** An execution, without what it is for. */
    public static void execution(JsonGenerator json, Execution execution, String notebook) throws IOException {
        execution(json, execution, notebook, List.of());
    }

    /**
     * An execution, as {@code trackit log --json} prints it.
     *
     * @param activities what it is for, the main thing first; empty if that was not looked at
     */
    public static void execution(JsonGenerator json, Execution execution, String notebook, List<Activity> activities)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "execution");
        json.writeStringField("id", execution.id());
        json.writeStringField("notebook", notebook);
        json.writeStringField("session", execution.session());
        json.writeNumberField("sequence", execution.sequence());
        boolean settled = execution.cell().isSettled();
        text(json, "cellId", settled ? execution.cell().cellId() : null);
        if (settled && execution.cell().cellIndex() >= 0) {
            json.writeNumberField("cellIndex", execution.cell().cellIndex());
        } else {
            json.writeNullField("cellIndex");
        }
        json.writeStringField("cellMatch", word(execution.cell().basis()));
        if (execution.executionCount().isPresent()) {
            json.writeNumberField("executionCount", execution.executionCount().getAsInt());
        } else {
            json.writeNullField("executionCount");
        }
        json.writeStringField("code", execution.code());
        json.writeStringField("codeDigest", execution.codeDigest().value());
        json.writeStringField("status", word(execution.status()));
        time(json, "startedAt", execution.startedAt());
        time(json, "finishedAt", execution.finishedAt());
        json.writeStringField("origin", word(execution.origin()));
        json.writeArrayFieldStart("outputs");
        for (Output output : execution.outputs()) {
            output(json, output);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : execution.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        if (!activities.isEmpty()) {
            activities(json, activities);
        }
        json.writeEndObject();
    }

    /** What a cell is for: the main thing, and all. */
    public static void activities(JsonGenerator json, List<Activity> activities) throws IOException {
        json.writeStringField("activity", activities.get(0).label());
        json.writeArrayFieldStart("activities");
        for (Activity activity : activities) {
            json.writeString(activity.label());
        }
        json.writeEndArray();
    }

    private static void output(JsonGenerator json, Output output) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", output.type().wireName());
        text(json, "name", output.name().isEmpty() ? null : output.name());
        json.writeStringField("mime", output.mime());
        json.writeStringField("text", output.text());
        json.writeBooleanField("textCut", output.textCut());
        json.writeStringField("digest", output.digest().value());
        json.writeNumberField("bytes", output.bytes());
        json.writeEndObject();
    }

    /** A gap, in the stream of executions. */
    public static void gap(JsonGenerator json, Gap gap, Instant recordedAt, String notebook) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "gap");
        json.writeStringField("notebook", notebook);
        json.writeStringField("reason", word(gap.reason()));
        text(json, "session", gap.session().isEmpty() ? null : gap.session());
        time(json, "from", gap.from());
        time(json, "to", gap.to());
        if (gap.missing() >= 0) {
            json.writeNumberField("missing", gap.missing());
        } else {
            json.writeNullField("missing");
        }
        json.writeStringField("detail", gap.detail());
        json.writeStringField("recordedAt", recordedAt.toString());
        json.writeEndObject();
    }

    static void time(JsonGenerator json, String field, Optional<Instant> time) throws IOException {
        text(json, field, time.map(Instant::toString).orElse(null));
    }

    /** A text, or null. */
    public static void text(JsonGenerator json, String field, @Nullable String text) throws IOException {
        if (text == null) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, text);
        }
    }

    /** An enum constant as JSON has it: {@code KERNEL_DIED} is {@code kernel_died}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
