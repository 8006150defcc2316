package dev.trackit.core;

import dev.trackit.core.record.Recorded;
import dev.trackit.core.timeline.Snapshot;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners from a thread of its own, so that a slow one delays nothing but other listeners. Bounded: the eldest calls are dropped and counted.
 * Safe for use by several threads.
 */
final class ListenerQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerQueue.class);
    private static final int MAX_WAITING = 8_192;

    private final List<TrackitListener> listeners;
    private final ArrayDeque<Recorded> waiting = new ArrayDeque<>();
    private final Thread thread;
    private boolean closed;
    private boolean warned;
    private long dropped;

    ListenerQueue(List<TrackitListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.thread = new Thread(this::run, "trackit-listeners");
        this.thread.setDaemon(true);
    }

    void start() {
        if (!listeners.isEmpty()) {
            thread.start();
        }
    }

    void add(Recorded recorded) {
        if (listeners.isEmpty()) {
            return;
        }
        synchronized (waiting) {
            if (closed) {
                return;
            }
            if (waiting.size() >= MAX_WAITING) {
                waiting.remove();
                dropped++;
            }
            waiting.add(recorded);
            waiting.notifyAll();
        }
    }

    long dropped() {
        synchronized (waiting) {
            return dropped;
        }
    }

    /** Delivers what waits, and ends; gives up after this time. */
    void close(long millis) {
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        if (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join(Math.max(1, millis));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }

    private void run() {
        for (Recorded next = take(); next != null; next = take()) {
            for (TrackitListener listener : listeners) {
                call(listener, next);
            }
        }
    }

    private @Nullable Recorded take() {
        synchronized (waiting) {
            while (waiting.isEmpty() && !closed) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    // Only close() interrupts this thread, after it waited long enough.
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
            return waiting.poll();
        }
    }

    private void call(TrackitListener listener, Recorded recorded) {
        try {
            dispatch(listener, recorded);
        } catch (RuntimeException | LinkageError e) {
            if (!warned) {
                warned = true;
                LOG.warn("A listener of TrackIT failed; this is said once", e);
            }
        }
    }

    private static void dispatch(TrackitListener listener, Recorded recorded) {
        if (recorded instanceof Recorded.Executed executed) {
            listener.onExecution(executed.notebook(), executed.execution());
        } else if (recorded instanceof Recorded.Began began) {
            listener.onExecutionStarted(began.notebook(), began.execution());
        } else if (recorded instanceof Recorded.Amended amended) {
            listener.onExecutionAmended(amended.notebook(), amended.executionId());
        } else if (recorded instanceof Recorded.Saved saved) {
            listener.onSnapshot(
                    saved.notebook(),
                    new Snapshot(
                            saved.at(), saved.digest(), saved.content(), saved.changedCells(), saved.removedCells()));
        } else if (recorded instanceof Recorded.Missed missed) {
            listener.onGap(missed.notebook(), missed.gap());
        } else if (recorded instanceof Recorded.SessionBegan began) {
            listener.onSessionStarted(began.notebook(), began.session());
        } else if (recorded instanceof Recorded.SessionEnded ended) {
            listener.onSessionEnded(ended.notebook(), ended.session(), ended.reason());
        }
    }
}
