package dev.trackit.core.record;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings records into one log: holds them until they are durable, tries again after a failure, ever less often, and keeps what waits within
 * limits. A failed append may have left some of its records in the log; they are recognised before the next attempt, so that nothing stands there
 * twice. Used by one thread.
 */
final class LogAppender {
    private static final int MAX_BATCH = 4_096;
    /** What may be given up when the store fails for long; the other records are few, small, and carry the structure. */
    private static final Set<String> BULK = Set.of(
            RecordTypes.EXECUTION, RecordTypes.EXECUTION_AMENDED, RecordTypes.EXECUTION_MATCHED, RecordTypes.SNAPSHOT);

    private static final Duration MAX_RETRY = Duration.ofSeconds(5);

    /**
     * A record that waits.
     *
     * @param payloads what must be kept before it
     * @param durable what to tell when it is durable
     * @param bytes an estimate of its memory
     */
    record Entry(
            LineageRecord record,
            List<byte[]> payloads,
            @Nullable Recorded durable,
            long bytes) {}

    private final LineageStore store;
    private final LogId log;
    private final RecorderCounters counters;
    private final RecorderSettings settings;
    private final ArrayDeque<Entry> pending = new ArrayDeque<>();
    private @Nullable LogWriter writer;
    private long position = -1;
    private long retryAt;
    private int failuresInRow;
    private boolean doubtful;
    private long lostExecutions;
    private boolean lost;

    LogAppender(LineageStore store, LogId log, RecorderCounters counters, RecorderSettings settings) {
        this.store = store;
        this.log = log;
        this.counters = counters;
        this.settings = settings;
    }

    LogId log() {
        return log;
    }

    /**
     * Adds a record.
     *
     * @return false if there is no room any more, because the store fails; then the record is lost
     */
    boolean add(Entry entry) {
        boolean full = counters.pendingEvents.get() >= settings.queueEvents
                || counters.pendingBytes.get() + entry.bytes() > settings.queueBytes;
        String type = entry.record().type();
        if (failuresInRow > 0 && full && !pending.isEmpty() && BULK.contains(type)) {
            lost = true;
            if (type.equals(RecordTypes.EXECUTION)) {
                lostExecutions++;
                counters.dropped.increment();
            }
            return false;
        }
        counters.pendingEvents.incrementAndGet();
        counters.pendingBytes.addAndGet(entry.bytes());
        pending.add(entry);
        return true;
    }

    /** Whether nothing waits, and no loss is still to be told. */
    boolean isIdle() {
        return pending.isEmpty() && !lost;
    }

    boolean isOpen() {
        return writer != null;
    }

    boolean failing() {
        return failuresInRow > 0;
    }

    /** Whether records were lost since the last call, and how many executions among them; -1 if none. Only when the log can be written again. */
    long takeLost() {
        if (!lost || failuresInRow > 0) {
            return -1;
        }
        long count = lostExecutions;
        lost = false;
        lostExecutions = 0;
        return count;
    }

    /** When the next attempt is due, by {@link System#nanoTime()}, if one is. */
    long retryAt() {
        return retryAt;
    }

    /** Opens the writer now, for those who want to hear at once if that fails. */
    long open() {
        if (writer == null) {
            openWriter();
        }
        return position;
    }

    /** Appends what waits, unless it is too early for another attempt. */
    void commit(long now, boolean force, Consumer<Recorded> durable) {
        if (pending.isEmpty() || (failuresInRow > 0 && !force && now - retryAt < 0)) {
            return;
        }
        try {
            commitOrThrow(durable);
        } catch (RuntimeException | LinkageError e) {
            failed(now, e);
        }
    }

    /** Appends what waits. Throws what the store throws; then all that is not durable still waits. */
    void commitOrThrow(Consumer<Recorded> durable) {
        counters.enter(settings.clock.instant());
        try {
            LogWriter to = openWriter();
            if (doubtful) {
                dropWhatArrived(durable);
                doubtful = false;
            }
            while (!pending.isEmpty()) {
                List<Entry> batch = new ArrayList<>();
                for (Entry entry : pending) {
                    if (batch.size() == MAX_BATCH) {
                        break;
                    }
                    for (byte[] payload : entry.payloads()) {
                        store.putPayload(log.notebook(), payload);
                    }
                    batch.add(entry);
                }
                doubtful = true;
                position = to.append(batch.stream().map(Entry::record).toList());
                doubtful = false;
                batch.forEach(entry -> done(durable));
            }
        } finally {
            counters.exit();
        }
        failuresInRow = 0;
        counters.failing.remove(log.notebook());
    }

    private LogWriter openWriter() {
        LogWriter open = writer;
        if (open == null) {
            open = store.writer(log);
            writer = open;
            if (!doubtful) {
                position = open.position();
            }
        }
        return open;
    }

    private void done(Consumer<Recorded> durable) {
        Entry entry = pending.remove();
        counters.pendingEvents.decrementAndGet();
        counters.pendingBytes.addAndGet(-entry.bytes());
        counters.written.increment();
        Recorded recorded = entry.durable();
        if (recorded != null) {
            durable.accept(recorded);
        }
    }

    /** After a failed append, takes those records out that arrived all the same. */
    private void dropWhatArrived(Consumer<Recorded> durable) {
        if (position < 0) {
            return;
        }
        try (LogReader reader = store.reader(log, position)) {
            for (Optional<LineageRecord> r = reader.next(); r.isPresent() && !pending.isEmpty(); r = reader.next()) {
                if (r.get().equals(pending.element().record())) {
                    done(durable);
                }
            }
        }
    }

    private void failed(long now, Throwable e) {
        counters.failures.increment();
        counters.lastFailure =
                log + ": " + (e.getMessage() == null ? e.getClass().getName() : e.getMessage());
        counters.failing.add(log.notebook());
        failuresInRow++;
        long wait = Math.min(MAX_RETRY.toNanos(), settings.firstRetry.toNanos() << Math.min(failuresInRow - 1, 10));
        retryAt = now + wait;
        closeWriter();
    }

    /** Closes the writer; it is opened again when it is needed. */
    void closeWriter() {
        LogWriter open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException | LinkageError e) {
                counters.failures.increment();
                counters.lastFailure = log + ": " + e.getMessage();
            }
        }
    }

    int waiting() {
        return pending.size();
    }
}
