package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.Session;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file, an address or a table that code read or wrote. Compared by identity; its {@link #key()} is unique in the graph. */
public final class ExternalDataset {
    private final String key;
    private final @Nullable Path path;
    private final List<Access> reads = new ArrayList<>(2);
    private final List<Access> writes = new ArrayList<>(2);

    ExternalDataset(String key, @Nullable Path path) {
        this.key = key;
        this.path = path;
    }

    /**
     * What was seen of a file.
     *
     * @param digest of its bytes; null if it was too large to read
     * @param size in bytes
     * @param modifiedAt when it was last changed
     */
    public record State(@Nullable Digest digest, long size, Instant modifiedAt) {
        /** Checks. */
        public State {
            requireNonNull(modifiedAt, "modifiedAt");
        }
    }

    /**
     * One statement reading or writing it.
     *
     * @param dataset what
     * @param statement who
     * @param label the path or address as the code has it
     * @param version what was read if a recorded statement wrote it, or what was written; null for what came from outside
     * @param state what was seen of the file at that time; null if nobody looked
     */
    public record Access(
            ExternalDataset dataset,
            StatementNode statement,
            String label,
            @Nullable Version version,
            @Nullable State state) {
        /** Checks. */
        public Access {
            requireNonNull(dataset, "dataset");
            requireNonNull(statement, "statement");
            requireNonNull(label, "label");
        }
    }

    /** The normalised path, or the address. */
    public String key() {
        return key;
    }

    /** The file, absolute, if it is one and the folder against which its name is resolved is known. */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /** How code in the session would write it: a path relative to the session's folder if it lies below it; else the path, or the address. */
    public String pathFrom(Session session) {
        if (path == null) {
            return key;
        }
        Path folder = session.workingFolder().map(Path::toAbsolutePath).orElse(null);
        return folder != null && path.startsWith(folder)
                ? folder.relativize(path).toString()
                : path.toString();
    }

    /** Who read it, in the order of time. */
    public List<Access> reads() {
        return Collections.unmodifiableList(reads);
    }

    /** Who wrote it, in the order of time. */
    public List<Access> writes() {
        return Collections.unmodifiableList(writes);
    }

    void addRead(Access access) {
        reads.add(access);
    }

    void addWrite(Access access) {
        writes.add(access);
    }

    @Override
    public String toString() {
        return "ExternalDataset[" + key + "]";
    }
}
