package dev.trackit.core.timeline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import dev.trackit.spi.LineageStore;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happened to one notebook, in order, given out while the log is being read, with memory for the ids of the executions only.
 *
 * <p>Later records may say more of an execution: its cell, other outputs, or that another record replaces it. These are few, so they are looked
 * for first, by the landmarks of the log; an execution is given out, and what comes after it, when the last of them was read. So each entry is
 * as {@link Timeline#read} has it at the time when the stream was opened. Not safe for use by several threads; to be closed.
 */
public final class TimelineStream implements AutoCloseable {
    private final Foresight foresight;
    private final TimelineFollower follower;

    /**
     * Opens the stream of a notebook's log.
     *
     * @throws dev.trackit.api.StoreException if the store has no such log, or cannot read it
     */
    public TimelineStream(LineageStore store, NotebookId notebook) {
        this.foresight = new Foresight(store, notebook);
        this.follower = TimelineFollower.fromStart(store, notebook);
    }

    /** All sessions, in the order in which they began. Known before the first entry. */
    public List<Session> sessions() {
        return foresight.sessions();
    }

    /**
     * Reads the log to its end and gives each entry to this consumer. To be called once.
     *
     * @throws dev.trackit.api.StoreException if the log cannot be read any further
     */
    public void forEach(Consumer<TimelineEntry> entries) {
        follower.giveOut(foresight, requireNonNull(entries, "entries"));
    }

    /** How many executions were read. */
    public long executions() {
        return follower.executionCount();
    }

    /** How many damaged records the store passed over. */
    public long damaged() {
        return follower.damaged();
    }

    /** Closes the readers. Idempotent. */
    @Override
    public void close() {
        follower.close();
    }
}
