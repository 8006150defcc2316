package dev.trackit.bedrock;

import dev.trackit.api.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps answers that were paid for, one file each, by the digest of what was asked. A cache that cannot be read or written costs
 * money, not the summary: it only logs. Safe for use by several threads and processes.
 */
final class AnswerCache {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerCache.class);

    private final Path folder;

    AnswerCache(Path folder) {
        this.folder = folder;
    }

    static Digest key(String model, float temperature, int maxTokens, String system, String text) {
        return Digest.ofText(String.join(
                "\n", model, Float.toString(temperature), Integer.toString(maxTokens), Prompts.VERSION, system, text));
    }

    Optional<Answer> find(Digest key) {
        try {
            return Optional.of(Answer.read(Files.readString(file(key))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | Answer.Unreadable e) {
            LOG.warn("A kept answer in {} cannot be read, so it is asked for again: {}", folder, e.getMessage());
            return Optional.empty();
        }
    }

    void keep(Digest key, Answer answer) {
        try {
            createFolder();
            Path draft = Files.createTempFile(folder, "answer", ".tmp");
            Files.write(draft, answer.write().getBytes(StandardCharsets.UTF_8));
            move(draft, file(key));
        } catch (IOException e) {
            LOG.warn("An answer cannot be kept in {}, so it will be paid for again: {}", folder, e.getMessage());
        }
    }

    private void createFolder() throws IOException {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path file(Digest key) {
        return folder.resolve(key.hex() + ".json");
    }
}
