package dev.trackit.core;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.NotebookId;

/**
 * What an import of a saved notebook added.
 *
 * @param notebook the notebook's name within the store
 * @param added how many executions were added
 * @param known how many executions of the file were in the log before
 * @param notExecuted how many code cells hold no execution count, and so no execution
 * @param snapshot whether the file's content was new
 */
public record ImportResult(NotebookId notebook, int added, int known, int notExecuted, boolean snapshot) {
    /** Checks. */
    public ImportResult {
        requireNonNull(notebook, "notebook");
    }
}
