package dev.trackit.runner.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.core.TrackitStatus;
import dev.trackit.spi.KernelStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How the agent is doing, as JSON: the same for the status file and for the page. */
public final class AgentStatusJson {
    private AgentStatusJson() {}

    /** Adds fields of its own. By default none. */
    public interface More {
        /** Writes fields of a kernel into the object that is open. */
        default void kernel(JsonGenerator g, TrackitStatus.Kernel kernel) throws IOException {}

        /** Writes fields of the store into the object that is open. */
        default void store(JsonGenerator g) throws IOException {}
    }

    /** Writes the fields into the object that is open. */
    public static void write(JsonGenerator g, TrackitStatus status, Path watchedFolder, More more) throws IOException {
        g.writeNumberField("pid", ProcessHandle.current().pid());
        g.writeStringField("watching", watchedFolder.toString());
        g.writeStringField("startedAt", status.startedAt().toString());
        text(g, "lastExecutionAt", status.lastExecutionAt().map(Instant::toString));
        g.writeArrayFieldStart("kernels");
        for (TrackitStatus.Kernel kernel : status.kernels()) {
            g.writeStartObject();
            kernel(g, kernel);
            more.kernel(g, kernel);
            g.writeEndObject();
        }
        g.writeEndArray();
        queueAndStore(g, status, more);
        g.writeArrayFieldStart("warnings");
        for (String warning : status.warnings()) {
            g.writeString(warning);
        }
        g.writeEndArray();
    }

    private static void kernel(JsonGenerator g, TrackitStatus.Kernel kernel) throws IOException {
        KernelStatus seen = kernel.kernel();
        g.writeStringField("kernel", seen.kernelId());
        g.writeStringField("session", seen.session());
        g.writeStringField("name", seen.kernelName());
        g.writeStringField("language", seen.language());
        g.writeStringField("state", seen.state().name().toLowerCase(Locale.ROOT));
        boolean settled = seen.notebook().isSettled();
        text(
                g,
                "notebook",
                settled ? Optional.of(seen.notebook().candidates().get(0).toString()) : Optional.empty());
        g.writeStringField("notebookMatch", seen.notebook().basis().name().toLowerCase(Locale.ROOT));
        g.writeArrayFieldStart("notebookCandidates");
        for (Path candidate : seen.notebook().candidates()) {
            g.writeString(candidate.toString());
        }
        g.writeEndArray();
        text(g, "log", Optional.ofNullable(kernel.notebook()).map(Object::toString));
        g.writeNumberField("captured", seen.captured());
        g.writeNumberField("recovered", kernel.recovered());
        g.writeNumberField("recorded", kernel.recorded());
        g.writeNumberField("gaps", seen.gaps());
        g.writeNumberField("dropped", seen.dropped() + kernel.overflow());
        g.writeNumberField("bytes", seen.bytes());
        g.writeStringField("detail", seen.detail());
    }

    private static void queueAndStore(JsonGenerator g, TrackitStatus status, More more) throws IOException {
        g.writeObjectFieldStart("queue");
        g.writeNumberField("events", status.queue().events());
        g.writeNumberField("bytes", status.queue().bytes());
        g.writeNumberField("received", status.queue().received());
        g.writeNumberField("dropped", status.queue().dropped());
        g.writeEndObject();
        g.writeObjectFieldStart("store");
        g.writeBooleanField("healthy", status.store().healthy());
        g.writeNumberField("records", status.store().written());
        g.writeNumberField("failures", status.store().failures());
        g.writeStringField("lastFailure", status.store().lastFailure());
        more.store(g);
        g.writeEndObject();
    }

    private static void text(JsonGenerator g, String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            g.writeStringField(field, value.get());
        } else {
            g.writeNullField(field);
        }
    }
}
