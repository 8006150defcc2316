package dev.trackit.jupyter.client;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Execution;
import dev.trackit.jupyter.kernel.ExecutionCollector;
import dev.trackit.jupyter.wire.Channel;
import dev.trackit.jupyter.wire.KernelLink;
import dev.trackit.jupyter.wire.KernelSockets;
import dev.trackit.jupyter.wire.LinkListener;
import dev.trackit.jupyter.wire.MessageCodec;
import dev.trackit.jupyter.wire.WireMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that TrackIT starts itself, and runs code in: for the replay of a slice, and for demonstrations. It never attaches to a kernel that
 * it did not start. Input from the user is not offered to the code. Not safe for use by several threads, except {@link #interrupt()} and
 * {@link #close()}.
 */
public final class KernelClient implements AutoCloseable {
    private static final Duration READY_RETRY = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private record Incoming(Channel channel, List<byte[]> frames) {}

    private final KernelProcessHandle process;
    private final KernelSockets sockets;
    private final KernelLink link;
    private final MessageCodec codec;
    private final BlockingQueue<Incoming> incoming;

    private KernelClient(
            KernelProcessHandle process, KernelSockets sockets, KernelLink link, BlockingQueue<Incoming> incoming) {
        this.process = process;
        this.sockets = sockets;
        this.link = link;
        this.incoming = incoming;
        this.codec = new MessageCodec(process.info().signer());
    }

    /**
     * Starts a kernel, in a private folder that no agent looks at, and waits until it is ready.
     *
     * @param spec how to start it
     * @param workingFolder the folder it runs in
     * @param patience how long it may take to be ready
     * @throws CaptureException if it does not start; the message says what the kernel said
     */
    public static KernelClient start(KernelSpec spec, Path workingFolder, Duration patience) {
        return start(spec, workingFolder, patience, null);
    }

    /**
     * Starts a kernel whose connection file is put in this folder, where an agent finds it as it finds those of front ends.
     *
     * @param spec how to start it
     * @param workingFolder the folder it runs in
     * @param patience how long it may take to be ready
     * @param connectionFolder where the connection file is put, for example Jupyter's runtime folder; null for a private one
     * @throws CaptureException if it does not start; the message says what the kernel said
     */
    public static KernelClient start(
            KernelSpec spec, Path workingFolder, Duration patience, @Nullable Path connectionFolder) {
        KernelProcessHandle process = KernelProcessHandle.start(
                requireNonNull(spec, "spec"), requireNonNull(workingFolder, "workingFolder"), connectionFolder);
        KernelSockets sockets = new KernelSockets("trackit-replay", Duration.ZERO);
        BlockingQueue<Incoming> incoming = new LinkedBlockingQueue<>();
        KernelLink link = sockets.link(process.info());
        link.open(new LinkListener() {
            @Override
            public void onMessage(Channel channel, List<byte[]> frames, long bytes) {
                incoming.add(new Incoming(channel, frames));
            }

            @Override
            public void onOversized(Channel channel, long bytes) {
                // such an output is not compared
            }

            @Override
            public void onFiltered(boolean leftOut, Instant at) {
                // what floods is cut anyway
            }

            @Override
            public void onConnected(Channel channel) {
                // the first answer is what counts
            }

            @Override
            public void onDisconnected(Channel channel) {
                // whether the process lives is what counts
            }
        });
        KernelClient client = new KernelClient(process, sockets, link, incoming);
        try {
            client.awaitReady(patience);
        } catch (CaptureException e) {
            client.close();
            throw e;
        }
        return client;
    }

    /**
     * Runs code, and waits for its end. Code that takes longer is interrupted, and if that does not help, the kernel is ended.
     *
     * @return what came of it, as a captured execution would say it; {@code ABORTED} if it did not end by itself
     * @throws CaptureException if the kernel is gone
     */
    public Execution execute(String code, Duration timeout) {
        requireNonNull(code, "code");
        String id = UUID.randomUUID().toString();
        ExecutionCollector collector = new ExecutionCollector(id, codec.session(), code);
        link.send(
                Channel.SHELL,
                codec.encode(
                        id,
                        "execute_request",
                        "{\"code\":" + JsonText.quote(code)
                                + ",\"silent\":false,\"store_history\":true,\"user_expressions\":{},"
                                + "\"allow_stdin\":false,\"stop_on_error\":false}"));
        if (collect(collector, timeout)) {
            return collector.execution();
        }
        if (process.isAlive()) {
            interrupt();
            if (!collect(collector, GRACE)) {
                process.kill();
            }
            collector.abort("It took longer than " + timeout.toMillis() + " ms and was interrupted.");
        } else {
            collector.abort("The kernel ended while it ran.");
        }
        return collector.execution();
    }

    /** Interrupts the code that runs now. Safe to call from any thread. */
    public void interrupt() {
        process.interrupt();
    }

    /** Whether the kernel's process lives. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Shuts the kernel down, ends its process if it does not end by itself, and removes its files. Idempotent. */
    @Override
    public void close() {
        if (process.isAlive()) {
            // Encoded by a codec of its own: this may run while another thread waits in execute.
            MessageCodec own = new MessageCodec(process.info().signer());
            link.send(
                    Channel.CONTROL,
                    own.encode(UUID.randomUUID().toString(), "shutdown_request", "{\"restart\":false}"));
            process.awaitEnd(GRACE);
        }
        process.close();
        link.close();
        sockets.close();
    }

    private boolean collect(ExecutionCollector collector, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!collector.isDone()) {
            Optional<WireMessage> message = next(Channel.IOPUB, deadline);
            if (message.isEmpty()) {
                return false;
            }
            try {
                collector.take(message.get());
            } catch (IOException e) {
                throw new CaptureException("The kernel sent something that is not JSON", e);
            }
        }
        return true;
    }

    /** Ready is a kernel that answers, and whose broadcast of that answer arrives. */
    private void awaitReady(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0) {
            String id = UUID.randomUUID().toString();
            link.send(Channel.SHELL, codec.encode(id, "kernel_info_request", "{}"));
            ExecutionCollector answer = new ExecutionCollector(id, codec.session(), "");
            long retry = Math.min(deadline, System.nanoTime() + READY_RETRY.toNanos());
            if (collect(answer, Duration.ofNanos(retry - System.nanoTime()))) {
                return;
            }
            if (!process.isAlive()) {
                throw new CaptureException(
                        "The kernel " + process.name() + " ended at its start. It said: " + process.lastWords());
            }
        }
        throw new CaptureException("The kernel " + process.name() + " was not ready within " + patience.toSeconds()
                + " s. It said: " + process.lastWords());
    }

    /** The next message of this channel; empty at the deadline, or when the process ended and nothing is left. */
    private Optional<WireMessage> next(Channel channel, long deadline) {
        try {
            while (true) {
                long left = deadline - System.nanoTime();
                Incoming got = incoming.poll(Math.max(0, Math.min(left, 100_000_000L)), TimeUnit.NANOSECONDS);
                if (got != null && got.channel() == channel) {
                    Optional<WireMessage> message = codec.decode(got.frames());
                    if (message.isPresent()) {
                        return message;
                    }
                }
                if (got == null && (left <= 0 || !process.isAlive())) {
                    return Optional.empty();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptureException("Interrupted while a kernel was waited for", e);
        }
    }
}
