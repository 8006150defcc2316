package dev.trackit.core.timeline;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import dev.trackit.core.record.ContentLookup;
import dev.trackit.core.record.Fields;
import dev.trackit.core.record.RecordTypes;
import dev.trackit.core.record.ValueFields;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a notebook's log and goes on as it grows. Each {@link #poll()} costs time in proportion to what is new. Needs no lock, and does
 * not disturb who writes. Not safe for use by several threads; to be closed.
 */
public final class TimelineFollower implements AutoCloseable {
    /** What a record of an execution may bring with it: its match, its amendment, a snapshot, and the session's records. */
    private static final int RECORDS_PER_EXECUTION = 4;
    /** How far back a text may stand, see {@code docs/log-format.md}, and how often a full snapshot is written. */
    private static final int LEAD_RECORDS = 2_048;

    private final LineageStore store;
    private final NotebookId notebook;
    private final TimelineFold fold;
    private final ContentLookup texts;
    private final LogReader capture;
    private final List<Adoption> adoptions = new ArrayList<>();
    private @Nullable LogReader notes;

    private TimelineFollower(LineageStore store, NotebookId notebook, long position) {
        this.store = store;
        this.notebook = notebook;
        this.fold = new TimelineFold(notebook);
        this.texts = new ContentLookup(store, notebook);
        this.capture = store.reader(LogId.capture(notebook), position);
        if (position > 0) {
            fold.beginsLate();
        }
    }

    /**
     * Follows from the beginning.
     *
     * @throws StoreException if the store has no such log, or cannot read it
     */
    public static TimelineFollower fromStart(LineageStore store, NotebookId notebook) {
        return new TimelineFollower(store, notebook, 0);
    }

    /**
     * Follows from about so many executions before the end. See {@link Timeline#tail}.
     *
     * @throws StoreException if the store has no such log, or cannot read it
     */
    public static TimelineFollower fromTail(LineageStore store, NotebookId notebook, int executions) {
        long size = store.size(LogId.capture(notebook));
        long back = LEAD_RECORDS + (long) RECORDS_PER_EXECUTION * executions;
        while (true) {
            long position = Math.max(0, size - back);
            TimelineFollower follower = new TimelineFollower(store, notebook, position);
            if (position == 0 || follower.timeline().executions().size() >= executions) {
                return follower;
            }
            follower.close();
            back *= 4;
        }
    }

    /**
     * What is new since the last call, in order. An execution of which more became known comes again, with the same id.
     *
     * @throws StoreException if the log cannot be read any further
     */
    public List<TimelineEntry> poll() {
        read();
        return fold.takeFresh();
    }

    /**
     * Everything up to now.
     *
     * @throws StoreException if the log cannot be read any further
     */
    public Timeline timeline() {
        read();
        return new Timeline(fold);
    }

    /** Everything that earlier calls read: all that {@link #poll()} has given, and nothing more. Reads nothing. */
    public Timeline known() {
        return new Timeline(fold);
    }

    private void read() {
        adoptions.forEach(Adoption::resume);
        for (Optional<LineageRecord> next = capture.next(); next.isPresent(); next = capture.next()) {
            LineageRecord record = next.get();
            texts.nextRecord();
            if (record.type().equals(RecordTypes.SESSION_ADOPTED)) {
                adopt(Fields.of(record));
            } else {
                fold.apply(record, texts);
            }
        }
        fold.damaged(capture.damaged());
        readNotes();
    }

    private void readNotes() {
        if (notes == null && store.logs().contains(LogId.notes(notebook))) {
            notes = store.reader(LogId.notes(notebook), 0);
        }
        LogReader reader = notes;
        if (reader != null) {
            for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                fold.note(next.get());
            }
        }
    }

    private void adopt(Fields fields) {
        String log = fields.text("log");
        if (!Pattern.matches("[a-z0-9][a-z0-9._-]{0,99}", log) || log.equals(notebook.value())) {
            return;
        }
        Adoption adoption = new Adoption(fields, NotebookId.of(log));
        adoption.resume();
        adoptions.add(adoption);
    }

    /** Closes the readers. Idempotent. */
    @Override
    public void close() {
        capture.close();
        LogReader reader = notes;
        if (reader != null) {
            reader.close();
        }
        adoptions.forEach(Adoption::close);
    }

    /**
     * Brings the records of one session from the log of its kernel. Its last records, such as a gap, may be written a little later than the
     * adoption, so each read looks again.
     */
    private final class Adoption {
        private final String session;
        private final ContentLookup texts;
        private final @Nullable LogReader reader;
        private final long first;

        Adoption(Fields fields, NotebookId log) {
            this.session = fields.text("session");
            this.first = fields.number("firstSequence", 1);
            this.texts = new ContentLookup(store, log);
            LogId id = LogId.capture(log);
            this.reader = store.logs().contains(id) ? store.reader(id, 0) : null;
        }

        void resume() {
            LogReader from = reader;
            if (from == null) {
                return;
            }
            for (Optional<LineageRecord> next = from.next(); next.isPresent(); next = from.next()) {
                texts.nextRecord();
                take(next.get());
            }
        }

        private void take(LineageRecord record) {
            Fields fields = Fields.of(record);
            String of = fields.text("session");
            if (!of.equals(session) && !(of.isEmpty() && record.type().equals(RecordTypes.GAP))) {
                return;
            }
            switch (record.type()) {
                case RecordTypes.EXECUTION ->
                    fold.adopt(fields, ValueFields.readExecution(fields, texts), first, record.recordedAt());
                case RecordTypes.SESSION_STARTED,
                        RecordTypes.SESSION_MATCHED,
                        RecordTypes.SESSION_ENDED,
                        RecordTypes.EXECUTION_AMENDED,
                        RecordTypes.EXECUTION_MATCHED,
                        RecordTypes.GAP -> fold.apply(record, texts);
                default -> {
                    // Nothing else in a kernel's log concerns the notebook.
                }
            }
        }

        void close() {
            LogReader from = reader;
            if (from != null) {
                from.close();
            }
        }
    }
}
