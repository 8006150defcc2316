package dev.trackit.core.record;

import dev.trackit.api.Execution;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import dev.trackit.spi.CaptureEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the recorder knows of one session: where it is recorded, and which of its executions it has seen. Used by one thread. */
final class SessionState {
    private static final int MAX_HELD_EVENTS = 2_000;
    private static final long MAX_HELD_BYTES = 8L << 20;
    private static final int UNKNOWN_OUTPUTS = 0;

    final Session session;
    NotebookMatch match;
    /** The logs it is recorded in: none while it is held or ignored, several if a server says that several notebooks share the kernel. */
    List<NotebookLog> targets = List.of();
    /** Whether its events wait in memory until it is known whether they concern us. */
    boolean held;

    boolean ended;

    private final Map<String, Integer> outputsById = new HashMap<>();
    private final Map<Long, NotebookLog.Place> byKey = new HashMap<>();
    private final ArrayDeque<CaptureEvent.ExecutionFinished> heldEvents = new ArrayDeque<>();
    private long heldBytes;
    private long heldDropped;
    private @Nullable NotebookLog last;

    SessionState(Session session, NotebookMatch match) {
        this.session = session;
        this.match = match;
    }

    String id() {
        return session.id();
    }

    /** Takes over what a log knows of this session from before. */
    void absorb(NotebookLog.LoadedSession loaded) {
        loaded.executions.forEach(id -> outputsById.putIfAbsent(id, UNKNOWN_OUTPUTS));
        loaded.byKey.forEach(byKey::putIfAbsent);
    }

    boolean knows(String execution) {
        return outputsById.containsKey(execution);
    }

    /** Whether outputs reported again for a known execution are others than those reported before. */
    boolean outputsChanged(Execution execution) {
        Integer before = outputsById.get(execution.id());
        return before != null && before != UNKNOWN_OUTPUTS && before != outputsHash(execution);
    }

    void remember(Execution execution) {
        outputsById.put(execution.id(), outputsHash(execution));
        if (execution.executionCount().isPresent()) {
            byKey.put(
                    key(execution),
                    new NotebookLog.Place(
                            execution.id(), execution.sequence(), execution.origin() == dev.trackit.api.Origin.LIVE));
        }
    }

    /** The execution of this session with the same count and code. */
    NotebookLog.@Nullable Place sameCountAndCode(Execution execution) {
        return execution.executionCount().isPresent() ? byKey.get(key(execution)) : null;
    }

    static long key(Execution execution) {
        return SavedCells.key(execution.executionCount().orElseThrow(), execution.codeDigest());
    }

    private static int outputsHash(Execution execution) {
        int hash = execution.outputs().hashCode();
        return hash == UNKNOWN_OUTPUTS ? 1 : hash;
    }

    /** Keeps an event until it is known whether it concerns us; the eldest give way. */
    void hold(CaptureEvent.ExecutionFinished event) {
        heldEvents.add(event);
        heldBytes += EventQueue.size(event);
        while (heldEvents.size() > MAX_HELD_EVENTS || heldBytes > MAX_HELD_BYTES) {
            heldBytes -= EventQueue.size(heldEvents.remove());
            heldDropped++;
        }
    }

    List<CaptureEvent.ExecutionFinished> takeHeld() {
        List<CaptureEvent.ExecutionFinished> taken = new ArrayList<>(heldEvents);
        heldEvents.clear();
        heldBytes = 0;
        return taken;
    }

    long takeHeldDropped() {
        long count = heldDropped;
        heldDropped = 0;
        return count;
    }

    /** The log for an execution: where several notebooks share the kernel, the one whose saved cells hold the code, else the one before. */
    NotebookLog target(Execution execution) {
        if (targets.size() == 1) {
            return targets.get(0);
        }
        List<NotebookLog> fitting = targets.stream()
                .filter(log -> {
                    CellMatcher matcher = log.matcher();
                    return matcher != null && matcher.exact(execution).basis() != dev.trackit.api.CellMatch.Basis.NONE;
                })
                .toList();
        NotebookLog before = last;
        NotebookLog chosen = fitting.size() == 1
                ? fitting.get(0)
                : before != null && targets.contains(before) ? before : targets.get(0);
        last = chosen;
        return chosen;
    }
}
