package dev.trackit.core.record;

import dev.trackit.api.Execution;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Origin;
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
    private static final int UNKNOWN_OUTPUTS = Integer.MIN_VALUE;

    final Session session;
    NotebookMatch match;
    /** The logs it is recorded in: none while it is held or ignored, several if a server says that several notebooks share the kernel. */
    List<NotebookLog> targets = List.of();
    /** Whether its events wait in memory until it is known whether they concern us. */
    boolean held;

    boolean ended;

    private final LongTable outputsById = new LongTable();
    private final LongTable liveKeys = new LongTable();
    /** Where those executions stand that were not seen live, by key. */
    private final Map<Long, NotebookLog.Place> recovered = new HashMap<>();

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
        for (String id : loaded.executions) {
            if (!knows(id)) {
                outputsById.put(LongTable.key(id), UNKNOWN_OUTPUTS);
            }
        }
        loaded.byKey.forEach((key, place) -> {
            if (place.live() && !recovered.containsKey(key)) {
                liveKeys.add(key);
            } else if (!place.live() && !liveKeys.has(key)) {
                recovered.putIfAbsent(key, place);
            }
        });
    }

    boolean knows(String execution) {
        return outputsById.has(LongTable.key(execution));
    }

    /** Whether outputs reported again for a known execution are others than those reported before. */
    boolean outputsChanged(Execution execution) {
        int before = outputsById.at(LongTable.key(execution.id()));
        return before != 0 && before != UNKNOWN_OUTPUTS && before != outputsHash(execution);
    }

    /** Remembers what was recorded of an execution that has no count. */
    void remember(Execution execution) {
        outputsById.put(LongTable.key(execution.id()), outputsHash(execution));
    }

    /** Remembers what was recorded of an execution, and where. @param key its {@link #key} */
    void remember(Execution execution, long key) {
        remember(execution);
        if (execution.origin() == Origin.LIVE) {
            liveKeys.add(key);
            recovered.remove(key);
        } else {
            recovered.put(key, new NotebookLog.Place(execution.id(), execution.sequence(), false));
        }
    }

    /** Whether an execution of this session with the same count and code was recorded. */
    boolean hasSameRun(long key) {
        return liveKeys.has(key) || recovered.containsKey(key);
    }

    /** Where the execution of this session with the same count and code stands, if it was not seen live. */
    NotebookLog.@Nullable Place recoveredTwin(long key) {
        return recovered.get(key);
    }

    static long key(Execution execution) {
        return SavedCells.key(execution.executionCount().orElseThrow(), execution.codeDigest());
    }

    private static int outputsHash(Execution execution) {
        int hash = execution.outputs().hashCode();
        return hash == UNKNOWN_OUTPUTS || hash == 0 ? 1 : hash;
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
