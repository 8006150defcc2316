package dev.trackit.core.record;

import dev.trackit.api.CellMatch;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.spi.LineageStore;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One notebook's log as the recorder sees it: what it must know of the past to write the next record, and how each record is made. Used by one
 * thread.
 */
final class NotebookLog {
    /** After so many deltas a snapshot is written in full, so that a reader of the log's end finds one soon. */
    private static final int FULL_SNAPSHOT_EVERY = 32;

    private static final long RECORD_BYTES = 400;

    private final NotebookId id;
    private final boolean provisional;
    private final RecorderSettings settings;
    private final LogAppender appender;
    private final TextPlacement texts;
    private final List<byte[]> payloads = new ArrayList<>();
    private final OpenExecutions open = new OpenExecutions();
    private final Set<String> startedSessions = new HashSet<>();
    private final Set<String> liveSessions = new HashSet<>();
    private final LongTable liveKeys = new LongTable();
    private Map<String, LoadedSession> loaded = new LinkedHashMap<>();
    private @Nullable Path path;
    private @Nullable Notebook saved;
    private @Nullable Digest savedDigest;
    private @Nullable CellMatcher matcher;
    private @Nullable Instant lastRecordAt;
    private boolean baseUnknown;
    private boolean identified;
    private int deltas;
    private long sequence;
    private long lastUsed;

    /** What the log says about a session that was not seen to end. */
    static final class LoadedSession {
        final Session session;
        final Set<String> executions = new HashSet<>();
        final Map<Long, Place> byKey = new LinkedHashMap<>();

        @Nullable
        NotebookId adoptedFrom;

        LoadedSession(Session session) {
            this.session = session;
        }
    }

    /** Where an execution stands, and whether it was seen live. */
    record Place(String id, long sequence, boolean live) {}

    NotebookLog(
            NotebookId id,
            @Nullable Path path,
            boolean provisional,
            LineageStore store,
            RecorderCounters counters,
            RecorderSettings settings) {
        this.id = id;
        this.path = path;
        this.provisional = provisional;
        this.settings = settings;
        this.appender = new LogAppender(store, LogId.capture(id), counters, settings);
        this.texts = new TextPlacement((digest, text) -> payloads.add(utf8(text)));
    }

    NotebookId id() {
        return id;
    }

    boolean provisional() {
        return provisional;
    }

    LogAppender appender() {
        return appender;
    }

    @Nullable
    Path path() {
        return path;
    }

    @Nullable
    Notebook saved() {
        return saved;
    }

    @Nullable
    Digest savedDigest() {
        return savedDigest;
    }

    @Nullable
    CellMatcher matcher() {
        return matcher;
    }

    @Nullable
    Instant lastRecordAt() {
        return lastRecordAt;
    }

    OpenExecutions open() {
        return open;
    }

    LongTable liveKeys() {
        return liveKeys;
    }

    Set<String> liveSessions() {
        return liveSessions;
    }

    @Nullable
    LoadedSession loadedSession(String session) {
        return loaded.get(session);
    }

    long sequence() {
        return sequence;
    }

    long lastUsed() {
        return lastUsed;
    }

    void touch(long now) {
        lastUsed = now;
    }

    /** Takes what {@link LogLoader} found. */
    void restore(LogLoader.State state) {
        identified = state.identified;
        sequence = state.sequence;
        saved = state.saved;
        savedDigest = state.savedDigest;
        matcher = saved == null ? null : new CellMatcher(saved);
        loaded = state.sessions;
        lastRecordAt = state.lastRecordAt;
        baseUnknown = state.records > 0 && saved == null;
    }

    boolean hasSession(String session) {
        return startedSessions.contains(session);
    }

