package dev.trackit.core;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.ConfigurationException;
import dev.trackit.api.Notebook;
import dev.trackit.core.discovery.Providers;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    private final TrackitReader reader;

    Trackit(TrackitReader reader) {
        this.reader = reader;
    }

    /** Begins to set up. Nothing is opened, started or created by this. */
    public static Builder builder() {
        return new Builder();
    }

    /** Reads what was captured, from the same store. It is closed with this object. */
    public TrackitReader reader() {
        return reader;
    }

    /** How capture is doing: kernels, queue, store. Cheap, never blocks on the store. */
    public TrackitStatus status() {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits until everything that sources reported before this call is durable.
     *
     * @return whether it is; false if the time was not enough, or this thread was interrupted (then it is still so)
     */
    public boolean flush(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /** Records this notebook from now on, whatever the policy says. */
    public void track(Path notebook) {
        throw new UnsupportedOperationException();
    }

    /** Does not record this notebook from now on. What is in its log stays there. */
    public void untrack(Path notebook) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes the record that a saved notebook already holds: an execution of origin {@code SAVED} for each cell with an execution count, in the order of
     * the counts. Importing the same content again adds nothing.
     *
     * @throws dev.trackit.api.CaptureException if the file cannot be read as a notebook
     * @throws dev.trackit.api.StoreException if the log cannot be written
     */
    public ImportResult importNotebook(Path file) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #importNotebook(Path)}, of a notebook that was read already. */
    public ImportResult importNotebook(Notebook notebook) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stops capture, writes what is waiting, and closes what was opened for this object; a store or source that was given stays open, but a source
     * that was started is closed. Takes no longer than the time set by {@link Builder#closeTimeout}, even if the store hangs. Idempotent.
     */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
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
                    opened, given == null, context.watchedFolder(), context.dataFolder(), openAnalyzers(context));
        }

        /**
         * Opens store and sources, and begins to capture.
         *
         * @throws ConfigurationException if there is no store or source, or several and none was chosen, or an option is wrong
         * @throws dev.trackit.api.LogLockedException if another agent captures into the same data folder
         * @throws dev.trackit.api.StoreException if the store cannot be opened
         */
        public Trackit start() {
            throw new UnsupportedOperationException();
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
