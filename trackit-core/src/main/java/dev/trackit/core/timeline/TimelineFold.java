package dev.trackit.core.timeline;

import dev.trackit.api.CellMatch;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Gap;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.core.record.ContentLookup;
import dev.trackit.core.record.Fields;
import dev.trackit.core.record.RecordTypes;
import dev.trackit.core.record.SnapshotCodec;
import dev.trackit.core.record.ValueFields;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds records into a timeline, one by one. Applying a record costs time in proportion to that record. An execution, session or snapshot that stands in the log twice counts once; types that are not known are passed over. Not safe for use by several threads.
 */
final class TimelineFold {
    private static final TimelineEntry GIVEN_OUT = new TimelineEntry.Ended("", "", Instant.EPOCH);

    private final NotebookId notebook;
    private final List<TimelineEntry> entries = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, SessionSpan> sessions = new LinkedHashMap<>();
    private final Set<String> replaced = new HashSet<>();
    private final List<LineageRecord> notes = new ArrayList<>();
    private final List<TimelineEntry> fresh = new ArrayList<>();
    private @Nullable Path path;
    private @Nullable Notebook saved;
    private @Nullable Digest savedDigest;
    private boolean whole = true;
    private long damaged;
    /** Where reading began late: from which entry on all is as if it had been read from the beginning. */
    private int sureFrom;

    private long lastSequence;
    /** How many entries were given out for good; they are no longer held. */
    private int givenOut;

    TimelineFold(NotebookId notebook) {
        this.notebook = notebook;
    }

    /** Takes one record of the notebook's log. */
    void apply(LineageRecord record, ContentLookup texts) {
        Fields fields = Fields.of(record);
        Instant at = record.recordedAt();
        switch (record.type()) {
            case RecordTypes.NOTEBOOK -> path = ValueFields.readPath(fields.text("path"));
            case RecordTypes.NOTEBOOK_MOVED -> path = ValueFields.readPath(fields.text("to"));
            case RecordTypes.SESSION_STARTED ->
                started(ValueFields.readSession(fields), ValueFields.readNotebookMatch(fields.object("match")), at);
            case RecordTypes.SESSION_MATCHED ->
                matched(fields.text("session"), ValueFields.readNotebookMatch(fields.object("match")));
            case RecordTypes.SESSION_ENDED -> ended(fields, at);
            case RecordTypes.EXECUTION -> executed(fields, ValueFields.readExecution(fields, texts), at);
            case RecordTypes.EXECUTION_AMENDED -> amended(fields, texts);
            case RecordTypes.EXECUTION_MATCHED ->
                settle(fields.text("execution"), ValueFields.readCellMatch(fields.object("cell")));
            case RecordTypes.SNAPSHOT -> snapshot(fields, at, texts);
            case RecordTypes.GAP -> missed(ValueFields.readGap(fields), at);
            default -> {
                // Of a newer version, or without meaning for the timeline.
            }
        }
    }

    /** Takes one execution of a session whose earlier records stand in another log; its place there is counted on from this sequence. */
    void adopt(Fields fields, Execution execution, long firstSequence, Instant at) {
        long sequence = firstSequence + Math.max(0, execution.sequence() - 1);
        executed(fields, execution.toBuilder().sequence(sequence).build(), at);
    }

    void note(LineageRecord record) {
        notes.add(record);
    }

    void damaged(long records) {
        damaged = records;
    }

    /** What was applied so far happened before what is read: it is known, and no entry. */
    void beginsLate() {
        whole = false;
        entries.clear();
        fresh.clear();
    }

    /** Whether the last executions, so many, and all between them are here, each as if the log had been read from its beginning. */
    boolean isSureOfLast(int executions) {
        int from = entries.size();
        int left = executions;
        while (from > 0 && left > 0) {
            if (entries.get(--from) instanceof TimelineEntry.Executed) {
                left--;
            }
        }
        return whole || left == 0 && from >= sureFrom;
    }

    /** An entry is missing here whose place, or whether it is news, only earlier records tell. */
    private void unsureHere() {
        sureFrom = Math.max(sureFrom, entries.size());
    }

    /** Gives out entries for good, in order, up to the first execution of which more is to come. Nothing that comes later changes them. */
    void giveOut(Predicate<Execution> settled, Consumer<TimelineEntry> to) {
        fresh.clear();
        while (givenOut < entries.size()) {
            TimelineEntry entry = entries.get(givenOut);
            if (entry instanceof TimelineEntry.Executed executed && !settled.test(executed.execution())) {
                return;
            }
            entries.set(givenOut++, GIVEN_OUT);
            to.accept(entry);
        }
    }

    /** How many executions there are, those given out among them. */
    long executionCount() {
        return places.size();
    }

    /** The entries that are new, or changed, since the last call. */
    List<TimelineEntry> takeFresh() {
        List<TimelineEntry> taken = List.copyOf(fresh);
        fresh.clear();
        return taken;
    }

