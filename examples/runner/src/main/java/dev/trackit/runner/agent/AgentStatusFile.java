package dev.trackit.runner.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.cli.PrivateFiles;
import dev.trackit.spi.KernelStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The file in the data folder in which the agent says how it is doing, once a second when something changed. It is replaced as
 * a whole, so that who reads it never sees half of one. Whether it is of an agent that still runs, {@link AgentLock} tells.
 */
public final class AgentStatusFile {
    private static final String FILE = "agent.json";
    private static final long AT_MOST_BYTES = 16 << 20;

    private final Path file;
    private final Path watchedFolder;
    private byte[] written = new byte[0];

    /** The file of this data folder. */
    public AgentStatusFile(Path dataFolder, Path watchedFolder) {
        this.file = dataFolder.resolve(FILE);
        this.watchedFolder = watchedFolder;
    }

    /** Writes it, if it changed. */
    public void write(TrackitStatus status) throws IOException {
        byte[] content = content(status);
        if (Arrays.equals(content, written)) {
            return;
        }
        Path fresh = file.resolveSibling(FILE + ".new");
        try (FileChannel channel = PrivateFiles.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = content;
    }

    /** Removes it: the agent ends. */
    public void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    /** What an agent wrote last, running or not; empty if there is none that can be read. */
    public static Optional<JsonNode> read(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > AT_MOST_BYTES) {
                return Optional.empty();
            }
            return Optional.of(new ObjectMapper().readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private byte[] content(TrackitStatus status) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = new JsonFactory().createGenerator(bytes)) {
            g.writeStartObject();
            g.writeNumberField("pid", ProcessHandle.current().pid());
            g.writeStringField("watching", watchedFolder.toString());
            g.writeStringField("startedAt", status.startedAt().toString());
            text(g, "lastExecutionAt", status.lastExecutionAt().map(Instant::toString));
            g.writeArrayFieldStart("kernels");
            for (TrackitStatus.Kernel kernel : status.kernels()) {
                kernel(g, kernel);
            }
            g.writeEndArray();
            queueAndStore(g, status);
            g.writeArrayFieldStart("warnings");
            for (String warning : status.warnings()) {
                g.writeString(warning);
            }
            g.writeEndArray();
            g.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void kernel(JsonGenerator g, TrackitStatus.Kernel kernel) throws IOException {
        KernelStatus seen = kernel.kernel();
        g.writeStartObject();
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
        g.writeNumberField("recovered", seen.recovered());
        g.writeNumberField("recorded", kernel.recorded());
        g.writeNumberField("gaps", seen.gaps());
        g.writeNumberField("dropped", seen.dropped() + kernel.overflow());
        g.writeNumberField("bytes", seen.bytes());
        g.writeStringField("detail", seen.detail());
        g.writeEndObject();
    }

    private static void queueAndStore(JsonGenerator g, TrackitStatus status) throws IOException {
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
