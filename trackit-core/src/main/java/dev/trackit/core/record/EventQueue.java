package dev.trackit.core.record;

import dev.trackit.api.Execution;
import dev.trackit.api.Output;
import dev.trackit.spi.CaptureEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between sources and the recorder. Adding never waits, not for a lock either. When it is full, first payloads are left
 * behind (digests and texts remain), then executions and saves are dropped, counted by session, and the count takes their place in the queue, so
 * that the gap stands where they would have stood. Small events that carry the structure (sessions, moves, gaps) are taken beyond the limit: without them, what is kept could not be understood.
 *
 * <p>Safe for any number of threads that add and one that takes.
 */
final class EventQueue {
    /** Something in the queue. */
    sealed interface Item {}

    /** An event. */
    record Event(CaptureEvent event, long bytes) implements Item {}

    /** Events of a session that were dropped here. */
    record Dropped(String session, long count) implements Item {}

    /** Something to be done in its turn. */
    record Task(Runnable action) implements Item {}

    private static final long BASE_BYTES = 300;
    private static final long STRUCTURE_RESERVE = 16_384;

    private final ConcurrentLinkedQueue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Map<String, AtomicLong> droppedNow = new ConcurrentHashMap<>();
    private final AtomicLong droppedPending = new AtomicLong();
    private final int maxEvents;
    private final long maxBytes;
    private final RecorderCounters counters;

    EventQueue(int maxEvents, long maxBytes, RecorderCounters counters) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.counters = counters;
    }

    /** Adds an event, or counts it as dropped. */
    void offer(CaptureEvent event) {
        counters.received.increment();
        CaptureEvent taken = event;
        long size = size(event);
        if (!fits(event, size)) {
            CaptureEvent lighter = withoutPayloads(event);
            taken = lighter == null ? event : lighter;
            size = size(taken);
            if (lighter == null || !fits(lighter, size)) {
                drop(event);
                return;
            }
        }
        announceDropped();
        events.incrementAndGet();
        bytes.addAndGet(size);
        items.add(new Event(taken, size));
    }

    /** Adds something to be done after all that was added before. */
    void addTask(Runnable action) {
        items.add(new Task(action));
    }

    /** The next item; null if there is none. */
    @Nullable
    Item poll() {
        Item item = items.poll();
        if (item instanceof Event event) {
            events.decrementAndGet();
            bytes.addAndGet(-event.bytes());
        } else if (item == null && droppedPending.get() > 0) {
            announceDropped();
            return items.poll();
        }
        return item;
    }

    boolean isEmpty() {
        return items.isEmpty() && droppedPending.get() == 0;
    }

    long events() {
        return events.get();
    }

    long bytes() {
        return bytes.get();
    }

    private boolean fits(CaptureEvent event, long size) {
        if (isStructure(event)) {
            return events.get() < maxEvents + STRUCTURE_RESERVE;
        }
        long maxCount = event instanceof CaptureEvent.ExecutionStarted ? maxEvents / 2 : maxEvents;
        return events.get() < maxCount && bytes.get() + size <= maxBytes;
    }

    private static boolean isStructure(CaptureEvent event) {
        return !(event instanceof CaptureEvent.ExecutionFinished
                || event instanceof CaptureEvent.ExecutionStarted
                || event instanceof CaptureEvent.NotebookSaved);
    }

    private void drop(CaptureEvent event) {
        if (event instanceof CaptureEvent.ExecutionFinished finished) {
            String session = finished.execution().session();
            counters.droppedBySession
                    .computeIfAbsent(session, s -> new java.util.concurrent.atomic.LongAdder())
                    .increment();
            droppedNow.computeIfAbsent(session, s -> new AtomicLong()).incrementAndGet();
            droppedPending.incrementAndGet();
        } else if (event instanceof CaptureEvent.ExecutionStarted) {
            return;
        }
        // A save that is dropped is made up for by the next one; anything else that is dropped here was offered in
        // absurd numbers.
        counters.dropped.increment();
    }

    private void announceDropped() {
        if (droppedPending.get() == 0) {
            return;
        }
        for (Map.Entry<String, AtomicLong> entry : droppedNow.entrySet()) {
            long count = entry.getValue().getAndSet(0);
            if (count > 0) {
                droppedPending.addAndGet(-count);
                items.add(new Dropped(entry.getKey(), count));
            }
        }
    }

    private static @Nullable CaptureEvent withoutPayloads(CaptureEvent event) {
        return event instanceof CaptureEvent.ExecutionFinished finished
                        && !finished.payloads().isEmpty()
                ? new CaptureEvent.ExecutionFinished(finished.execution(), Map.of())
                : null;
    }

    /** An estimate of the memory that an event holds. */
    static long size(CaptureEvent event) {
        if (event instanceof CaptureEvent.ExecutionFinished finished) {
            long size = size(finished.execution());
            for (byte[] payload : finished.payloads().values()) {
                size += payload.length;
            }
            return size;
        } else if (event instanceof CaptureEvent.NotebookSaved saved) {
            long size = BASE_BYTES;
            for (var cell : saved.notebook().cells()) {
                size += BASE_BYTES + cell.source().length();
                for (Output output : cell.outputs()) {
                    size += BASE_BYTES + output.text().length();
                }
            }
            return size;
        }
        return BASE_BYTES;
    }

    static long size(Execution execution) {
        long size = BASE_BYTES + execution.code().length();
        for (Output output : execution.outputs()) {
            size += BASE_BYTES + output.text().length();
        }
        return size;
    }
}
