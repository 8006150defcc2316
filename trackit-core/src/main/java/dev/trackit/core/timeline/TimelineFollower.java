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
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a notebook's log and goes on as it grows. Each {@link #poll()} costs time in proportion to what is new. Needs no lock, and does
 * not disturb who writes. Not safe for use by several threads; to be closed.
 */
public final class TimelineFollower implements AutoCloseable {
    /** What a record of an execution may bring with it: its match, its amendment, a snapshot, and the session's records. */
    private static final int RECORDS_PER_EXECUTION = 4;

    private static final int TAIL_RECORDS = 64;
    /** The records before the tail without which its records cannot be told of: what sessions there are. */
    static final Set<String> CONTEXT = Set.of(
            RecordTypes.NOTEBOOK,
            RecordTypes.NOTEBOOK_MOVED,
            RecordTypes.SESSION_STARTED,
            RecordTypes.SESSION_MATCHED,
            RecordTypes.SESSION_ENDED,
            RecordTypes.SESSION_ADOPTED);

    private final LineageStore store;
    private final NotebookId notebook;
    private final TimelineFold fold;
    private final ContentLookup texts;
    private final LogReader capture;
    private final List<Adoption> adoptions = new ArrayList<>();
    private @Nullable LogReader notes;
    private Runnable afterEach = () -> {};

    private TimelineFollower(LineageStore store, NotebookId notebook, long position, List<Context> before) {
        this.store = store;
        this.notebook = notebook;
        this.fold = new TimelineFold(notebook);
        this.texts = new ContentLookup(store, notebook, position);
        this.capture = store.reader(LogId.capture(notebook), position);
        if (position > 0) {
            before.stream()
                    .filter(context -> context.position <= position)
                    .forEach(context -> context.records.forEach(r -> fold.apply(r, texts)));
            fold.beginsLate();
        }
    }

    /** What a record before the tail tells of sessions. */
    private record Context(long position, List<LineageRecord> records) {}

    /**
     * Follows from the beginning.
     *
     * @throws StoreException if the store has no such log, or cannot read it
     */
    public static TimelineFollower fromStart(LineageStore store, NotebookId notebook) {
        return new TimelineFollower(store, notebook, 0, List.of());
    }

    /**
     * Follows from about so many executions before the end. See {@link Timeline#tail}.
     *
     * @throws StoreException if the store has no such log, or cannot read it
     */
    public static TimelineFollower fromTail(LineageStore store, NotebookId notebook, int executions) {
        long size = store.size(LogId.capture(notebook));
        List<Context> context = context(store, notebook);
        long back = TAIL_RECORDS + (long) RECORDS_PER_EXECUTION * executions;
        while (true) {
            long position = Math.max(0, size - back);
            TimelineFollower follower = new TimelineFollower(store, notebook, position, context);
            follower.read();
            if (position == 0 || follower.fold.isSureOfLast(executions)) {
                return follower;
            }
            follower.close();
            back *= 4;
        }
    }

    private static List<Context> context(LineageStore store, NotebookId notebook) {
        List<Context> context = new ArrayList<>();
        try (LogReader reader = store.landmarks(LogId.capture(notebook), CONTEXT)) {
            for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                context.add(new Context(reader.position(), context(store, notebook, next.get())));
            }
        }
        return context;
    }

    /** What a record of the context tells of sessions: itself, or those of the session that it adopts. */
    static List<LineageRecord> context(LineageStore store, NotebookId notebook, LineageRecord record) {
        return record.type().equals(RecordTypes.SESSION_ADOPTED)
                ? adopted(store, notebook, Fields.of(record))
                : List.of(record);
    }

    /** What the log of its kernel says of the beginning and end of a session. */
    private static List<LineageRecord> adopted(LineageStore store, NotebookId notebook, Fields fields) {
        List<LineageRecord> records = new ArrayList<>();
        Optional<LogId> log = adoptedLog(store, notebook, fields);
        if (log.isPresent()) {
            try (LogReader reader = store.landmarks(
                    log.get(),
                    Set.of(RecordTypes.SESSION_STARTED, RecordTypes.SESSION_MATCHED, RecordTypes.SESSION_ENDED))) {
                for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                    if (Fields.of(next.get()).text("session").equals(fields.text("session"))) {
                        records.add(next.get());
                    }
                }
            }
        }
        return records;
    }

    /** The log that a record adopts a session from, if it can be one and exists. */
    private static Optional<LogId> adoptedLog(LineageStore store, NotebookId notebook, Fields fields) {
        String log = fields.text("log");
        return Pattern.matches("[a-z0-9][a-z0-9._-]{0,99}", log) && !log.equals(notebook.value())
                ? Optional.of(LogId.capture(NotebookId.of(log))).filter(store.logs()::contains)
                : Optional.empty();
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

    /** Reads all, and gives each entry out for good as soon as nothing that stands in the log changes it any more. For a follower from the start. */
    void giveOut(Foresight foresight, Consumer<TimelineEntry> to) {
        afterEach = () -> fold.giveOut(execution -> foresight.isSettled(execution.id(), capture.position()), to);
        read();
        fold.giveOut(execution -> true, to);
        afterEach = () -> {};
    }

    long executionCount() {
        return fold.executionCount();
    }

    long damaged() {
        return capture.damaged();
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
            afterEach.run();
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
        adoptedLog(store, notebook, fields).ifPresent(log -> {
            Adoption adoption = new Adoption(fields, log);
            adoption.resume();
            adoptions.add(adoption);
        });
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
        private final LogReader reader;
        private final long first;

        Adoption(Fields fields, LogId log) {
            this.session = fields.text("session");
            this.first = fields.number("firstSequence", 1);
            this.texts = new ContentLookup(store, log.notebook());
            this.reader = store.reader(log, 0);
        }

        void resume() {
            for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
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
            reader.close();
        }
    }
}
