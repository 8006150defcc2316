package dev.trackit.jupyter.discovery;

import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.NotebookMatch;
import dev.trackit.jupyter.kernel.KernelCapture;
import dev.trackit.jupyter.kernel.KernelTarget;
import dev.trackit.jupyter.wire.Channel;
import dev.trackit.jupyter.wire.ConnectionInfo;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A kernel that discovery found. Written by the discovery thread, read by others. */
final class KnownKernel implements KernelTarget {
    private static final Pattern UUID_NAME =
            Pattern.compile("kernel-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.json");
    private static final int MOST_EXECUTIONS = 100;

    /** What was executed: the source, comparable with that of saved cells, and the time. */
    record Executed(int source, int length, @Nullable Instant at) {}

    private final String kernelId;
    private final Path file;
    private final Instant foundAt;
    private volatile ConnectionInfo info;
    private volatile Instant modified;
    private volatile String namedBy = "";
    private volatile @Nullable KernelProcess process;
    private volatile NotebookMatch match = NotebookMatch.unknown();
    private volatile String language = "";
    private volatile @Nullable KernelCapture capture;
    private final Deque<Executed> executed = new ArrayDeque<>();
    private boolean executedSinceMatching;
    private @Nullable Boolean inScope;

    KnownKernel(ConnectionFiles.Found found, Instant now) {
        this.file = found.file();
        this.info = found.info();
        this.modified = found.modified();
        this.foundAt = now;
        this.namedBy = info.jupyterSession();
        Matcher name = UUID_NAME.matcher(String.valueOf(file.getFileName()));
        this.kernelId = name.matches() ? name.group(1) : otherId(file, info);
    }

    private static String otherId(Path file, ConnectionInfo info) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
        byte[] identity = info.identity().getBytes(StandardCharsets.UTF_8);
        return name + "-" + Digest.of(identity).hex().substring(0, 8);
    }

    /** The file was written again. */
    void rewritten(ConnectionFiles.Found found) {
        info = found.info();
        modified = found.modified();
        if (!info.jupyterSession().isEmpty()) {
            namedBy = info.jupyterSession(); // older kernels drop it when they write the file again
        }
    }

    Path file() {
        return file;
    }

    Instant foundAt() {
        return foundAt;
    }

    Instant modified() {
        return modified;
    }

    /** What the connection file or the environment says of the notebook; empty if nothing. */
    String sessionName() {
        KernelProcess known = process;
        return !namedBy.isEmpty() ? namedBy : known == null ? "" : known.sessionName();
    }

    Optional<KernelProcess> process() {
        return Optional.ofNullable(process);
    }

    void process(KernelProcess found) {
        process = found;
    }

    void match(NotebookMatch found) {
        match = found;
    }

    void language(String found) {
        language = found;
    }

    Optional<KernelCapture> capture() {
        return Optional.ofNullable(capture);
    }

    void capture(@Nullable KernelCapture made) {
        capture = made;
    }

    /** Whether it is to be captured is known; true if that is news. On the discovery thread. */
    boolean decided(boolean inside) {
        boolean news = inScope == null || inScope != inside;
        inScope = inside;
        return news;
    }

    /** An execution was seen. Called on the capture thread. */
    void executed(Execution execution) {
        synchronized (executed) {
            String source = execution.code().strip();
            if (!source.isEmpty()) {
                executed.addLast(new Executed(
                        NotebookCells.key(source),
                        source.length(),
                        execution.startedAt().orElse(null)));
                executedSinceMatching = true;
            }
            if (executed.size() > MOST_EXECUTIONS) {
                executed.removeFirst();
            }
        }
    }

    /** The last executions, the oldest first. */
    List<Executed> executions() {
        synchronized (executed) {
            executedSinceMatching = false;
            return new ArrayList<>(executed);
        }
    }

    boolean hasNewExecutions() {
        synchronized (executed) {
            return executedSinceMatching;
        }
    }

    @Override
    public String kernelId() {
        return kernelId;
    }

    @Override
    public ConnectionInfo info() {
        return info;
    }

    @Override
    public String language() {
        return language;
    }

    @Override
    public Optional<Path> workingFolder() {
        return process().flatMap(KernelProcess::workingFolder);
    }

    @Override
    public Optional<Instant> startedAt() {
        return process().flatMap(KernelProcess::startedAt);
    }

    @Override
    public NotebookMatch match() {
        return match;
    }

    @Override
    public boolean answers() {
        try {
            return info.isLocalSocket() ? answersLocally() : answersByPort();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answersByPort() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(info.address(Channel.IOPUB), 300);
            return true;
        }
    }

    private boolean answersLocally() throws IOException {
        try (SocketChannel socket = SocketChannel.open(info.address(Channel.IOPUB))) {
            return socket.isConnected();
        }
    }
}
