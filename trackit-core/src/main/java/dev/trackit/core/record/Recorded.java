package dev.trackit.core.record;

import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import java.time.Instant;
import java.util.List;

/** What the recorder tells those who follow it live: what became durable, and, first of all, that a cell began to run. */
public sealed interface Recorded {
    /** The notebook, or the kernel whose notebook is not known. */
    NotebookId notebook();

    /** A cell began to run; nothing is recorded of it yet. */
    record Began(NotebookId notebook, Execution execution) implements Recorded {}

    /** An execution is in the log. */
    record Executed(NotebookId notebook, Execution execution) implements Recorded {}

    /** More became known of an execution. */
    record Amended(NotebookId notebook, String executionId) implements Recorded {}

    /** A save with changes is in the log. */
    record Saved(
            NotebookId notebook,
            Instant at,
            Digest digest,
            Notebook content,
            List<String> changedCells,
            List<String> removedCells)
            implements Recorded {}

    /** A gap is in the log. */
    record Missed(NotebookId notebook, Gap gap) implements Recorded {}

    /** A session is in the log. */
    record SessionBegan(NotebookId notebook, Session session) implements Recorded {}

    /** The end of a session is in the log. */
    record SessionEnded(NotebookId notebook, String session, String reason) implements Recorded {}
}