    void started(Session session, NotebookMatch match, Instant at) {
        if (sessions.putIfAbsent(session.id(), new SessionSpan(session, match, null, "")) == null) {
            add(new TimelineEntry.Started(session, at));
        }
    }

    private void matched(String session, NotebookMatch match) {
        sessions.computeIfPresent(
                session, (id, span) -> new SessionSpan(span.session(), match, span.endedAt(), span.endReason()));
    }

    void ended(Fields fields, Instant at) {
        String id = fields.text("session");
        SessionSpan span = sessions.get(id);
        if (span == null || !span.ended()) {
            String reason = fields.text("reason");
            Instant endedAt = Objects.requireNonNullElse(fields.time("endedAt"), at);
            if (span != null) {
                sessions.put(id, new SessionSpan(span.session(), span.match(), endedAt, reason));
            }
            add(new TimelineEntry.Ended(id, reason, at));
        }
    }

    private void executed(Fields fields, Execution execution, Instant at) {
        if (places.containsKey(execution.id())) {
            return;
        }
        String supersedes = fields.text("supersedes");
        Integer place = places.remove(supersedes);
        TimelineEntry entry = new TimelineEntry.Executed(execution, at);
        boolean inOrder = execution.sequence() > lastSequence;
        lastSequence = Math.max(lastSequence, execution.sequence());
        if (!whole && place == null && (!supersedes.isEmpty() && !replaced.contains(supersedes) || !inOrder)) {
            // The record that it replaces, or repeats, stands before what is read.
            sureFrom = Integer.MAX_VALUE;
        }
        if (place != null) {
            // The same run, known better now: it keeps its place.
            replaced.add(supersedes);
            entries.set(place, entry);
            places.put(execution.id(), place);
            fresh.add(entry);
        } else {
            places.put(execution.id(), entries.size());
            add(entry);
        }
    }

    private void amended(Fields fields, ContentLookup texts) {
        List<Output> outputs = ValueFields.readOutputs(fields, texts);
        change(fields.text("execution"), execution -> {
            Execution.Builder builder = execution.toBuilder();
            if (fields.values().containsKey("outputs")) {
                builder.outputs(outputs);
            }
            if (fields.hasText("status")) {
                builder.status(fields.constant("status", ExecutionStatus.values(), execution.status()));
            }
            Instant startedAt = fields.time("startedAt");
            Instant finishedAt = fields.time("finishedAt");
            if (startedAt != null) {
                builder.startedAt(startedAt);
            }
            if (finishedAt != null) {
                builder.finishedAt(finishedAt);
            }
            if (fields.values().containsKey("notes")) {
                builder.notes(fields.texts("notes"));
            }
            return builder.build();
        });
    }

    private void settle(String id, CellMatch match) {
        change(id, execution -> execution.toBuilder().cell(match).build());
    }

    private void change(String id, java.util.function.UnaryOperator<Execution> change) {
        Integer place = places.get(id);
        if (place != null && entries.get(place) instanceof TimelineEntry.Executed executed) {
            Execution now = change.apply(executed.execution());
            if (!now.equals(executed.execution())) {
                TimelineEntry entry = new TimelineEntry.Executed(now, executed.at());
                entries.set(place, entry);
                fresh.add(entry);
            }
        }
    }

    private void snapshot(Fields fields, Instant at, ContentLookup texts) {
        Digest digest = fields.digest("digest").orElse(null);
        Notebook now = SnapshotCodec.read(fields, saved, texts);
        if (now == null) {
            texts.takeAll(fields);
        }
        if (!whole && saved == null) {
            unsureHere();
            saved = now;
            savedDigest = now == null ? null : digest;
            return;
        }
        if (now == null || digest == null || digest.equals(savedDigest)) {
            return;
        }
        Notebook before = saved;
        saved = now;
        savedDigest = digest;
        add(new TimelineEntry.Saved(new Snapshot(
                at, digest, now, SnapshotCodec.changedIds(now, before), SnapshotCodec.removedIds(now, before))));
    }

    void missed(Gap gap, Instant at) {
        add(new TimelineEntry.Missed(gap, at));
    }

    private void add(TimelineEntry entry) {
        entries.add(entry);
        fresh.add(entry);
    }

    NotebookId notebook() {
        return notebook;
    }

    @Nullable
    Path path() {
        return path;
    }

    List<TimelineEntry> entries() {
        return List.copyOf(entries);
    }

    Map<String, Execution> executions() {
        Map<String, Execution> executions = new LinkedHashMap<>(places.size() * 2);
        for (TimelineEntry entry : entries) {
            if (entry instanceof TimelineEntry.Executed executed) {
                executions.put(executed.execution().id(), executed.execution());
            }
        }
        return Collections.unmodifiableMap(executions);
    }

    List<SessionSpan> sessions() {
        return List.copyOf(sessions.values());
    }

    List<LineageRecord> notes() {
        return List.copyOf(notes);
    }

    boolean whole() {
        return whole;
    }

    long damaged() {
        return damaged;
    }
}