    /** Writes who the log belongs to, once. */
    void identify(Map<String, @Nullable Object> more) {
        if (!identified) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("notebook", id.value());
            if (path != null) {
                fields.put("path", path.toString());
            }
            fields.putAll(more);
            identified = true;
            write(provisional ? RecordTypes.KERNEL : RecordTypes.NOTEBOOK, fields, null, 0);
        }
    }

    void moved(Path to) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("notebook", id.value());
        fields.put("from", path == null ? "" : path.toString());
        fields.put("to", to.toString());
        path = to;
        write(RecordTypes.NOTEBOOK_MOVED, fields, null, 0);
    }

    void deleted() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("notebook", id.value());
        fields.put("path", path == null ? "" : path.toString());
        write(RecordTypes.NOTEBOOK_DELETED, fields, null, 0);
    }

    void sessionStarted(Session session, NotebookMatch match) {
        if (session.live()) {
            liveSessions.add(session.id());
        }
        if (startedSessions.add(session.id()) && !loaded.containsKey(session.id())) {
            write(
                    RecordTypes.SESSION_STARTED,
                    ValueFields.write(session, match),
                    new Recorded.SessionBegan(id, session),
                    0);
        }
    }

    void sessionMatched(String session, NotebookMatch match) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("session", session);
        fields.put("match", ValueFields.write(match));
        write(RecordTypes.SESSION_MATCHED, fields, null, 0);
    }

    void sessionEnded(String session, String reason, Instant endedAt) {
        liveSessions.remove(session);
        loaded.remove(session);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("session", session);
        fields.put("reason", reason);
        fields.put("endedAt", endedAt.toString());
        write(RecordTypes.SESSION_ENDED, fields, new Recorded.SessionEnded(id, session, reason), 0);
    }

    /** Refers to the earlier records of a session in its kernel's log, and keeps room for them in the order. */
    void adopted(String session, NotebookLog from) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("session", session);
        fields.put("log", from.id.value());
        fields.put("firstSequence", sequence + 1);
        fields.put("executions", from.sequence);
        long first = sequence;
        sequence += from.sequence;
        write(RecordTypes.SESSION_ADOPTED, fields, null, 0);
        for (Execution execution : from.open.all()) {
            if (execution.session().equals(session)) {
                open.add(execution.toBuilder()
                        .sequence(first + execution.sequence())
                        .build());
            }
        }
        liveKeys.addAll(from.liveKeys);
    }

    /** Records an execution. @param place the place of the less exact record that it replaces; null if none */
    Execution execution(Execution given, Map<Digest, byte[]> given2, @Nullable Place place) {
        Execution execution = given.toBuilder()
                .sequence(place == null ? ++sequence : place.sequence())
                .build();
        texts.nextRecord();
        Map<String, @Nullable Object> fields = ValueFields.write(execution, texts);
        if (place != null) {
            fields.put("supersedes", place.id());
        }
        keep(execution.outputs(), given2);
        boolean taken = writeEncoded(
                RecordTypes.EXECUTION, fields, new Recorded.Executed(id, execution), EventQueue.size(execution));
        if (!taken && place == null) {
            sequence--;
        }
        if (taken) {
            open.add(execution);
        }
        return execution;
    }

    /** Records that an execution has other outputs than it had. */
    void amended(Execution now, Map<Digest, byte[]> kept, String reason) {
        texts.nextRecord();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("execution", now.id());
        fields.put("session", now.session());
        fields.put("reason", reason);
        fields.put("status", Fields.written(now.status()));
        fields.put("outputs", ValueFields.writeOutputs(now.outputs(), texts));
        fields.put("notes", now.notes());
        keep(now.outputs(), kept);
        writeEncoded(RecordTypes.EXECUTION_AMENDED, fields, new Recorded.Amended(id, now.id()), EventQueue.size(now));
    }

    void matched(Execution execution, CellMatch match) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("execution", execution.id());
        fields.put("session", execution.session());
        fields.put("cell", ValueFields.write(match));
        write(RecordTypes.EXECUTION_MATCHED, fields, new Recorded.Amended(id, execution.id()), 0);
    }

    void gap(Gap gap) {
        write(RecordTypes.GAP, ValueFields.write(gap), new Recorded.Missed(id, gap), 0);
    }

    /** Takes a save: records what changed, if anything did. @return whether anything did */
    boolean snapshot(Notebook now, long bytes) {
        Digest digest = SnapshotCodec.contentDigest(now);
        Notebook before = saved;
        Digest beforeDigest = savedDigest;
        boolean changed = !digest.equals(beforeDigest) || baseUnknown;
        saved = now;
        matcher = new CellMatcher(now);
        if (!changed) {
            return false;
        }
        savedDigest = digest;
        texts.nextRecord();
        boolean full = before == null || baseUnknown || deltas >= FULL_SNAPSHOT_EVERY;
        Map<String, @Nullable Object> fields =
                SnapshotCodec.write(now, digest, full ? null : before, full ? null : beforeDigest, texts);
        deltas = full ? 0 : deltas + 1;
        baseUnknown = false;
        Recorded recorded = new Recorded.Saved(
                id,
                settings.clock.instant(),
                digest,
                now,
                SnapshotCodec.changedIds(now, before),
                SnapshotCodec.removedIds(now, before));
        writeEncoded(RecordTypes.SNAPSHOT, fields, recorded, bytes);
        return true;
    }

    private void keep(List<Output> outputs, Map<Digest, byte[]> given) {
        if (!given.isEmpty()) {
            for (Output output : outputs) {
                byte[] payload = given.get(output.digest());
                if (payload != null) {
                    payloads.add(payload);
                }
            }
        }
    }

    private void write(String type, Map<String, @Nullable Object> fields, @Nullable Recorded durable, long bytes) {
        texts.nextRecord();
        writeEncoded(type, fields, durable, bytes);
    }

    private boolean writeEncoded(
            String type, Map<String, @Nullable Object> fields, @Nullable Recorded durable, long bytes) {
        long size = RECORD_BYTES + bytes;
        for (byte[] payload : payloads) {
            size += payload.length;
        }
        LineageRecord record = LineageRecord.of(type, settings.clock.instant(), fields);
        lastRecordAt = record.recordedAt();
        boolean taken = appender.add(new LogAppender.Entry(record, List.copyOf(payloads), durable, size));
        payloads.clear();
        if (!taken) {
            // What the lost record carried must be written again before anything may refer to it.
            texts.forget();
            baseUnknown = saved != null;
        }
        return taken;
    }

    /** UTF-8 with unpaired surrogates as U+FFFD, as digests of texts count them. */
    private static byte[] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD})
                    .encode(CharBuffer.wrap(text));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("An encoder that replaces cannot fail", e);
        }
    }
}
