package dev.trackit.runner.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.cli.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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
            AgentStatusJson.write(g, status, watchedFolder, new AgentStatusJson.More() {});
            g.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
