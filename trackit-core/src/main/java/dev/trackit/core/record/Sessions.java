package dev.trackit.core.record;

import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides into which log a session goes, as far as its notebook is known, and moves it when more becomes known.
 *
 * <ul>
 *   <li>Its notebook is known: into the notebook's log.
 *   <li>A server says that several notebooks share the kernel: each execution into the log of the notebook whose cells hold the code.
 *   <li>Not known, or one of several: into a log of its own, which the notebook's log adopts by reference as soon as the notebook is known.
 *   <li>It probably belongs to a notebook elsewhere: its executions are held in memory, within limits, until that is known.
 * </ul>
 *
 * Used by one thread.
 */
final class Sessions {
    private static final int MAX_ENDED = 64;

    private final Logs logs;
    private final CaptureScope scope;
    private final NotebookFiles files;
    private final RecorderCounters counters;
    private final RecorderSettings settings;
    private final Consumer<SessionState> recordHeld;
    private final Consumer<NotebookLog> settle;
    private final Map<String, SessionState> sessions = new LinkedHashMap<>();
    /** Sessions that were open when the agent stopped, and were not found again yet. */
    private final Map<String, NotebookId> awaited;

    private final @Nullable Instant stoppedAt;
    private final Instant startedAt;

    Sessions(
            Logs logs,
            CaptureScope scope,
            NotebookFiles files,
            RecorderCounters counters,
            RecorderSettings settings,
            Consumer<SessionState> recordHeld,
            Consumer<NotebookLog> settle) {
        this.logs = logs;
        this.scope = scope;
        this.files = files;
        this.counters = counters;
        this.settings = settings;
        this.recordHeld = recordHeld;
        this.settle = settle;
        this.awaited = new LinkedHashMap<>(logs.index().openSessions());
        this.stoppedAt = logs.index().lastAgentRecord().orElse(null);
        this.startedAt = settings.clock.instant();
    }

    @Nullable
    SessionState find(String id) {
        return sessions.get(id);
    }

    /** The session of an execution; one that was never announced is taken as one of which nothing is known. */
    SessionState of(Execution execution) {
        SessionState known = sessions.get(execution.session());
        if (known == null) {
            started(Session.builder(execution.session(), execution.session()).build(), NotebookMatch.unknown());
            known = sessions.get(execution.session());
        }
        return java.util.Objects.requireNonNull(known);
    }

    /** Whether a session of this log was open when the agent stopped, and may be found again. */
    boolean awaited(NotebookLog log) {
        return awaited.containsValue(log.id());
    }

    void started(Session session, NotebookMatch match) {
        SessionState known = sessions.get(session.id());
        if (known != null) {
            matched(session.id(), match);
            return;
        }
        SessionState state = new SessionState(session, match);
        sessions.put(session.id(), state);
        counters.sessionsByKernel
                .computeIfAbsent(session.kernelId(), k -> ConcurrentHashMap.newKeySet())
                .add(session.id());
        NotebookId before = awaited.remove(session.id());
        if (before != null && !match.isSettled()) {
            // Found again after a stop of the agent: it goes on where it was until more is known.
            bind(state, List.of(logs.existing(before)));
        } else {
            route(state);
        }
        forgetEnded();
    }

    void matched(String id, NotebookMatch match) {
        SessionState state = sessions.get(id);
        if (state == null || match.equals(state.match) || (state.match.isSettled() && !match.isSettled())) {
            return;
        }
        state.match = match;
        for (NotebookLog log : state.targets) {
            if (log.hasSession(id)) {
                log.sessionMatched(id, match);
            }
        }
        route(state);
    }

    private void route(SessionState state) {
        List<Path> candidates =
                state.match.candidates().stream().map(scope::canonical).toList();
        boolean certain =
                state.match.isSettled() || state.match.basis() == NotebookMatch.Basis.SERVER && !candidates.isEmpty();
        if (certain) {
            List<NotebookLog> targets = new ArrayList<>();
            for (Path path : candidates) {
                if (scope.recordsKernelOf(path, logs.knows(path))) {
                    targets.add(files.begin(path));
                }
            }
            bind(state, targets);
        } else if (state.targets.isEmpty()) {
            if (scope.mayHold(state.session, state.match)) {
                bind(state, List.of(logs.kernelLog(state.session)));
            } else {
                state.held = true;
            }
        }
    }

