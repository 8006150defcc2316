package dev.trackit.core.record;

import dev.trackit.api.NotebookId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the recorder counts. Written by its threads, read by anyone at any time without waiting. */
public final class RecorderCounters {
    final LongAdder received = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder failures = new LongAdder();
    final AtomicLong pendingEvents = new AtomicLong();
    final AtomicLong pendingBytes = new AtomicLong();
    final Map<String, LongAdder> recordedBySession = new ConcurrentHashMap<>();
    final Map<String, LongAdder> recoveredBySession = new ConcurrentHashMap<>();
    final Map<String, LongAdder> droppedBySession = new ConcurrentHashMap<>();
    final Map<String, Set<String>> sessionsByKernel = new ConcurrentHashMap<>();
    final Map<String, NotebookId> logBySession = new ConcurrentHashMap<>();
    final Set<NotebookId> failing = ConcurrentHashMap.newKeySet();
    volatile String lastFailure = "";
    volatile @Nullable Instant lastExecutionAt;
    private volatile @Nullable Instant callSince;

    /** Marks the beginning of a call of the store. */
    void enter(Instant now) {
        callSince = now;
    }

    /** Marks its end. */
    void exit() {
        callSince = null;
    }

    /** Events received from sources. */
    public long received() {
        return received.sum();
    }

    /** Executions and saves that were dropped. */
    public long dropped() {
        return dropped.sum();
    }

    /** Records that are durable. */
    public long written() {
        return written.sum();
    }

    /** Attempts to write that failed. */
    public long failures() {
        return failures.sum();
    }

    /** Why the last one failed. */
    public String lastFailure() {
        return lastFailure;
    }

    /** Logs that cannot be written at present. */
    public List<NotebookId> failing() {
        return failing.stream().sorted().toList();
    }

    /** Since when a call of the store has not returned; null if none is being made. */
    public @Nullable Instant callSince() {
        return callSince;
    }

    /** When the last execution became durable. */
    public @Nullable Instant lastExecutionAt() {
        return lastExecutionAt;
    }

    /** Executions of a kernel, over all its sessions, that were recorded. */
    public long recordedOfKernel(String kernel) {
        return sum(recordedBySession, kernel);
    }

    /** Those of them that nobody saw live: what a kernel's history says again of known executions does not count. */
    public long recoveredOfKernel(String kernel) {
        return sum(recoveredBySession, kernel);
    }

    /** Executions of a kernel, over all its sessions, that were dropped. */
    public long droppedOfKernel(String kernel) {
        return sum(droppedBySession, kernel);
    }

    private long sum(Map<String, LongAdder> bySession, String kernel) {
        long sum = 0;
        for (String session : sessionsByKernel.getOrDefault(kernel, Set.of())) {
            LongAdder count = bySession.get(session);
            sum += count == null ? 0 : count.sum();
        }
        return sum;
    }

    /** The log into which a session is recorded. */
    public @Nullable NotebookId log(String session) {
        return logBySession.get(session);
    }
}
