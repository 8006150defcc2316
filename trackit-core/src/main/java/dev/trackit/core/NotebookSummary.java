package dev.trackit.core;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.NotebookId;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One notebook that has a log, in a line.
 *
 * @param id its name within the store
 * @param path where the file is, or last was; null for a kernel whose notebook is not known
 * @param name what a person calls it: the file's name, or the id of a kernel's log
 * @param executions how many executions its log holds
 * @param records how many records its log holds
 * @param lastActivity when the last record was made; null if the log is empty
 */
public record NotebookSummary(
        NotebookId id,
        @Nullable Path path,
        String name,
        long executions,
        long records,
        @Nullable Instant lastActivity) {

    /** Checks. */
    public NotebookSummary {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }

    /** Whether this is the log of a kernel whose notebook is not known. */
    public boolean provisional() {
        return path == null;
    }
}
