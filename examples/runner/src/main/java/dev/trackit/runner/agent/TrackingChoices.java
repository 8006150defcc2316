package dev.trackit.runner.agent;

import dev.trackit.runner.cli.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which notebooks the user wants recorded, and which not, whatever the rules would say. Kept in the data folder, one a line: {@code +} or
 * {@code -}, a space, and the path as seen from the watched folder. A notebook that is renamed is a new one here. Safe for use by several threads.
 */
public final class TrackingChoices {
    private static final Logger LOG = LoggerFactory.getLogger(TrackingChoices.class);
    private static final String FILE = "tracking.txt";

    private final Path file;
    private final Path watchedFolder;
    private final Map<Path, Boolean> choices = new LinkedHashMap<>();

    /** Reads what was kept; a line that cannot be read is passed over. */
    public TrackingChoices(Path dataFolder, Path watchedFolder) {
        this.file = dataFolder.resolve(FILE);
        this.watchedFolder = watchedFolder.toAbsolutePath().normalize();
        try {
            if (Files.isRegularFile(file)) {
                Files.readAllLines(file).forEach(this::read);
            }
        } catch (IOException e) {
            LOG.warn("The choice of notebooks cannot be read: {}", e.getMessage());
        }
    }

    private void read(String line) {
        boolean yes = line.startsWith("+ ");
        if (!yes && !line.startsWith("- ")) {
            return;
        }
        try {
            choices.put(watchedFolder.resolve(line.substring(2)).normalize(), yes);
        } catch (InvalidPathException e) {
            LOG.debug("Not a path: {}", line);
        }
    }

    /** All choices: true for a notebook that is wanted. */
    public synchronized Map<Path, Boolean> all() {
        return new LinkedHashMap<>(choices);
    }

    /** The choice for a notebook; empty if none was made. */
    public synchronized Optional<Boolean> of(Path notebook) {
        return Optional.ofNullable(choices.get(notebook));
    }

    /** Keeps a choice. @throws IOException if it cannot be written; it holds until the agent ends all the same */
    public synchronized void put(Path notebook, boolean wanted) throws IOException {
        Path path = notebook.toAbsolutePath().normalize();
        if (path.toString().contains("\n")) {
            throw new IOException("A name with a line break cannot be kept.");
        }
        choices.put(path, wanted);
        StringBuilder text = new StringBuilder();
        choices.forEach((chosen, yes) -> text.append(yes ? "+ " : "- ")
                .append(chosen.startsWith(watchedFolder) ? watchedFolder.relativize(chosen) : chosen)
                .append('\n'));
        Path fresh = file.resolveSibling(FILE + ".new");
        try (FileChannel channel = PrivateFiles.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
