package dev.trackit.core;

import dev.trackit.api.NotebookId;
import dev.trackit.spi.KernelStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How capture is doing at one time: each kernel, the queue, the store. Counts run from {@link Trackit.Builder#start()}.
 */
public final class TrackitStatus {

    /**
     * One kernel.
     *
     * @param kernel as its source sees it: state, notebook, executions captured, gaps, dropped, bytes; what it recovered includes
     *     executions that the log had already
     * @param notebook the log into which its executions go; null if none were recorded
     * @param recorded how many of its executions are durable in the log
     * @param recovered how many of these were recovered from the kernel's history, not seen live
     * @param overflow how many of its executions were dropped because the queue was full
     */
    public record Kernel(
            KernelStatus kernel, @Nullable NotebookId notebook, long recorded, long recovered, long overflow) {
        /** Checks. */
        public Kernel {
            Objects.requireNonNull(kernel, "kernel");
        }
    }

    /**
     * The way from the sources to the store.
     *
     * @param events events that wait to be recorded
     * @param bytes what they hold, estimated
     * @param received events received from sources
     * @param dropped executions and saves that were dropped because the queue was full
     * @param listenerDropped calls of listeners that were dropped because listeners were slow
     */
    public record Queue(long events, long bytes, long received, long dropped, long listenerDropped) {}

    /**
     * The store.
     *
     * @param written records that are durable
     * @param failures attempts to write that failed
     * @param lastFailure why the last one failed; empty if none did
     * @param failing logs that cannot be written at present, and are tried again
     * @param stalledSince since when a write has not returned, if it takes more than two seconds
     */
    public record Store(
            long written,
            long failures,
            String lastFailure,
            List<NotebookId> failing,
            @Nullable Instant stalledSince) {
        /** Checks and copies. */
        public Store {
            Objects.requireNonNull(lastFailure, "lastFailure");
            failing = List.copyOf(failing);
        }

        /** Whether everything could be written lately. */
        public boolean healthy() {
            return failing.isEmpty() && stalledSince == null;
        }
    }

    private final boolean running;
    private final Instant startedAt;
    private final List<Kernel> kernels;
    private final Queue queue;
    private final Store store;
    private final List<String> warnings;
    private final @Nullable Instant lastExecutionAt;

    TrackitStatus(
            boolean running,
            Instant startedAt,
            List<Kernel> kernels,
            Queue queue,
            Store store,
            List<String> warnings,
            @Nullable Instant lastExecutionAt) {
        this.running = running;
        this.startedAt = startedAt;
        this.kernels = List.copyOf(kernels);
        this.queue = queue;
        this.store = store;
        this.warnings = List.copyOf(warnings);
        this.lastExecutionAt = lastExecutionAt;
    }

    /** Whether capture goes on: false after {@link Trackit#close()}. */
    public boolean running() {
        return running;
    }

    /** When capture began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Each kernel that the sources know. */
    public List<Kernel> kernels() {
        return kernels;
    }

    /** The queue between sources and store. */
    public Queue queue() {
        return queue;
    }

    /** The store. */
    public Store store() {
        return store;
    }

    /** Calls of listeners that were dropped because listeners were slow. */
    public long listenerDropped() {
        return queue.listenerDropped();
    }

    /** What the user should know, in sentences: of the sources, of the store, of providers that are broken. */
    public List<String> warnings() {
        return warnings;
    }

    /** When the last execution was recorded. */
    public Optional<Instant> lastExecutionAt() {
        return Optional.ofNullable(lastExecutionAt);
    }

    @Override
    public String toString() {
        return "TrackitStatus[" + (running ? "running" : "closed") + ", " + kernels.size() + " kernels, "
                + queue.events() + " events waiting, " + store.written() + " records written]";
    }
}
