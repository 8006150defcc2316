package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Gap;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.spi.CaptureEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of events: takes each in its order, leaves out what is known already, finds the cell, and hands the record to the log it belongs
 * to. It knows nothing of threads and queues; {@link Recorder} does. Used by one thread.
 */
final class EventRecorder {
    private static final String FROM_SAVED = "Outputs were taken from the saved notebook.";

    private final RecorderSettings settings;
    private final RecorderCounters counters;
    private final Logs logs;
    private final Sessions sessions;
    private final NotebookFiles files;
    private final Redaction redaction;

    EventRecorder(Logs logs, CaptureScope scope, RecorderCounters counters, RecorderSettings settings) {
        this.settings = settings;
        this.counters = counters;
        this.logs = logs;
        this.redaction = new Redaction(settings.redaction);
        this.files = new NotebookFiles(logs, scope, settings, this::saved);
        this.sessions = new Sessions(logs, scope, files, counters, settings, this::recordHeld, this::settle);
    }

    Logs logs() {
        return logs;
    }

    NotebookFiles files() {
        return files;
    }

    Sessions sessions() {
        return sessions;
    }

    void on(CaptureEvent event) {
        if (event instanceof CaptureEvent.ExecutionFinished finished) {
            finished(finished);
        } else if (event instanceof CaptureEvent.ExecutionStarted started) {
            began(started.execution());
        } else if (event instanceof CaptureEvent.NotebookSaved saved) {
            files.saved(redaction.apply(saved.notebook()));
        } else if (event instanceof CaptureEvent.SessionStarted started) {
            sessions.started(started.session(), started.match());
        } else if (event instanceof CaptureEvent.SessionMatched matched) {
            sessions.matched(matched.session(), matched.match());
        } else if (event instanceof CaptureEvent.SessionEnded ended) {
            sessions.ended(ended.session(), ended.reason(), ended.at());
        } else if (event instanceof CaptureEvent.Missed missed) {
            missed(missed.gap());
        } else if (event instanceof CaptureEvent.NotebookMoved moved) {
            files.moved(moved.from(), moved.to());
        } else if (event instanceof CaptureEvent.NotebookDeleted deleted) {
            files.deleted(deleted.path());
        }
    }

    /** Executions of a session were dropped before they came here. */
    void dropped(String session, long count) {
        missed(Gap.builder(
                        Gap.Reason.OVERLOAD,
                        count + (count == 1 ? " execution" : " executions")
                                + " arrived faster than they could be written and had to be dropped.")
                .session(session)
                .between(null, settings.clock.instant())
                .missing(count)
                .build());
    }

    /** An event could not be recorded because recording it failed. */
    void failed(CaptureEvent event, Throwable cause) {
        if (event instanceof CaptureEvent.ExecutionFinished finished) {
            missed(Gap.builder(
                            Gap.Reason.OTHER,
                            "An execution could not be recorded: "
                                    + cause.getClass().getSimpleName() + ".")
                    .session(finished.execution().session())
                    .missing(1)
                    .build());
        }
    }

    private void began(Execution execution) {
        SessionState session = sessions.find(execution.session());
        if (session != null && !session.targets.isEmpty()) {
            settings.listener.accept(
                    new Recorded.Began(session.target(execution).id(), execution));
        }
    }

    private void missed(Gap gap) {
        for (NotebookLog log : sessions.logsFor(gap)) {
            log.gap(gap);
        }
    }

    private void finished(CaptureEvent.ExecutionFinished event) {
        SessionState session = sessions.of(event.execution());
        if (session.held) {
            session.hold(event);
        } else if (!session.targets.isEmpty()) {
            record(session, event);
        }
    }

    private void recordHeld(SessionState session) {
        long dropped = session.takeHeldDropped();
        if (dropped > 0) {
            dropped(session.id(), dropped);
        }
        for (CaptureEvent.ExecutionFinished event : session.takeHeld()) {
            record(session, event);
        }
    }

    private void record(SessionState session, CaptureEvent.ExecutionFinished event) {
        Redaction.Redacted redacted = redaction.apply(event.execution(), event.payloads());
        Execution execution = redacted.execution();
        NotebookLog log = session.target(execution);
        if (session.knows(execution.id())) {
            reportedAgain(session, log, execution, redacted.payloads());
            return;
        }
        boolean counted = execution.executionCount().isPresent();
        long key = counted ? SessionState.key(execution) : 0;
        boolean recovered = execution.origin() == Origin.RECOVERED;
        if (recovered && counted && session.hasSameRun(key)) {
            return;
        }
        sessions.ensureStarted(session, log);
        // A run that was recovered, or read from a save, is replaced by the more exact record of the same run.
        NotebookLog.Place replaced = counted && execution.origin() == Origin.LIVE ? session.recoveredTwin(key) : null;
        if (replaced == null && recovered) {
            replaced = files.takeSavedTwin(log, session.session, execution);
        }
        CellMatcher matcher = log.matcher();
        Execution matched = execution;
        if (matcher != null) {
            CellMatch match = matcher.exact(execution);
            matched = match.equals(execution.cell())
                    ? execution
                    : execution.toBuilder().cell(match).build();
        }
        Execution recorded = log.execution(matched, redacted.payloads(), replaced);
        counters.recordedBySession
                .computeIfAbsent(session.id(), s -> new LongAdder())
                .increment();
        if (recovered) {
            counters.recoveredBySession
                    .computeIfAbsent(session.id(), s -> new LongAdder())
                    .increment();
        }
        if (counted) {
            session.remember(recorded, key);
            log.liveKeys().add(key);
        } else {
            session.remember(recorded);
        }
        if (recovered && log.saved() != null) {
            completeFromSaved(log, recorded);
        }
    }