    private void bind(SessionState state, List<NotebookLog> targets) {
        List<NotebookLog> before = state.targets;
        if (targets.equals(before)) {
            return;
        }
        state.targets = targets;
        boolean wasHeld = state.held;
        state.held = false;
        for (NotebookLog log : targets) {
            absorb(state, log);
            counters.logBySession.put(state.id(), log.id());
            if (!log.provisional()) {
                ensureStarted(state, log);
            }
        }
        for (NotebookLog old : before) {
            if (old.provisional() && old.hasSession(state.id()) && targets.size() == 1) {
                targets.get(0).adopted(state.id(), old);
                settle.accept(targets.get(0)); // Their cells may stand in a save that was seen before.
            }
            if (!targets.contains(old)) {
                old.liveSessions().remove(state.id());
                logs.sessionEnded(old, state.id());
            }
        }
        if (wasHeld) {
            if (targets.isEmpty()) {
                state.takeHeld();
            } else {
                recordHeld.accept(state);
            }
        }
    }

    private void absorb(SessionState state, NotebookLog log) {
        NotebookLog.LoadedSession loaded = log.loadedSession(state.id());
        if (loaded != null) {
            state.absorb(loaded);
            if (loaded.adoptedFrom != null && logs.index().contains(loaded.adoptedFrom)) {
                NotebookLog.LoadedSession earlier =
                        logs.existing(loaded.adoptedFrom).loadedSession(state.id());
                if (earlier != null) {
                    state.absorb(earlier);
                }
            }
        }
        awaited.remove(state.id(), log.id());
    }

    /** Decides anew for the sessions that run, after it changed which notebooks are recorded. */
    void routeAgain() {
        for (SessionState state : List.copyOf(sessions.values())) {
            if (!state.ended) {
                route(state);
            }
        }
    }

    /** Whether the log is one that a session of the present writes to. */
    boolean uses(NotebookLog log) {
        return sessions.values().stream().anyMatch(state -> state.targets.contains(log));
    }

    /** Writes the beginning of a session into a log, if it does not stand there. */
    void ensureStarted(SessionState state, NotebookLog log) {
        if (!log.hasSession(state.id())) {
            if (log.provisional()) {
                logs.identifyKernelLog(log, state.session);
            }
            log.sessionStarted(state.session, state.match);
            if (state.session.live() && !state.ended) {
                logs.sessionStarted(log, state.id());
            }
        }
    }

    void ended(String id, String reason, Instant at) {
        SessionState state = sessions.get(id);
        NotebookId before = awaited.remove(id);
        if (state == null && before != null) {
            NotebookLog log = logs.existing(before);
            log.sessionEnded(id, reason, at);
            logs.sessionEnded(log, id);
        }
        if (state == null || state.ended) {
            return;
        }
        state.ended = true;
        for (NotebookLog log : state.targets) {
            if (log.hasSession(id)) {
                log.sessionEnded(id, reason, at);
                logs.sessionEnded(log, id);
            }
        }
    }

    /** The logs in which a gap must stand: those of its session, or of all sessions that run. */
    Set<NotebookLog> logsFor(Gap gap) {
        Set<NotebookLog> found = new LinkedHashSet<>();
        for (SessionState state : sessions.values()) {
            boolean concerned =
                    gap.session().isEmpty() ? !state.ended : state.id().equals(gap.session());
            if (concerned) {
                for (NotebookLog log : state.targets) {
                    if (!gap.session().isEmpty()) {
                        ensureStarted(state, log);
                    }
                    if (log.hasSession(state.id())) {
                        found.add(log);
                    }
                }
            }
        }
        return found;
    }

    /** Closes the sessions that were open when the agent stopped, and could not be found again. */
    void tick(Instant now) {
        if (awaited.isEmpty() || Duration.between(startedAt, now).compareTo(settings.resumeGrace) < 0) {
            return;
        }
        Map<String, NotebookId> gone = new LinkedHashMap<>(awaited);
        awaited.clear();
        gone.forEach((session, id) -> {
            if (logs.index().contains(id)) {
                NotebookLog log = logs.existing(id);
                log.gap(stopped(log).session(session).build());
                log.sessionEnded(session, "It ended while TrackIT was not running.", startedAt);
                logs.sessionEnded(log, session);
            }
        });
    }

    /** The gap that a stop of the agent left in a log. */
    Gap.Builder stopped(NotebookLog log) {
        Instant from = log.lastRecordAt();
        if (stoppedAt != null && (from == null || stoppedAt.isAfter(from))) {
            from = stoppedAt;
        }
        return Gap.builder(
                        Gap.Reason.AGENT_STOPPED,
                        "TrackIT was not running. What was executed meanwhile is not known, as far as it does not stand"
                                + " beside this gap.")
                .between(from, startedAt);
    }

    private void forgetEnded() {
        long ended = sessions.values().stream().filter(s -> s.ended).count();
        var eldest = sessions.values().iterator();
        while (ended > MAX_ENDED && eldest.hasNext()) {
            if (eldest.next().ended) {
                eldest.remove();
                ended--;
            }
        }
    }
}
