package dev.trackit.jupyter.kernel;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which messages of all kernels become executions, fed by the thread that reads the sockets.
 *
 * <p>The hand-over takes no lock and is bounded in bytes: beyond the bound an offer is refused, and whoever offered counts it. What matters for the
 * order and completeness of executions may go beyond, up to twice the bound; displays and prints may not.
 *
 * <p>It also notices when the whole process was stopped for a while (a closed lid, a SIGSTOP), because its own second tick is late: messages
 * may have been lost then without any other sign.
 */
public final class CaptureThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureThread.class);
    private static final long TICK = Duration.ofSeconds(1).toNanos();
    private static final int TASKS_PER_LOOK = 32;
    private static final long STALL = Duration.ofSeconds(4).toNanos();

    private record Timer(long due, long order, Runnable task) {}

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean parked = new AtomicBoolean();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::order));
    private final long bound;
    private final Runnable afterStall;
    private final Thread thread;
    private long timersMade;
    private volatile boolean closed;

    /**
     * Starts the thread.
     *
     * @param bound how many bytes of messages may wait
     * @param afterStall called on the thread when the process was stopped for a while
     */
    public CaptureThread(long bound, Runnable afterStall) {
        this.bound = bound;
        this.afterStall = afterStall;
        this.thread = new Thread(this::run, "trackit-capture");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs this on the thread, in order. */
    public void post(Runnable task) {
        queue.add(task);
        wakeUp();
    }

    /** Runs this on the thread, in order, if the messages that wait leave room for it. */
    boolean offer(Runnable task, long bytes, boolean essential) {
        if (queuedBytes.get() + bytes > (essential ? 2 * bound : bound) && queuedBytes.get() > 0) {
            return false;
        }
        queuedBytes.addAndGet(bytes);
        queue.add(() -> {
            try {
                task.run();
            } finally {
                queuedBytes.addAndGet(-bytes);
            }
        });
        wakeUp();
        return true;
    }

    /** Runs this later. Only to be called on the thread itself. */
    void after(Duration delay, Runnable task) {
        timers.add(new Timer(System.nanoTime() + delay.toNanos(), timersMade++, task));
    }

    /** Runs what waits, then ends. Idempotent. */
    @Override
    public void close() {
        closed = true;
        wakeUp();
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeUp() {
        if (parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        long lastTick = System.nanoTime();
        int tasks = 0;
        while (true) {
            Runnable task = queue.poll();
            if (task != null) {
                guarded(task);
                if (++tasks % TASKS_PER_LOOK != 0) {
                    continue; // looking at the clock costs as much as a small message
                }
            }
            long now = System.nanoTime();
            if (now - lastTick > TICK) {
                if (now - lastTick > STALL) {
                    guarded(afterStall);
                }
                lastTick = now;
            }
            boolean timerRan = runDueTimer(now);
            if (task == null && !timerRan) {
                if (closed) {
                    return;
                }
                park(now);
            }
        }
    }

    private boolean runDueTimer(long now) {
        Timer first = timers.peek();
        if (first == null || first.due() - now > 0) {
            return false;
        }
        timers.poll();
        guarded(first.task());
        return true;
    }

    private void park(long now) {
        Timer first = timers.peek();
        long wait = first == null ? TICK : Math.min(TICK, Math.max(first.due() - now, 1));
        parked.set(true);
        if (queue.isEmpty() && !closed) {
            LockSupport.parkNanos(wait);
        }
        parked.set(false);
    }

    // A fault in one message must not end the capture of all kernels.
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("A message of a kernel could not be taken in", e);
        }
    }
}
