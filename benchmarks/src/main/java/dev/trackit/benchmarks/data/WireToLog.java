package dev.trackit.benchmarks.data;

import dev.trackit.api.NotebookMatch;
import dev.trackit.core.record.Recorder;
import dev.trackit.core.record.RecorderSettings;
import dev.trackit.jupyter.kernel.CaptureThread;
import dev.trackit.jupyter.kernel.KernelCapture;
import dev.trackit.jupyter.kernel.KernelTarget;
import dev.trackit.jupyter.wire.Channel;
import dev.trackit.jupyter.wire.ConnectionInfo;
import dev.trackit.jupyter.wire.KernelLink;
import dev.trackit.jupyter.wire.LinkListener;
import dev.trackit.spi.LineageStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The whole way of an execution through the product, from the frames of its messages to its acknowledged line in the log: everything but the
 * socket. Used by one thread.
 */
public final class WireToLog implements AutoCloseable {
    private static final String SESSION = "8d3e5f7a-0c1b2a3948576a7b8c9d0e1f";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LineageStore store;
    private final Recorder recorder;
    private final CaptureThread thread;
    private final Wire wire = new Wire();
    private final KernelCapture capture;
    private final WireMessages messages = new WireMessages(SESSION);
    private int made;

    /** @param forced whether lines are forced to disk before they are acknowledged */
    public WireToLog(Path folder, boolean forced) {
        store = Stores.open(folder.resolve(".trackit"), forced);
        recorder = Recorder.start(
                store,
                new RecorderSettings()
                        .watchedFolder(folder)
                        .queueLimits(1_000_000, 1L << 30)
                        .fileExists(path -> true));
        thread = new CaptureThread(1L << 30, () -> {});
        Target target = new Target(folder);
        capture = KernelCapture.attach(target, false, wire, thread, recorder::on, Clock.systemUTC(), () -> {});
        capture.decideScope(true);
    }

    /** Messages of executions that did not come before, in order. Not to be measured. */
    public List<List<byte[]>> next(int executions, List<String> code) {
        List<List<byte[]>> all = new ArrayList<>(4 * executions);
        for (int i = 0; i < executions; i++) {
            made++;
            all.addAll(messages.execution(made, code.get(made % code.size())));
        }
        return all;
    }

    /** Takes messages as if they came from the socket, and waits until what they tell is acknowledged by the store. */
    public void take(List<List<byte[]>> all) {
        for (List<byte[]> frames : all) {
            wire.listener.onMessage(Channel.IOPUB, frames, WireMessages.bytes(frames));
        }
        awaitCapture();
        if (!recorder.flush(PATIENCE)) {
            throw new IllegalStateException(
                    "Not recorded in time: " + recorder.counters().lastFailure());
        }
    }

    private void awaitCapture() {
        CountDownLatch done = new CountDownLatch(1);
        thread.post(done::countDown);
        try {
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Not captured in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** How many executions are in the log. */
    public long recorded() {
        return recorder.counters().recordedOfKernel(Target.ID);
    }

    @Override
    public void close() {
        capture.close();
        thread.close();
        recorder.close(PATIENCE);
        store.close();
    }

    /** In place of the sockets. */
    private static final class Wire implements KernelLink {
        private LinkListener listener = new Deaf();

        @Override
        public void open(LinkListener told) {
            listener = told;
        }

        @Override
        public void send(Channel channel, List<byte[]> frames) {}

        @Override
        public void reconnect(Channel channel) {}

        @Override
        public void disconnect(Channel channel) {}

        @Override
        public void close() {}
    }

    private static final class Deaf implements LinkListener {
        @Override
        public void onMessage(Channel channel, List<byte[]> frames, long bytes) {}

        @Override
        public void onOversized(Channel channel, long bytes) {
            throw new AssertionError("no message here is large");
        }

        @Override
        public void onFiltered(boolean leftOut, Instant at) {}

        @Override
        public void onConnected(Channel channel) {}

        @Override
        public void onDisconnected(Channel channel) {}
    }

    private static final class Target implements KernelTarget {
        static final String ID = "1b7f6c3e-0d5c-4f0e-8f5c-6d5d2a6f7a10";
        private final Path folder;
        private final ConnectionInfo info;

        Target(Path folder) {
            this.folder = folder;
            String json = "{\"shell_port\":1,\"iopub_port\":2,\"control_port\":3,\"ip\":\"127.0.0.1\",\"key\":\""
                    + WireMessages.KEY + "\",\"kernel_name\":\"python3\"}";
            this.info =
                    ConnectionInfo.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        }

        @Override
        public String kernelId() {
            return ID;
        }

        @Override
        public ConnectionInfo info() {
            return info;
        }

        @Override
        public String language() {
            return "python";
        }

        @Override
        public Optional<Path> workingFolder() {
            return Optional.of(folder);
        }

        @Override
        public Optional<Instant> startedAt() {
            return Optional.empty();
        }

        @Override
        public NotebookMatch match() {
            return NotebookMatch.of(NotebookMatch.Basis.SERVER, folder.resolve("titanic.ipynb"));
        }

        @Override
        public boolean answers() {
            return true;
        }
    }
}
