package dev.trackit.core;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.CaptureException;
import dev.trackit.api.ConfigurationException;
import dev.trackit.api.Notebook;
import dev.trackit.core.discovery.Providers;
import dev.trackit.core.record.Recorder;
import dev.trackit.core.record.RecorderCounters;
import dev.trackit.core.record.RecorderSettings;
import dev.trackit.core.record.SavedImport;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures what happens in the notebooks of a folder, from {@link Builder#start()} until {@link #close()}. This is the one door for applications
 * that embed TrackIT.
 *
 * <pre>{@code
 * try (Trackit trackit = Trackit.builder().watchedFolder(folder).start()) {
 *     …
 * }
 * }</pre>
 *
 * <p>Recording never throws into, and never blocks, a notebook or the application: what goes wrong afterwards stands in {@link #status()} and in the
 * log, as a gap. Safe for use by several threads.
 */
public final class Trackit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trackit.class);
    private static final Duration IMPORT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration STALLED_AFTER = Duration.ofSeconds(2);

    private final TrackitReader reader;
    private final List<NotebookSource> sources;
    private final Recorder recorder;
    private final ListenerQueue listeners;
    private final @Nullable FileWitness files;
    private final Duration closeTimeout;
    private final Clock clock;
    private final Instant startedAt;
    private final List<String> problems;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String closingProblem = "";

    private Trackit(
            TrackitReader reader,
            List<NotebookSource> sources,
            Recorder recorder,
            ListenerQueue listeners,
            @Nullable FileWitness files,
            Builder builder,
            List<String> problems) {
        this.files = files;
        this.reader = reader;
        this.sources = List.copyOf(sources);
        this.recorder = recorder;
        this.listeners = listeners;
        this.closeTimeout = builder.closeTimeout;
        this.clock = builder.clock;
        this.startedAt = clock.instant();
        this.problems = List.copyOf(problems);
    }

    /** Begins to set up. Nothing is opened, started or created by this. */
    public static Builder builder() {
        return new Builder();
    }

    /** Reads what was captured, from the same store. It is closed with this object. */
    public TrackitReader reader() {
        return reader;
    }

    /** How capture is doing: kernels, queue, store. Cheap, never waits for the store. */
    public TrackitStatus status() {
        RecorderCounters counters = recorder.counters();
        List<TrackitStatus.Kernel> kernels = new ArrayList<>();
        List<String> warnings = new ArrayList<>(problems);
        for (NotebookSource source : sources) {
            try {
                for (KernelStatus kernel : source.kernels()) {
                    kernels.add(new TrackitStatus.Kernel(
                            kernel,
                            counters.log(kernel.session()),
                            counters.recordedOfKernel(kernel.kernelId()),
                            counters.recoveredOfKernel(kernel.kernelId()),
                            counters.droppedOfKernel(kernel.kernelId())));
                }
                warnings.addAll(source.warnings());
            } catch (RuntimeException | LinkageError e) {
                warnings.add("A source failed to say what it sees: " + e);
            }
        }
        Instant since = counters.callSince();
        boolean stalled =
                since != null && Duration.between(since, clock.instant()).compareTo(STALLED_AFTER) > 0;
        TrackitStatus.Store store = new TrackitStatus.Store(
                counters.written(),
                counters.failures(),
                counters.lastFailure(),
                counters.failing(),
                stalled ? since : null);
        if (!store.healthy()) {
            warnings.add(
                    stalled
                            ? "The store has not answered since " + since + ". What is captured waits in memory."
                            : "The store cannot be written at present: " + counters.lastFailure()
                                    + ". What is captured waits in memory.");
        }
        if (!closingProblem.isEmpty()) {
            warnings.add(closingProblem);
        }
        TrackitStatus.Queue queue = new TrackitStatus.Queue(
                recorder.waitingEvents(),
                recorder.waitingBytes(),
                counters.received(),
                counters.dropped(),
                listeners.dropped());
        return new TrackitStatus(!closed.get(), startedAt, kernels, queue, store, warnings, counters.lastExecutionAt());
    }

    /**
     * Waits until everything that sources reported before this call is durable.
     *
     * @return whether it is; false if the time was not enough, or this thread was interrupted (then it is still so)
     */
    public boolean flush(Duration timeout) {
        return recorder.flush(requireNonNull(timeout, "timeout"));
    }

    /** Records this notebook from now on, whatever the policy says. */
    public void track(Path notebook) {
        recorder.track(requireNonNull(notebook, "notebook"));
    }

    /** Does not record this notebook from now on. What is in its log stays there. */
    public void untrack(Path notebook) {
        recorder.untrack(requireNonNull(notebook, "notebook"));
    }

    /**
     * Takes the record that a saved notebook already holds: an execution of origin {@code SAVED} for each cell with an execution count, in the order of
     * the counts. Importing the same content again adds nothing.
     *
     * @throws CaptureException if the file cannot be read as a notebook
     * @throws dev.trackit.api.StoreException if the log cannot be written
     */
    public ImportResult importNotebook(Path file) {
        Path absolute = requireNonNull(file, "file").toAbsolutePath().normalize();
        return importNotebook(sourceFor(sources, absolute).read(absolute));
    }

    /** As {@link #importNotebook(Path)}, of a notebook that was read already. */
    public ImportResult importNotebook(Notebook notebook) {
        return result(recorder.importSaved(requireNonNull(notebook, "notebook"), IMPORT_TIMEOUT));
    }

    static ImportResult result(SavedImport.Outcome outcome) {
        return new ImportResult(
                outcome.notebook(), outcome.added(), outcome.known(), outcome.notExecuted(), outcome.snapshot());
    }

    static NotebookSource sourceFor(List<NotebookSource> sources, Path file) {
        return sources.stream()
                .filter(source -> source.reads(file))
                .findFirst()
                .orElseThrow(() -> new CaptureException("No source reads files such as " + file + "."));
    }

    /**
     * Stops capture, writes what is waiting, and closes what was opened for this object; a store that was given stays open. Takes hardly longer than the
     * time set by {@link Builder#closeTimeout}, even if the store or a source hangs. Idempotent.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        long deadline = System.nanoTime() + closeTimeout.toNanos();
        for (NotebookSource source : sources) {
            if (!within(deadline, "trackit-close-source", source::close)) {
                closingProblem = "A source did not close in time.";
            }
        }
        boolean durable = recorder.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        if (!durable) {
            closingProblem = "TrackIT was closed before everything was written: " + recorder.waitingEvents()
                    + " events were lost.";
            LOG.warn("{}", closingProblem);
        }
        listeners.close(Math.max(100, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        if (files != null) {
            files.close(Math.max(100, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        within(
                Math.max(deadline, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)),
                "trackit-close-store",
                reader::close);
    }

    /** Runs an action that may hang, in a thread of its own, until a deadline. @return whether it ended in time */
    private static boolean within(long deadline, String name, Runnable action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException | LinkageError e) {
                        LOG.warn("Closing failed", e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        long left = deadline - System.nanoTime();
        while (thread.isAlive() && left > 0) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = deadline - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Sets up a {@link Trackit} or a {@link TrackitReader}. Not safe for use by several threads. */
    public static final class Builder {
        private Path watchedFolder = Path.of("");
        private @Nullable Path dataFolder;
        private @Nullable LineageStore store;
        private @Nullable String storeId;
        private final List<NotebookSource> sources = new ArrayList<>();
        private final List<String> sourceIds = new ArrayList<>();
        private final List<CodeAnalyzer> analyzers = new ArrayList<>();
        private final List<TrackitListener> listeners = new ArrayList<>();
        private final Map<String, String> options = new LinkedHashMap<>();
        private Clock clock = Clock.systemUTC();
        private @Nullable ClassLoader classLoader;
        private TrackPolicy policy = TrackPolicy.WORKED_ON;
        private boolean allKernels;
        private boolean fileStates = true;
        private @Nullable UnaryOperator<String> redaction;
        private int queueEvents = 65_536;
        private long queueBytes = 64L << 20;
        private Duration closeTimeout = Duration.ofSeconds(10);

        private Builder() {}

        /** The folder whose notebooks are tracked; without this call, the current one. */
        public Builder watchedFolder(Path folder) {
            this.watchedFolder = requireNonNull(folder, "folder");
            return this;
        }

        /** Where the data is kept; without this call, the nearest {@code .trackit} in the watched folder or above it, else {@code .trackit} in it. */
        public Builder dataFolder(Path folder) {
            this.dataFolder = requireNonNull(folder, "folder");
            return this;
        }

        /** A store that the caller owns and closes. */
        public Builder store(LineageStore store) {
            this.store = requireNonNull(store, "store");
            return this;
        }

        /** The id of the store's provider; needed only if several are on the class path. */
        public Builder store(String id) {
            this.storeId = requireNonNull(id, "id");
            return this;
        }

        /** Adds a source. It is started, and closed with the {@link Trackit}. */
        public Builder source(NotebookSource source) {
            sources.add(requireNonNull(source, "source"));
            return this;
        }

        /** Adds a source by the id of its provider; without a call of either kind, the only one on the class path is used. */
        public Builder source(String id) {
            sourceIds.add(requireNonNull(id, "id"));
            return this;
        }

        /** Adds an analyzer of code; without this call, all on the class path are used. */
        public Builder analyzer(CodeAnalyzer analyzer) {
            analyzers.add(requireNonNull(analyzer, "analyzer"));
            return this;
        }

        /** An option of a provider, for example {@code jsonl.segment-bytes}. */
        public Builder option(String name, String value) {
            options.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
            return this;
        }

        /** Is told of what is recorded. May be called several times. */
        public Builder listener(TrackitListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Which notebooks are recorded; without this call, those that are worked on. */
        public Builder policy(TrackPolicy policy) {
            this.policy = requireNonNull(policy, "policy");
            return this;
        }

        /** Whether kernels whose notebooks are not below the watched folder are recorded too; without this call, they are not. */
        public Builder allKernels(boolean all) {
            this.allKernels = all;
            return this;
        }

        /**
         * Whether the digest, size and time of local files are recorded that executions read and wrote, as an analyzer of code names them; without this call, they
         * are. The looking is done after the recording and never delays it.
         */
        public Builder fileStates(boolean record) {
            this.fileStates = record;
            return this;
        }

        /** Applied to code, sources and output texts before they are recorded; without this call, they are recorded as they are. */
        public Builder redaction(UnaryOperator<String> redaction) {
            this.redaction = requireNonNull(redaction, "redaction");
            return this;
        }

        /** How much may wait to be recorded; without this call, 65,536 events and 64 MiB. */
        public Builder queueLimits(int events, long bytes) {
            if (events < 1 || bytes < 1) {
                throw new ConfigurationException("The queue needs room for at least one event and one byte.");
            }
            this.queueEvents = events;
            this.queueBytes = bytes;
            return this;
        }

        /** How long {@link Trackit#close()} waits for the store; without this call, 10 seconds. */
        public Builder closeTimeout(Duration timeout) {
            this.closeTimeout = requireNonNull(timeout, "timeout");
            return this;
        }

        /** The clock; without this call, the system's. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Where providers are looked for; without this call, in the context loader of the thread that starts. */
        public Builder classLoader(ClassLoader loader) {
            this.classLoader = requireNonNull(loader, "loader");
            return this;
        }

        /**
         * Opens what was captured for reading. Starts nothing, needs no lock, creates nothing.
         *
         * @throws ConfigurationException if there is no store, or several and none was chosen, or an option is wrong
         * @throws dev.trackit.api.StoreException if what is there cannot be opened
         */
        public TrackitReader open() {
            ProviderContext context = context();
            LineageStore given = store;
            LineageStore opened = given != null
                    ? given
                    : Providers.find(LineageStoreProvider.class, loader())
                            .require(Optional.ofNullable(storeId))
                            .open(context);
            return new TrackitReader(
                    opened, given == null, context.watchedFolder(), context.dataFolder(), () -> openAnalyzers(context));
        }

        /**
         * Opens store and sources, and begins to capture.
         *
         * @throws ConfigurationException if there is no store or source, or several and none was chosen, or an option is wrong
         * @throws dev.trackit.api.LogLockedException if another agent captures into the same data folder
         * @throws dev.trackit.api.StoreException if the store cannot be opened
         */
        public Trackit start() {
            ProviderContext context = context();
            List<String> problems = new ArrayList<>();
            List<NotebookSource> opened = new ArrayList<>(sources);
            TrackitReader reader = open();
            Recorder recorder = null;
            try {
                opened.addAll(openSources(context, problems));
                FileWitness witness = fileStates ? new FileWitness(reader, clock) : null;
                List<TrackitListener> told = new ArrayList<>(listeners);
                if (witness != null) {
                    told.add(witness);
                }
                ListenerQueue queue = new ListenerQueue(told);
                recorder = Recorder.start(reader.store(), settings(context, opened, queue));
                queue.start();
                if (witness != null) {
                    witness.start();
                }
                for (NotebookSource source : opened) {
                    source.start(recorder::on);
                }
                if (policy == TrackPolicy.ALL) {
                    followAll(opened);
                }
                return new Trackit(reader, opened, recorder, queue, witness, this, problems);
            } catch (RuntimeException | LinkageError e) {
                opened.forEach(source -> closeQuietly(source::close));
                if (recorder != null) {
                    recorder.close(closeTimeout);
                }
                closeQuietly(reader::close);
                if (e instanceof LinkageError) {
                    throw new ConfigurationException("A provider could not be opened: " + e, e);
                }
                throw e;
            }
        }

        /**
         * Opens store and sources to import saved notebooks. Starts nothing.
         *
         * @throws ConfigurationException if there is no store or source, or several and none was chosen, or an option is wrong
         * @throws dev.trackit.api.StoreException if the store cannot be opened
         */
        public Importer openImporter() {
            ProviderContext context = context();
            TrackitReader reader = open();
            try {
                List<NotebookSource> owned = openSources(context, new ArrayList<>());
                List<NotebookSource> all = new ArrayList<>(sources);
                all.addAll(owned);
                SavedImport saved =
                        new SavedImport(reader.store(), settings(context, all, new ListenerQueue(List.of())));
                return new Importer(reader, all, owned, saved);
            } catch (RuntimeException e) {
                closeQuietly(reader::close);
                throw e;
            }
        }

        private List<NotebookSource> openSources(ProviderContext context, List<String> problems) {
            if (!sources.isEmpty() && sourceIds.isEmpty()) {
                return List.of();
            }
            Providers<NotebookSourceProvider> found = Providers.find(NotebookSourceProvider.class, loader());
            problems.addAll(found.problems());
            if (sourceIds.isEmpty()) {
                return List.of(found.require(Optional.empty()).open(context));
            }
            return sourceIds.stream()
                    .map(id -> found.require(Optional.of(id)).open(context))
                    .toList();
        }

        /** Finding all notebooks of a large folder takes seconds, for which nobody waits. */
        private static void followAll(List<NotebookSource> all) {
            Thread thread = new Thread(
                    () -> {
                        for (NotebookSource source : all) {
                            try {
                                source.notebooks().forEach(path -> source.follow(path, List.of()));
                            } catch (RuntimeException | LinkageError e) {
                                LOG.warn("A source failed to list its notebooks", e);
                            }
                        }
                    },
                    "trackit-follow-all");
            thread.setDaemon(true);
            thread.start();
        }

        private static void tellReaders(List<NotebookSource> all, Path path, Consumer<NotebookSource> order) {
            for (NotebookSource source : all) {
                try {
                    if (source.reads(path)) {
                        order.accept(source);
                    }
                } catch (RuntimeException | LinkageError e) {
                    LOG.warn("A source failed when it was asked to read {}", path, e);
                }
            }
        }

        private RecorderSettings settings(ProviderContext context, List<NotebookSource> all, ListenerQueue queue) {
            String version = Trackit.class.getPackage().getImplementationVersion();
            return new RecorderSettings()
                    .clock(clock)
                    .watchedFolder(context.watchedFolder())
                    .allKernels(allKernels)
                    .unnamedNotebooks(policy != TrackPolicy.CHOSEN, policy == TrackPolicy.ALL)
                    .queueLimits(queueEvents, queueBytes)
                    .redaction(redaction)
                    .listener(queue::add)
                    .notebookReader(path -> readQuietly(all, path))
                    .followers(
                            (path, known) -> tellReaders(all, path, source -> source.follow(path, known)),
                            path -> tellReaders(all, path, source -> source.unfollow(path)))
                    .version(version == null ? "" : version);
        }

        private static @Nullable Notebook readQuietly(List<NotebookSource> all, Path path) {
            try {
                return sourceFor(all, path).read(path);
            } catch (RuntimeException | LinkageError e) {
                // It is read when it is saved; until then its cells are not known.
                LOG.debug("A notebook cannot be read yet: {}", path, e);
                return null;
            }
        }

        private static void closeQuietly(Runnable close) {
            try {
                close.run();
            } catch (RuntimeException | LinkageError e) {
                LOG.debug("Closing after a failed start failed too", e);
            }
        }

        private List<CodeAnalyzer> openAnalyzers(ProviderContext context) {
            if (!analyzers.isEmpty()) {
                return analyzers;
            }
            List<CodeAnalyzer> opened = new ArrayList<>();
            for (CodeAnalyzerProvider provider :
                    Providers.find(CodeAnalyzerProvider.class, loader()).all()) {
                opened.add(provider.open(context));
            }
            return opened;
        }

        private ProviderContext context() {
            Path watched = watchedFolder.toAbsolutePath().normalize();
            Path data = dataFolder == null ? DataFolder.locate(watched) : dataFolder;
            ProviderContext.Builder context =
                    ProviderContext.builder(watched, data).clock(clock);
            options.forEach(context::option);
            return context.build();
        }

        private ClassLoader loader() {
            return classLoader == null ? Providers.defaultLoader() : classLoader;
        }
    }
}
