package dev.trackit.runner.web.live;

import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import dev.trackit.core.TrackitListener;
import dev.trackit.core.timeline.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Tells the page's streams that something was recorded. It is made before the recording starts and the page after it, so it does nothing until it
 * has streams to tell. It only rings a bell: what is new is read from the log. Safe for use by several threads.
 */
public final class PageListener implements TrackitListener {
    private volatile @Nullable Streams streams;

    /** From now on these streams are told. */
    public void tell(Streams newStreams) {
        streams = newStreams;
    }

    private void touched(NotebookId notebook, boolean list) {
        Streams present = streams;
        if (present != null) {
            present.touched(notebook);
            if (list) {
                present.listTouched();
            }
        }
    }

    @Override
    public void onExecutionStarted(NotebookId notebook, Execution execution) {
        touched(notebook, false);
    }

    @Override
    public void onExecution(NotebookId notebook, Execution execution) {
        touched(notebook, false);
    }

    @Override
    public void onExecutionAmended(NotebookId notebook, String executionId) {
        touched(notebook, false);
    }

    @Override
    public void onSnapshot(NotebookId notebook, Snapshot snapshot) {
        touched(notebook, true);
    }

    @Override
    public void onGap(NotebookId notebook, Gap gap) {
        touched(notebook, false);
    }

    @Override
    public void onSessionStarted(NotebookId notebook, Session session) {
        touched(notebook, true);
    }

    @Override
    public void onSessionEnded(NotebookId notebook, String sessionId, String reason) {
        touched(notebook, true);
    }
}
