package dev.trackit.core.lineage;

import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files on disk. A file that was changed after an execution had ended is not what the execution read, so nothing is said of
 * it then; {@link #now(Path)} tells what it is instead. Each version of a file is read once. Not safe for use by several threads.
 */
public final class DiskObserver implements ExternalObserver {
    private final long digestLimit;
    private final Map<Path, ExternalDataset.State> seen = new HashMap<>();

    /** @param digestLimit up to how many bytes a file is read to digest it */
    public DiskObserver(long digestLimit) {
        this.digestLimit = digestLimit;
    }

    @Override
    public Optional<ExternalDataset.State> look(Execution execution, Path file) {
        Instant end = execution.finishedAt().orElse(Instant.MAX);
        return now(file).filter(state -> !state.modifiedAt().isAfter(end));
    }

    /** What the file is at present; nothing if there is no such file or it cannot be looked at. */
    public Optional<ExternalDataset.State> now(Path file) {
        return state(file);
    }

    private Optional<ExternalDataset.State> state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            long size = attributes.size();
            Instant modifiedAt = attributes.lastModifiedTime().toInstant();
            ExternalDataset.State known = seen.get(file);
            if (known == null || known.size() != size || !known.modifiedAt().equals(modifiedAt)) {
                Digest digest = size <= digestLimit ? digest(file) : null;
                known = new ExternalDataset.State(digest, size, modifiedAt);
                seen.put(file, known);
            }
            return Optional.of(known);
        } catch (IOException | SecurityException e) {
            // Not there, or not to be looked at: an answer without this file's state is still right.
            return Optional.empty();
        }
    }

    private static @Nullable Digest digest(Path file) throws IOException {
        MessageDigest digest = Digest.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return Digest.of(digest);
    }
}
