package dev.trackit.core;

import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import dev.trackit.core.timeline.Snapshot;

/**
 * Is told what is recorded, as it is recorded. All methods do nothing unless overridden. They are called one after the other from one of TrackIT's
 * own threads, after the record is durable, except {@link #onExecutionStarted}, of which nothing is recorded yet. A listener that is slow delays
 * other listeners and later calls, never the recording; when more than a few thousand calls wait, the oldest are dropped, and {@link
 * TrackitStatus#listenerDropped()} counts them. What it throws is logged and otherwise ignored.
 */
public interface TrackitListener {

    /** A cell began to run. Its notebook may not be known for sure yet; the execution has an id, session, code, count and start only. */
    default void onExecutionStarted(NotebookId notebook, Execution execution) {}

    /** An execution was recorded. */
    default void onExecution(NotebookId notebook, Execution execution) {}

    /** More became known of an execution that was recorded before: outputs from the saved notebook, its cell. */
    default void onExecutionAmended(NotebookId notebook, String executionId) {}

    /** A save that changed something was recorded. */
    default void onSnapshot(NotebookId notebook, Snapshot snapshot) {}

    /** A gap was recorded. */
    default void onGap(NotebookId notebook, Gap gap) {}

    /** A kernel session began, or was found running, and is recorded in this notebook's log. */
    default void onSessionStarted(NotebookId notebook, Session session) {}

    /** A session ended. */
    default void onSessionEnded(NotebookId notebook, String sessionId, String reason) {}
}
