package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.jupyter.notebook.NotebookFacts;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.spi.KernelStatus;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A notebook of the list as JSON. */
final class NotebookJson {
    private NotebookJson() {}

    static void write(JsonGenerator g, NotebookRow row) throws IOException {
        g.writeStartObject();
        g.writeStringField("id", row.id());
        RecordJson.text(g, "path", row.path() == null ? null : row.name());
        g.writeStringField("name", row.name());
        RecordJson.text(g, "file", row.path() == null ? null : row.path().toString());
        RecordJson.text(g, "log", row.log() == null ? null : row.log().value());
        g.writeStringField("language", language(row));
        NotebookFacts facts = row.facts();
        number(g, "cells", facts == null ? -1 : facts.cells());
        number(g, "codeCells", facts == null ? -1 : facts.codeCells());
        time(g, "modified", row.modifiedAt());
        time(g, "lastActivity", row.lastActivity());
        number(g, "size", row.bytes());
        kernel(g, row.kernel());
        g.writeBooleanField("tracked", row.tracked());
        g.writeStringField("state", row.state());
        g.writeNumberField("executions", row.executions());
        g.writeArrayFieldStart("tags");
        for (String tag : row.tags()) {
            g.writeString(tag);
        }
        g.writeEndArray();
        RecordJson.text(g, "problem", row.problem().isEmpty() ? null : row.problem());
        g.writeEndObject();
    }

    private static void kernel(JsonGenerator g, @Nullable KernelStatus kernel) throws IOException {
        if (kernel == null) {
            g.writeNullField("kernel");
            return;
        }
        g.writeObjectFieldStart("kernel");
        g.writeStringField("state", RecordJson.word(kernel.state()));
        g.writeStringField("name", kernel.kernelName());
        g.writeStringField("session", kernel.session());
        g.writeEndObject();
    }

    static String language(NotebookRow row) {
        KernelStatus kernel = row.kernel();
        if (kernel != null && !kernel.language().isEmpty()) {
            return kernel.language();
        }
        NotebookFacts facts = row.facts();
        return facts == null ? "" : facts.language();
    }

    static void number(JsonGenerator g, String field, long number) throws IOException {
        if (number < 0) {
            g.writeNullField(field);
        } else {
            g.writeNumberField(field, number);
        }
    }

    static void time(JsonGenerator g, String field, @Nullable Instant time) throws IOException {
        RecordJson.text(g, field, time == null ? null : time.toString());
    }
}
