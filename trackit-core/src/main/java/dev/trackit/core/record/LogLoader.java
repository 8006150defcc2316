package dev.trackit.core.record;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Origin;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from a log what a recorder must know to go on with it: one pass, memory in proportion to the sessions that did not end. */
final class LogLoader {

    /** What was found. */
    static final class State {
        final Map<String, NotebookLog.LoadedSession> sessions = new LinkedHashMap<>();
        boolean identified;
        long sequence;
        long records;

        @Nullable
        Notebook saved;

        @Nullable
        Digest savedDigest;

        @Nullable
        Instant lastRecordAt;
    }

    private LogLoader() {}

    /**
     * Reads a log that exists.
     *
     * @throws dev.trackit.api.StoreException if it cannot be read
     */
    static State load(LineageStore store, NotebookId id) {
        State state = new State();
        ContentLookup texts = new ContentLookup(store, id);
        try (LogReader reader = store.reader(LogId.capture(id), 0)) {
            for (Optional<LineageRecord> r = reader.next(); r.isPresent(); r = reader.next()) {
                texts.nextRecord();
                take(state, r.get(), texts);
            }
        }
        return state;
    }

    private static void take(State state, LineageRecord record, ContentLookup texts) {
        Fields fields = Fields.of(record);
        state.records++;
        state.lastRecordAt = record.recordedAt();
        switch (record.type()) {
            case RecordTypes.NOTEBOOK, RecordTypes.KERNEL -> state.identified = true;
            case RecordTypes.SESSION_STARTED -> {
                if (fields.flag("live")) {
                    state.sessions.putIfAbsent(
                            fields.text("session"), new NotebookLog.LoadedSession(ValueFields.readSession(fields)));
                }
            }
            case RecordTypes.SESSION_ENDED -> state.sessions.remove(fields.text("session"));
            case RecordTypes.SESSION_ADOPTED -> adopted(state, fields);
            case RecordTypes.EXECUTION -> execution(state, fields, texts);
            case RecordTypes.SNAPSHOT -> {
                Notebook now = SnapshotCodec.read(fields, state.saved, texts);
                if (now == null) {
                    texts.takeAll(fields);
                } else {
                    state.saved = now;
                    state.savedDigest = fields.digest("digest").orElse(null);
                }
            }
            default -> {
                // Not needed to go on.
            }
        }
    }

    private static void adopted(State state, Fields fields) {
        state.sequence =
                Math.max(state.sequence, fields.number("firstSequence", 1) + fields.number("executions", 0) - 1);
        NotebookLog.LoadedSession session = state.sessions.get(fields.text("session"));
        if (session != null) {
            try {
                session.adoptedFrom = NotebookId.of(fields.text("log"));
            } catch (IllegalArgumentException e) {
                // A record edited by hand: the session goes on without its earlier part.
                session.adoptedFrom = null;
            }
        }
    }

    private static void execution(State state, Fields fields, ContentLookup texts) {
        // Texts that stand in executions may be named by later snapshots.
        texts.text(fields, "code");
        ValueFields.readOutputs(fields, texts);
        long sequence = fields.number("sequence", 0);
        state.sequence = Math.max(state.sequence, sequence);
        NotebookLog.LoadedSession session = state.sessions.get(fields.text("session"));
        if (session != null) {
            String id = fields.text("id");
            session.executions.add(id);
            Integer count = fields.integer("executionCount");
            Optional<Digest> code = fields.digest("codeDigest");
            if (count != null && code.isPresent()) {
                boolean live = fields.constant("origin", Origin.values(), Origin.LIVE) == Origin.LIVE;
                session.byKey.put(SavedCells.key(count, code.get()), new NotebookLog.Place(id, sequence, live));
            }
        }
    }
}
