package dev.trackit.runner.web.live;

import dev.trackit.api.Execution;
import dev.trackit.api.NotebookId;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.core.timeline.TimelineFollower;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to one notebook, kept up to date, with the changes in the order in which they became known: that order is what a stream resumes by.
 * Each look costs time in proportion to what is new. Safe for use by several threads.
 */
public final class Feed implements AutoCloseable {
    /** How many changes a stream that was cut may have missed and still get one by one. */
    private static final int REMEMBERED = 4_096;

    private final NotebookId notebook;
    private final String epoch;
    private final TimelineFollower follower;
    private final NotebookLineage lineage;
    private final ArrayDeque<Change> recent = new ArrayDeque<>();
    private State state;
    private boolean closed;

    /**
     * One change.
     *
     * @param number counts from 1 since this feed was opened
     * @param order the entry's place in the timeline, from 0
     * @param entry as it is now
     * @param news whether the entry is new; otherwise more became known of an earlier one
     * @param entries how many entries were known then
     */
    public record Change(long number, int order, TimelineEntry entry, boolean news, int entries) {}

    /**
     * All that is known at one time.
     *
     * @param timeline the entries; the place of one never changes
     * @param changes how many changes led here
     * @param byId where executions stand
     * @param bySequence where executions stand
     */
    public record State(Timeline timeline, long changes, Map<String, Integer> byId, Map<Long, Integer> bySequence) {
        /** The execution with this number in the log. */
        public Optional<Execution> execution(long sequence) {
            Integer order = bySequence.get(sequence);
            return order != null && timeline.entries().get(order) instanceof TimelineEntry.Executed executed
                    ? Optional.of(executed.execution())
                    : Optional.empty();
        }
    }

    private Feed(TrackitReader reader, NotebookId notebook, String epoch, TimelineFollower follower) {
        this.notebook = notebook;
        this.epoch = epoch;
        this.follower = follower;
        this.lineage = new NotebookLineage(this, reader);
        this.state = look(follower.known(), 0);
    }

    /**
     * Reads a notebook's log.
     *
     * @param epoch tells the cursors of this feed from those of others
     * @throws dev.trackit.api.StoreException if there is no such log, or it cannot be read
     */
    static Feed open(TrackitReader reader, NotebookId notebook, String epoch) {
        TimelineFollower follower = reader.follow(notebook);
        try {
            follower.poll();
            return new Feed(reader, notebook, epoch, follower);
        } catch (RuntimeException e) {
            follower.close();
            throw e;
        }
    }

    /** The notebook. */
    public NotebookId notebook() {
        return notebook;
    }

    /** Its lineage. */
    public NotebookLineage lineage() {
        return lineage;
    }

    /** The state as last looked at. */
    public synchronized State state() {
        return state;
    }

    /** Looks for what is new. @throws dev.trackit.api.StoreException if the log cannot be read */
    public synchronized List<Change> poll() {
        if (closed) {
            return List.of();
        }
        List<TimelineEntry> fresh = follower.poll();
        if (fresh.isEmpty()) {
            return List.of();
        }
        int before = state.timeline().entries().size();
        long number = state.changes();
        state = look(follower.known(), number);
        Map<TimelineEntry, Integer> places = new IdentityHashMap<>();
        List<TimelineEntry> entries = state.timeline().entries();
        for (int i = before; i < entries.size(); i++) {
            places.put(entries.get(i), i);
        }
        List<Change> changes = new ArrayList<>();
        boolean[] told = new boolean[entries.size()];
        int known = before;
        for (TimelineEntry entry : fresh) {
            Integer order = entry instanceof TimelineEntry.Executed executed
                    ? state.byId().get(executed.execution().id())
                    : places.get(entry);
            // Of an execution that changed several times since the last look, the last state is told, once.
            if (order != null && !told[order]) {
                told[order] = true;
                known = Math.max(known, order + 1);
                changes.add(new Change(++number, order, entries.get(order), order >= before, known));
            }
        }
        state = new State(state.timeline(), number, state.byId(), state.bySequence());
        recent.addAll(changes);
        while (recent.size() > REMEMBERED) {
            recent.remove();
        }
        return changes;
    }

    private static State look(Timeline timeline, long changes) {
        Map<String, Integer> byId = new HashMap<>();
        Map<Long, Integer> bySequence = new HashMap<>();
        List<TimelineEntry> entries = timeline.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof TimelineEntry.Executed executed) {
                byId.put(executed.execution().id(), i);
                bySequence.put(executed.execution().sequence(), i);
            }
        }
        return new State(timeline, changes, byId, bySequence);
    }

    /** Where a stream stands that has everything up to this change, when there were so many entries. */
    public String cursor(long change, int entries) {
        return epoch + "." + change + "." + entries;
    }

    /** Where a stream stands that has everything up to now. */
    public synchronized String cursor() {
        return cursor(state.changes(), state.timeline().entries().size());
    }

    /** The number of the change that a cursor speaks of; empty if what came after it is not known any more, and everything must be read again. */
    public synchronized Optional<Long> number(String cursor) {
        String[] parts = cursor.split("\\.");
        if (parts.length != 3 || !parts[0].equals(epoch) || !parts[1].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts[1]);
        return number > state.changes() || number < forgotten() ? Optional.empty() : Optional.of(number);
    }

    /** The number of the last change that is not remembered. */
    private long forgotten() {
        Change eldest = recent.peek();
        return eldest == null ? state.changes() : eldest.number() - 1;
    }

    /** The changes after this one; empty if it is not remembered. */
    synchronized Optional<List<Change>> after(long number) {
        return number < forgotten()
                ? Optional.empty()
                : Optional.of(recent.stream()
                        .filter(change -> change.number() > number)
                        .toList());
    }

    /**
     * All entries, for who has not heard of any change yet: the same that {@link #after} goes on from, whoever else looks meanwhile.
     *
     * @param told how many of them were told before; of these more may have become known
     */
    synchronized Beginning beginning(int told) {
        List<TimelineEntry> entries = state.timeline().entries();
        int before = Math.min(told, entries.size());
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            all.add(new Change(0, i, entries.get(i), i >= before, Math.max(before, i + 1)));
        }
        return new Beginning(all, state.changes());
    }

    /**
     * Where a stream begins that has everything to hear.
     *
     * @param changes each entry
     * @param number of the last change that these include
     */
    record Beginning(List<Change> changes, long number) {}

    /** Whether it ended. */
    synchronized boolean closed() {
        return closed;
    }

    /** Ends it; what was read stays readable. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        follower.close();
    }
}
