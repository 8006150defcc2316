package dev.trackit.core.timeline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.NotebookId;
import dev.trackit.spi.LineageStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one notebook, in order: sessions, executions, saves, and gaps where something could not be seen.
 *
 * <p>It is the state of the log at the time of reading, immutable and safe for use by any thread. Outputs taken from a later save and
 * matches of executions to cells that a later save settled are already applied. To follow a log that grows, use {@link
 * TimelineFollower}.
 */
public final class Timeline {
    private final NotebookId notebook;
    private final @Nullable Path path;
    private final List<TimelineEntry> entries;
    private final Map<String, Execution> executions;
    private final List<SessionSpan> sessions;
    private final List<LineageRecord> notes;
    private final boolean whole;
    private final long damaged;

    Timeline(TimelineFold fold) {
        this.notebook = fold.notebook();
        this.path = fold.path();
        this.entries = fold.entries();
        this.executions = fold.executions();
        this.sessions = fold.sessions();
        this.notes = fold.notes();
        this.whole = fold.whole();
        this.damaged = fold.damaged();
    }

    /**
     * Reads a notebook's whole log.
     *
     * @throws dev.trackit.api.StoreException if the store has no such log, or cannot read it
     */
    public static Timeline read(LineageStore store, NotebookId notebook) {
        try (TimelineFollower follower = TimelineFollower.fromStart(store, notebook)) {
            return follower.timeline();
        }
    }

    /**
     * Reads the end of a notebook's log: at least its last {@code executions} executions, if it holds so many, and what else
     * happened since, each as {@link #read} has it; and all sessions. Costs time in proportion to that, where the store can open a log near
     * its end and find its landmarks. Damage is counted only as far as it was met.
     *
     * @throws dev.trackit.api.StoreException if the store has no such log, or cannot read it
     */
    public static Timeline tail(LineageStore store, NotebookId notebook, int executions) {
        try (TimelineFollower follower = TimelineFollower.fromTail(store, notebook, executions)) {
            return follower.timeline();
        }
    }

    /** The notebook. */
    public NotebookId notebook() {
        return notebook;
    }

    /** Where the file is, or last was; empty for a kernel whose notebook is not known. */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /** Everything, in order. */
    public List<TimelineEntry> entries() {
        return entries;
    }

    /** The executions, in the order in which they ran. */
    public List<Execution> executions() {
        return List.copyOf(executions.values());
    }

    /** The execution with this id. */
    public Optional<Execution> execution(String id) {
        return Optional.ofNullable(executions.get(requireNonNull(id, "id")));
    }

    /** The sessions, in the order in which they began. */
    public List<SessionSpan> sessions() {
        return sessions;
    }

    /** The saves that changed something, in order. */
    public List<Snapshot> snapshots() {
        return entries.stream()
                .filter(TimelineEntry.Saved.class::isInstance)
                .map(e -> ((TimelineEntry.Saved) e).snapshot())
                .toList();
    }

    /** The gaps, in order. */
    public List<Gap> gaps() {
        return entries.stream()
                .filter(TimelineEntry.Missed.class::isInstance)
                .map(e -> ((TimelineEntry.Missed) e).gap())
                .toList();
    }

    /** The records of the notebook's log of notes (tags, summaries, calls to services), in order. */
    public List<LineageRecord> notes() {
        return notes;
    }

    /** Whether the log was read from its beginning. */
    public boolean whole() {
        return whole;
    }

    /** How many damaged records the store passed over; 0 if the log is intact. */
    public long damaged() {
        return damaged;
    }

    @Override
    public String toString() {
        return "Timeline[" + notebook + ", " + executions.size() + " executions]";
    }
}
