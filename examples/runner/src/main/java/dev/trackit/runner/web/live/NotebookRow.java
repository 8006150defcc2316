package dev.trackit.runner.web.live;

import dev.trackit.api.NotebookId;
import dev.trackit.jupyter.notebook.NotebookFacts;
import dev.trackit.spi.KernelStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One notebook as the list shows it.
 *
 * @param id how addresses name it, for as long as the page runs; never a path
 * @param path the file; null for the log of a kernel whose notebook is not known
 * @param name what a person calls it: the path within the folder, or the id of a kernel's log
 * @param log its log; null if nothing was recorded yet
 * @param executions how many executions the log holds
 * @param lastActivity when something was recorded last; null if nothing was
 * @param bytes the file's size; -1 if there is no file
 * @param modifiedAt when the file was changed last; null if there is no file
 * @param facts what the file says of itself; null if it was not read yet, or cannot be
 * @param problem why the file cannot be read; empty if it can
 * @param kernel a kernel that runs for it; null if none does
 * @param choice what the user chose: true to record it, false not to; null if nothing was chosen
 * @param tags tags of the notebook and of its executions, in order
 */
public record NotebookRow(
        String id,
        @Nullable Path path,
        String name,
        @Nullable NotebookId log,
        long executions,
        @Nullable Instant lastActivity,
        long bytes,
        @Nullable Instant modifiedAt,
        @Nullable NotebookFacts facts,
        String problem,
        @Nullable KernelStatus kernel,
        @Nullable Boolean choice,
        List<String> tags) {

    /** Checks and copies. */
    public NotebookRow {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(problem, "problem");
        tags = List.copyOf(tags);
    }

    /** The same with this kernel and this choice. */
    NotebookRow with(@Nullable KernelStatus running, @Nullable Boolean chosen) {
        return new NotebookRow(
                id,
                path,
                name,
                log,
                executions,
                lastActivity,
                bytes,
                modifiedAt,
                facts,
                problem,
                running,
                chosen,
                tags);
    }

    /** Whether it is recorded when something happens in it. */
    public boolean tracked() {
        return choice == null ? kernel != null || log != null : choice;
    }

    /** In one word: {@code recording} (a kernel runs and is recorded), {@code tracked}, {@code stopped} (the user said no), {@code new}. */
    public String state() {
        if (Boolean.FALSE.equals(choice)) {
            return "stopped";
        } else if (!tracked()) {
            return "new";
        }
        return kernel == null ? "tracked" : "recording";
    }
}