    private static void reportedAgain(
            SessionState session, NotebookLog log, Execution execution, Map<dev.trackit.api.Digest, byte[]> payloads) {
        if (execution.origin() == Origin.LIVE && session.outputsChanged(execution)) {
            Execution before = log.open().get(execution.id());
            Execution now = before == null
                    ? execution
                    : before.toBuilder().outputs(execution.outputs()).build();
            log.amended(now, payloads, "display updated");
            session.remember(now);
        }
    }

    /** A save was recorded: executions without a live kernel are read from it, and open questions settled by it. */
    private void saved(NotebookLog log, NotebookFiles.Save save) {
        if (save.before() != null && log.liveSessions().isEmpty() && !sessions.awaited(log)) {
            LongTable live = log.liveKeys();
            List<Cell> executed = SavedCells.executedBetween(save.before(), save.now(), live);
            files.recordSaved(log, executed);
        }
        settle(log);
    }

    private void settle(NotebookLog log) {
        CellMatcher matcher = log.matcher();
        if (matcher == null) {
            return;
        }
        List<Execution> edited = new ArrayList<>();
        log.open().review(execution -> {
            CellMatch match = matcher.exact(execution);
            boolean certain = match.isSettled() && match.basis().ordinal() <= CellMatch.Basis.CODE_AND_COUNT.ordinal();
            Execution now = execution;
            if (match.isSettled() && !match.cellId().equals(execution.cell().cellId())) {
                log.matched(execution, match);
                now = execution.toBuilder().cell(match).build();
            } else if (match.basis() == CellMatch.Basis.AMBIGUOUS
                    && execution.cell().basis() == CellMatch.Basis.NONE) {
                log.matched(execution, match);
                now = execution.toBuilder().cell(match).build();
            } else if (match.basis() == CellMatch.Basis.NONE
                    && !execution.cell().isSettled()) {
                edited.add(execution);
            }
            if (certain) {
                completeOutputs(log, now, matcher.cell(match.cellId()));
                return null;
            }
            return now;
        });
        settleEdited(log, matcher, edited);
    }

    private static void settleEdited(NotebookLog log, CellMatcher matcher, List<Execution> unmatched) {
        int from = Math.max(0, unmatched.size() - 256);
        List<String> settled = new ArrayList<>();
        for (Execution execution : unmatched.subList(from, unmatched.size())) {
            CellMatch match = matcher.edited(execution);
            if (match.isSettled()) {
                log.matched(execution, match);
                settled.add(execution.id());
            }
        }
        if (!settled.isEmpty()) {
            log.open()
                    .review(e -> settled.contains(e.id())
                            ? e.toBuilder().cell(matcher.edited(e)).build()
                            : e);
        }
    }

    private static void completeFromSaved(NotebookLog log, Execution execution) {
        CellMatcher matcher = log.matcher();
        CellMatch match = execution.cell();
        if (matcher != null
                && match.isSettled()
                && match.basis().ordinal() <= CellMatch.Basis.CODE_AND_COUNT.ordinal()) {
            completeOutputs(log, execution, matcher.cell(match.cellId()));
        }
    }

    /** Takes outputs from the saved cell where they could not be captured. The cell must still show this very run. */
    private static void completeOutputs(NotebookLog log, Execution execution, @Nullable Cell cell) {
        boolean incomplete = execution.notes().contains(CaptureEvent.ExecutionFinished.OUTPUTS_INCOMPLETE);
        boolean recovered =
                execution.origin() == Origin.RECOVERED && execution.outputs().isEmpty();
        if (cell == null
                || !(incomplete || recovered)
                || cell.outputs().isEmpty()
                || !cell.executionCount().equals(execution.executionCount())
                || !cell.source().strip().equals(execution.code().strip())) {
            return;
        }
        List<String> notes = new ArrayList<>(execution.notes());
        notes.remove(CaptureEvent.ExecutionFinished.OUTPUTS_INCOMPLETE);
        notes.add(FROM_SAVED);
        boolean failed = cell.outputs().stream().anyMatch(o -> o.type() == Output.Type.ERROR);
        ExecutionStatus status = recovered && failed ? ExecutionStatus.ERROR : execution.status();
        log.amended(
                execution.toBuilder()
                        .outputs(cell.outputs())
                        .notes(notes)
                        .status(status)
                        .build(),
                Map.of(),
                "saved notebook");
    }

    /** To be called now and then: what is due after some time. */
    void tick(Instant now) {
        sessions.tick(now);
        logs.forgetIdle(sessions::uses);
        for (NotebookLog log : List.copyOf(logs.loaded())) {
            long lost = log.appender().takeLost();
            if (lost >= 0) {
                log.gap(Gap.builder(
                                Gap.Reason.STORE_FAILED,
                                "The store could not be written for a while; " + lost
                                        + (lost == 1 ? " execution was lost." : " executions were lost."))
                        .between(null, now)
                        .missing(lost)
                        .build());
            }
        }
    }
}
