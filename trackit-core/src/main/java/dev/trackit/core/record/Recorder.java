package dev.trackit.core.record;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Notebook;
import dev.trackit.api.StoreException;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.LineageStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what sources see and brings it into a store, without ever making a source wait.
 *
 * <p>Sources put events into a bounded queue from any thread; {@link #on} neither waits nor throws. One thread of this recorder takes all that is
 * there, makes records, and appends them with one call per log, so that while the store forces one batch to disk the next one gathers. A store
 * that fails is tried again, ever less often; what comes meanwhile waits within limits. Only when these are reached is something dropped, counted, and recorded as a
 * gap where it would have stood. A store that hangs holds up this one thread and nothing else.
 *
 * <p>Safe for use by several threads.
 */
public final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int MAX_TAKEN = 8_192;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** With nothing to write and nothing to try again, all that can become due is a grace period. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** After it wrote something it waits so long, so that a burst of executions goes out in few batches and wakes this thread seldom. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** A batch of so many is worth writing whatever may follow. */
    private static final int GATHERED = 512;

    private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ABANDON_MILLIS = 200;

    private final RecorderSettings settings;
    private final RecorderCounters counters = new RecorderCounters();
    private final EventQueue queue;
    private final Logs logs;
    private final EventRecorder events;
    private final LineageStore store;
    private final Thread thread;
    private final List<CountDownLatch> barriers = new ArrayList<>();
    private final String agent = UUID.randomUUID().toString();
    private volatile boolean sleeping;
    private volatile boolean closing;
    private volatile long closeDeadline;
    private long warnedAt;
    private long warnedFailures;

    private Recorder(LineageStore store, RecorderSettings settings) {
        this.store = store;
        this.settings = settings;
        this.queue = new EventQueue(settings.queueEvents, settings.queueBytes, counters);
        this.logs = new Logs(store, counters, settings, true);
        this.events = new EventRecorder(logs, new CaptureScope(settings), counters, settings);
        this.thread = new Thread(this::run, "trackit-recorder");
        this.thread.setDaemon(true);
    }

    /**
     * Takes the store's lock for agents and begins to record.
     *
     * @throws dev.trackit.api.LogLockedException if another agent records into this store
     * @throws StoreException if the store cannot be read or written
     */
    public static Recorder start(LineageStore store, RecorderSettings settings) {
        Recorder recorder = new Recorder(requireNonNull(store, "store"), settings);
        recorder.logs.lockAgentLog();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("agent", recorder.agent);
        fields.put("version", settings.version);
        fields.put("process", ProcessHandle.current().pid());
        fields.put("watchedFolder", settings.watchedFolder.toString());
        recorder.logs.announce(RecordTypes.AGENT_STARTED, fields);
        recorder.thread.start();
        recorder.enqueue(recorder.events.files()::followKnown);
        return recorder;
    }

    /** Takes an event. Never waits, never throws; after {@link #close} it does nothing. */
    public void on(CaptureEvent event) {
        if (!closing) {
            queue.offer(event);
            wake();
        }
    }

    /** What is counted. */
    public RecorderCounters counters() {
        return counters;
    }

    /** Events that wait, those that the store did not take yet included. */
    public long waitingEvents() {
        return queue.events() + counters.pendingEvents.get();
    }

    /** What they hold, estimated. */
    public long waitingBytes() {
        return queue.bytes() + counters.pendingBytes.get();
    }

    /** Records this notebook from now on. */
    public void track(Path notebook) {
        enqueue(() -> {
            events.files().track(notebook);
            events.sessions().routeAgain();
        });
    }

    /** Does not record this notebook from now on. */
    public void untrack(Path notebook) {
        enqueue(() -> {
            events.files().untrack(notebook);
            events.sessions().routeAgain();
        });
    }

    /**
     * Takes the record that a saved notebook holds, and waits until it is durable.
     *
     * @throws StoreException if the log cannot be read, or is not durable within this time
     */
    public SavedImport.Outcome importSaved(Notebook notebook, Duration timeout) {
        CompletableFuture<SavedImport.Outcome> result = new CompletableFuture<>();
        enqueue(() -> {
            try {
                Notebook taken = new Redaction(settings.redaction).apply(notebook);
                Path path = events.files().scope().canonical(taken.path());
                NotebookLog log = logs.create(path, settings.clock.instant(), null);
                result.complete(SavedImport.take(store, logs, log, taken, settings));
            } catch (RuntimeException | LinkageError e) {
                result.completeExceptionally(e);
            }
        });
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            SavedImport.Outcome outcome = result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (flush(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return outcome;
            }
        } catch (ExecutionException e) {
            throw new StoreException("The notebook " + notebook.path() + " could not be imported.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.debug("Import of a notebook takes longer than {}", timeout);
        }
        throw new StoreException("The import of " + notebook.path()
                + " is not durable yet: the store is slow or failing. " + counters.lastFailure());
    }

    /**
     * Waits until everything that was reported before is durable.
     *
     * @return whether it is; false if the time was not enough, the thread was interrupted, or the recorder is closed with something left
     */
    public boolean flush(Duration timeout) {
        CountDownLatch done = new CountDownLatch(1);
        enqueue(() -> barriers.add(done));
        try {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!done.await(Math.min(IDLE_NANOS, Math.max(1, deadline - System.nanoTime())), TimeUnit.NANOSECONDS)) {
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                if (!thread.isAlive()) {
                    return done.getCount() == 0 || waitingEvents() == 0;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Writes what waits, and ends. Takes hardly longer than this time, even if the store hangs. Idempotent.
     *
     * @return whether everything is durable
     */
    public boolean close(Duration timeout) {
        synchronized (thread) {
            if (!closing) {
                closeDeadline = System.nanoTime() + timeout.toNanos();
                closing = true;
            }
        }
        LockSupport.unpark(thread);
        boolean interrupted = !join(timeout.toMillis() + ABANDON_MILLIS);
        if (thread.isAlive()) {
            // Nothing more can be lost: the store has had its time.
            thread.interrupt();
            interrupted |= !join(ABANDON_MILLIS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive() && waitingEvents() == 0;
    }

    /** Waits for the thread, to its end or to the end of this time. @return false if this thread was interrupted meanwhile */
    private boolean join(long millis) {
        try {
            thread.join(Math.max(1, millis));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void enqueue(Runnable task) {
        queue.addTask(task);
        wake();
    }

    private void wake() {
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closing) {
            int taken = step(false);
            if (taken > 0 && taken < GATHERED) {
                LockSupport.parkNanos(this, GATHER_NANOS);
            } else if (taken == 0) {
                sleeping = true;
                if (queue.isEmpty() && !closing) {
                    LockSupport.parkNanos(this, logs.isIdle() ? QUIET_NANOS : IDLE_NANOS);
                }
                sleeping = false;
            }
        }
        finish();
    }

    /** Takes what is there, and commits it. @return how much was there */
    private int step(boolean force) {
        int taken = 0;
        EventQueue.Item item = queue.poll();
        while (item != null) {
            take(item);
            item = ++taken < MAX_TAKEN ? queue.poll() : null;
        }
        try {
            events.tick(settings.clock.instant());
        } catch (RuntimeException | LinkageError e) {
            internalFailure(e);
        }
        logs.commit(force, this::durable);
        if (!barriers.isEmpty() && logs.isIdle()) {
            barriers.forEach(CountDownLatch::countDown);
            barriers.clear();
        }
        warnAboutStore();
        return taken;
    }

    private void take(EventQueue.Item item) {
        try {
            if (item instanceof EventQueue.Event event) {
                takeEvent(event.event());
            } else if (item instanceof EventQueue.Dropped dropped) {
                events.dropped(dropped.session(), dropped.count());
            } else if (item instanceof EventQueue.Task task) {
                task.action().run();
            }
        } catch (RuntimeException | LinkageError e) {
            internalFailure(e);
        }
    }

    private void takeEvent(CaptureEvent event) {
        try {
            events.on(event);
        } catch (RuntimeException | LinkageError e) {
            internalFailure(e);
            counters.dropped.increment();
            events.failed(event, e);
        }
    }

    private void durable(Recorded recorded) {
        if (recorded instanceof Recorded.Executed) {
            counters.lastExecutionAt = settings.clock.instant();
        }
        try {
            settings.listener.accept(recorded);
        } catch (RuntimeException | LinkageError e) {
            internalFailure(e);
        }
    }

    private void internalFailure(Throwable e) {
        counters.failures.increment();
        counters.lastFailure = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        LOG.debug("An event could not be recorded", e);
    }

    private void warnAboutStore() {
        long failures = counters.failures();
        long now = System.nanoTime();
        if (failures > warnedFailures && (warnedFailures == 0 || now - warnedAt > WARN_EVERY_NANOS)) {
            LOG.warn("TrackIT cannot record at present ({} failures so far): {}", failures, counters.lastFailure());
            warnedFailures = failures;
            warnedAt = now;
        }
    }

    private void finish() {
        if (drain()) {
            logs.announce(RecordTypes.AGENT_STOPPED, Map.of("agent", agent));
            drain();
        }
        logs.close();
    }

    /** Brings all that waits into the store, as long as there is time. @return whether nothing waits any more */
    private boolean drain() {
        long wait = TimeUnit.MILLISECONDS.toNanos(10);
        while (true) {
            step(true);
            boolean done = queue.isEmpty() && logs.isIdle();
            boolean late = System.nanoTime() - closeDeadline >= 0;
            if (done || late || Thread.currentThread().isInterrupted()) {
                return done;
            }
            if (!logs.isIdle()) {
                LockSupport.parkNanos(this, wait);
                wait = Math.min(2 * wait, TimeUnit.SECONDS.toNanos(1));
            }
        }
    }
}
