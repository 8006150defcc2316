package dev.trackit.benchmarks.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What actions cost the calling thread, as processor time and allocation. Actions that are compared run in turn, so that whatever slows the
 * machine down slows all of them down, and the cheapest round of each counts: what a busy machine adds is never negative. Immutable.
 *
 * @param nanos processor time of the cheapest round, in nanoseconds
 * @param bytes allocation of the leanest round
 */
public record Cost(long nanos, long bytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Something to measure. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws Exception;
    }

    /**
     * Runs the actions in turn, in so many rounds.
     *
     * @param warmUp rounds that do not count
     * @return the cost of each, in their order
     */
    public static Cost[] compare(int warmUp, int rounds, Action... actions) {
        Cost[] least = new Cost[actions.length];
        Arrays.fill(least, new Cost(Long.MAX_VALUE, Long.MAX_VALUE));
        for (int round = 0; round < warmUp + rounds; round++) {
            for (int i = 0; i < actions.length; i++) {
                Cost cost = once(actions[i]);
                if (round >= warmUp) {
                    least[i] = new Cost(Math.min(least[i].nanos, cost.nanos), Math.min(least[i].bytes, cost.bytes));
                }
            }
        }
        return least;
    }

    /** Runs an action once. */
    public static Cost once(Action action) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        try {
            action.run();
        } catch (Exception e) {
            throw new IllegalStateException("What is measured failed", e);
        }
        long now = THREADS.getCurrentThreadCpuTime();
        return new Cost(now - nanos, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }

    /** What all threads of this process whose names begin so have used, in nanoseconds. Threads that ended are not in it. */
    public static long nanosOfThreads(String... prefixes) {
        long nanos = 0;
        for (long id : THREADS.getAllThreadIds()) {
            var info = THREADS.getThreadInfo(id);
            if (info != null && Arrays.stream(prefixes).anyMatch(info.getThreadName()::startsWith)) {
                nanos += Math.max(0, THREADS.getThreadCpuTime(id));
            }
        }
        return nanos;
    }

    /** What all threads of this process whose names begin so have allocated. Threads that ended are not in it. */
    public static long bytesOfThreads(String... prefixes) {
        long bytes = 0;
        for (long id : THREADS.getAllThreadIds()) {
            var info = THREADS.getThreadInfo(id);
            if (info != null && Arrays.stream(prefixes).anyMatch(info.getThreadName()::startsWith)) {
                bytes += Math.max(0, THREADS.getThreadAllocatedBytes(id));
            }
        }
        return bytes;
    }

    /** How many times as much processor time as a baseline. */
    public double ratioTo(Cost baseline) {
        return (double) nanos / Math.max(1, baseline.nanos);
    }

    /** Bytes per second of processor time, in MB. */
    public double megabytesPerSecond(long size) {
        return size * 1e3 / Math.max(1, nanos);
    }
}
