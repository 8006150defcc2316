package dev.trackit.jupyter.discovery;

import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookMatch;
import dev.trackit.jupyter.client.PrivateKernels;
import dev.trackit.jupyter.discovery.ConnectionFiles.Found;
import dev.trackit.jupyter.kernel.CaptureThread;
import dev.trackit.jupyter.kernel.KernelCapture;
import dev.trackit.jupyter.wire.ConnectionInfo;
import dev.trackit.jupyter.wire.KernelSockets;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import dev.trackit.spi.KernelStatus;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds kernels, has them captured, and says which notebooks they belong to. Runs a thread of its own, which may read files and ask
 * servers; nothing that it waits for holds up the capture. Safe for use by several threads.
 */
public final class KernelDiscovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelDiscovery.class);
    private static final Duration WAIT = Duration.ofMillis(250);
    /** File events end it early; what else there is to do can wait so long when no kernel is new. */
    private static final Duration QUIET_WAIT = Duration.ofSeconds(1);

    private static final Duration PROCESSES_EVERY = Duration.ofSeconds(5);
    private static final Duration FILES_EVERY = Duration.ofSeconds(10);
    private static final Duration SERVERS_EVERY = Duration.ofSeconds(10);
    private static final Duration YOUNG = Duration.ofSeconds(15);
    private static final Duration FRESH_FILE = Duration.ofSeconds(3);
    private static final Duration ENDED_EVERY = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofMinutes(30);
    private static final Duration NEVER_ANSWERED = Duration.ofSeconds(90);

    private final DiscoveryOptions options;
    private final CaptureListener listener;
    private final KernelSockets sockets;
    private final CaptureThread captureThread;
    private final ConnectionFiles files;
    private final Processes processes = new Processes();
    private final JupyterServers servers;
    private final NotebookMatcher matcher;
    private final Scope scope;
    private final Map<String, KnownKernel> kernels = new ConcurrentHashMap<>();
    private final Map<Path, Instant> leftOver = new HashMap<>();
    private final Map<KnownKernel, Instant> ended = new HashMap<>();
    private final Map<String, KernelStatus> unsupported = new ConcurrentHashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Function<String, String> languages;
    private @Nullable Thread thread;
    private volatile boolean closed;
    private Map<String, Path> byServer = Map.of();
    private List<Path> serverRoots = List.of();
    private Instant nextProcesses = Instant.MIN;
    private Instant nextFiles = Instant.MIN;
    private Instant nextServers = Instant.MIN;
    private Instant nextEnded = Instant.MIN;

    /**
     * A discovery that does nothing before {@link #start()}.
     *
     * @param reader reads a notebook file, for matching by its cells
     * @param languages the language of a kernel spec's name, in lower case, empty if not known
     */
    public KernelDiscovery(
            DiscoveryOptions options,
            Function<Path, Notebook> reader,
            Function<String, String> languages,
            CaptureListener listener) {
        this.options = options;
        this.listener = listener;
        this.languages = languages;
        this.scope = new Scope(options.watchedFolder(), options.allKernels());
        this.matcher = new NotebookMatcher(reader);
        this.files = ConnectionFiles.of(options.runtimeFolders(), options.temporaryFolders());
        this.servers = new JupyterServers(options.runtimeFolders());
        this.sockets = new KernelSockets("trackit-kernels", Duration.ofMillis(50));
        long bound =
                Math.max(16L << 20, Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 8));
        this.captureThread = new CaptureThread(bound, this::afterStall);
    }

    /** Begins to look for kernels. May be called once. */
    public void start() {
        Thread made = new Thread(this::run, "trackit-discovery");
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    /** What is seen of each kernel that is to be captured. */
    public List<KernelStatus> kernels() {
        List<KernelStatus> all = new ArrayList<>();
        for (KnownKernel kernel : kernels.values()) {
            if (scope.holds(kernel).orElse(false)) {
                kernel.capture().map(KernelCapture::status).ifPresent(all::add);
            }
        }
        all.addAll(unsupported.values());
        return all;
    }

    /** A notebook was saved, which may settle what its kernel is. */
    public void saved(Notebook notebook) {
        NotebookCells cells = NotebookCells.of(notebook);
        tasks.add(() -> {
            matcher.saved(cells);
            rematch(true);
        });
    }

    /** A notebook is gone from a path, or moved from it. */
    public void gone(Path path) {
        tasks.add(() -> {
            matcher.gone(path);
            nextServers = Instant.MIN;
        });
    }

    /** Ends all captures and threads. Idempotent; nothing is reported after it returned. */
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        kernels.values().forEach(k -> k.capture().ifPresent(KernelCapture::close));
        sockets.close();
        captureThread.close();
        files.close();
    }

    // ---- on the discovery thread ----

    private void run() {
        try {
            while (!closed) {
                try {
                    step();
                } catch (RuntimeException e) {
                    LOG.warn("Looking for kernels failed once, and goes on", e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The discovery ends");
        }
    }

    private void step() throws InterruptedException {
        if (files.registerNew()) {
            nextFiles = Instant.MIN;
            nextProcesses = Instant.MIN;
        } else {
            Instant before = Instant.now();
            boolean quiet = kernels.values().stream().noneMatch(k -> isYoung(k, before));
            files.await(quiet ? QUIET_WAIT : WAIT).values().forEach(this::found);
        }
        Instant now = Instant.now();
        boolean young = kernels.values().stream()
                .anyMatch(k -> isYoung(k, now) && k.process().isEmpty());
        if (now.isAfter(nextFiles)) {
            nextFiles = now.plus(FILES_EVERY);
            files.scan().values().forEach(this::found);
        }
        if (now.isAfter(nextProcesses) || young) {
            nextProcesses = now.plus(PROCESSES_EVERY);
            Map<Path, Found> byProcess = processes.scan();
            if (options.scanProcesses()) {
                byProcess.values().forEach(this::found);
            }
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        describeProcesses();
        askServers(now);
        rematch(false);
        forgetSilent(now);
    }

    private static boolean isYoung(KnownKernel kernel, Instant now) {
        return Duration.between(kernel.foundAt(), now).compareTo(YOUNG) < 0;
    }

    private void found(Found found) {
        if (PrivateKernels.isPrivate(found.file())) {
            return;
        }
        if (!found.info().isReady() || found.modified().equals(leftOver.get(found.file()))) {
            return;
        }
        KnownKernel known = kernels.get(found.info().identity());
        if (known != null) {
            if (!found.modified().equals(known.modified())) {
                known.rewritten(found);
            }
            return;
        }
        String refusal = refusal(found);
        KnownKernel kernel = new KnownKernel(found, Instant.now());
        if (!refusal.isEmpty()) {
            refuse(kernel, refusal);
            return;
        }
        boolean old = Duration.between(found.modified(), Instant.now()).compareTo(FRESH_FILE) > 0;
        if (old && !kernel.answers()) {
            leftOver.put(
                    found.file(), found.modified()); // of a kernel that is gone; looked at again when it is written
            return;
        }
        kernels.values().removeIf(other -> {
            boolean replaced = other.file().equals(kernel.file());
            if (replaced) {
                other.capture().ifPresent(KernelCapture::close);
            }
            return replaced;
        });
        kernels.put(found.info().identity(), kernel);
        kernel.language(languages.apply(found.info().kernelName()));
        processes.of(kernel.file()).ifPresent(kernel::process);
        if (!scope.holds(kernel).orElse(true)) {
            return; // of a notebook elsewhere
        }
        attach(kernel, old);
    }

    private void attach(KnownKernel kernel, boolean late) {
        KernelCapture capture = KernelCapture.attach(
                kernel,
                late,
                sockets,
                captureThread,
                event -> {
                    if (event instanceof CaptureEvent.ExecutionFinished finished) {
                        kernel.executed(finished.execution());
                    }
                    if (!closed) {
                        listener.on(event);
                    }
                },
                options.clock(),
                () -> tasks.add(() -> dead(kernel)));
        kernel.capture(capture);
        settleScope(kernel, Instant.now());
    }

    private void dead(KnownKernel kernel) {
        if (kernels.remove(kernel.info().identity(), kernel)) {
            leftOver.put(kernel.file(), kernel.modified());
            ended.put(kernel, Instant.now());
        }
    }

    /** Notebooks are often saved after their kernel ended, and only then tell that they were its own. */
    private void rematchEnded(boolean saved, Instant now) {
        ended.values().removeIf(at -> Duration.between(at, now).compareTo(REMEMBERED) > 0);
        if (!saved && now.isBefore(nextEnded)) {
            return;
        }
        nextEnded = now.plus(ENDED_EVERY);
        for (Map.Entry<KnownKernel, Instant> e : ended.entrySet()) {
            NotebookMatch old = e.getKey().match();
            boolean recent = Duration.between(e.getValue(), now).compareTo(YOUNG.multipliedBy(4)) < 0;
            if (isOpen(old) && (saved || recent)) {
                update(e.getKey(), old, now);
                settleScope(e.getKey(), now);
            }
        }
    }

    /** Whether more may become known of the match. */
    private static boolean isOpen(NotebookMatch match) {
        return match.basis().compareTo(NotebookMatch.Basis.TIME) > 0 || !match.isSettled();
    }

    private static String refusal(Found found) {
        if (found.info().isLocalSocket()) {
            return localRefusal(found.info());
        }
        if (!found.info().transport().equals("tcp")) {
            return "The kernel uses the transport " + found.info().transport()
                    + ", which cannot be captured. Start it with tcp, Jupyter's default.";
        }
        try {
            InetAddress address = InetAddress.getByName(found.info().ip());
            if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
                return "The kernel runs on another machine (" + found.info().ip() + ").";
            }
        } catch (UnknownHostException | SocketException e) {
            return "The kernel's address " + found.info().ip() + " is not known here.";
        }
        return found.info().signer().isSupported() ? "" : "The kernel signs its messages in a way that is not known.";
    }

    private static String localRefusal(ConnectionInfo info) {
        if (!Path.of(info.ip()).isAbsolute()) {
            return "The kernel's connection file names its sockets by a path that is relative: " + info.ip();
        }
        return info.signer().isSupported() ? "" : "The kernel signs its messages in a way that is not known.";
    }

    private void refuse(KnownKernel kernel, String why) {
        processes.of(kernel.file()).ifPresent(kernel::process);
        unsupported.put(
                kernel.kernelId(),
                new KernelStatus(
                        kernel.kernelId(),
                        "",
                        kernel.info().kernelName(),
                        languages.apply(kernel.info().kernelName()),
                        KernelStatus.State.UNSUPPORTED,
                        NotebookMatch.unknown(),
                        why,
                        0,
                        0,
                        0,
                        0,
                        0));
    }

    private void describeProcesses() {
        for (KnownKernel kernel : kernels.values()) {
            boolean gone =
                    kernel.process().map(p -> !processes.isAlive(p.pid())).orElse(true);
            if (gone) {
                processes.of(kernel.file()).ifPresent(kernel::process);
                if (kernel.language().isEmpty()
                        && kernel.process().map(KernelDiscovery::isPython).orElse(false)) {
                    kernel.language("python");
                }
            }
        }
    }

    private static boolean isPython(KernelProcess process) {
        return process.command().stream().anyMatch(a -> a.contains("ipykernel"));
    }

    private void askServers(Instant now) throws InterruptedException {
        boolean wanted = kernels.values().stream()
                .anyMatch(k -> isYoung(k, now) && k.match().basis() != NotebookMatch.Basis.SERVER);
        if (kernels.isEmpty() || !wanted && now.isBefore(nextServers)) {
            return;
        }
        nextServers = now.plus(SERVERS_EVERY);
        byServer = servers.notebooksByKernel();
        serverRoots = servers.roots();
    }

    /** Looks again at each kernel whose notebook may be better known now. */
    private void rematch(boolean saved) {
        Instant now = Instant.now();
        for (KnownKernel kernel : kernels.values()) {
            NotebookMatch old = kernel.match();
            boolean fromServer = byServer.containsKey(kernel.kernelId());
            if (fromServer || isOpen(old) && (saved || isYoung(kernel, now) || kernel.hasNewExecutions())) {
                update(kernel, old, now);
            }
            settleScope(kernel, now);
        }
        rematchEnded(saved, now);
    }

    private void update(KnownKernel kernel, NotebookMatch old, Instant now) {
        Optional<KernelProcess> parent = kernel.process().flatMap(p -> processes.describe(p.parentPid()));
        boolean serverMayKnow = isYoung(kernel, now)
                && parent.map(NotebookMatcher::isServer).orElse(kernel.process().isEmpty());
        NotebookMatch match = scope.asWatched(matcher.match(kernel, byServer, serverRoots, parent, serverMayKnow));
        boolean better = match.basis().compareTo(old.basis()) < 0
                || match.basis() == old.basis() && !match.equals(old)
                || !old.isSettled() && match.isSettled();
        if (better) {
            kernel.match(match);
            kernel.capture().ifPresent(c -> c.matched(match));
        }
    }

    private void settleScope(KnownKernel kernel, Instant now) {
        Optional<Boolean> inside = scope.holds(kernel);
        Optional<KernelCapture> capture = kernel.capture();
        if (inside.isEmpty()) {
            return;
        }
        if (capture.isPresent()) {
            // What looks like a kernel of elsewhere may be known better in a moment: until then its events are held.
            boolean certain = inside.get() || !isYoung(kernel, now);
            if (certain && kernel.decided(inside.get())) {
                capture.get().decideScope(inside.get());
            }
            if (certain && !inside.get()) {
                capture.get().close();
                kernel.capture(null);
            }
        } else if (inside.get() && kernels.containsValue(kernel)) {
            attach(kernel, true);
        }
    }

    private void forgetSilent(Instant now) {
        for (KnownKernel kernel : kernels.values()) {
            if (Duration.between(kernel.foundAt(), now).compareTo(NEVER_ANSWERED) > 0) {
                kernel.capture().ifPresent(c -> {
                    if (c.status().state() == KernelStatus.State.CONNECTING && !kernel.answers()) {
                        c.abandon("The kernel never answered.");
                    }
                });
            }
        }
    }

    private void afterStall() {
        kernels.values().forEach(k -> k.capture().ifPresent(KernelCapture::afterStall));
    }
}
