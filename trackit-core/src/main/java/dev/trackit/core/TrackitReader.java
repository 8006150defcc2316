package dev.trackit.core;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.core.record.NotebookIndex;
import dev.trackit.core.record.RecordTypes;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.core.timeline.TimelineFollower;
import dev.trackit.core.timeline.TimelineStream;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.LineageStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was captured: which notebooks there are, and what happened to each. Needs no lock and starts no thread, so it works beside a running
 * agent, in the same process or another.
 *
 * <p>Opened by {@link Trackit.Builder#open()}, or taken from a running {@link Trackit}. Safe for use by several threads. What it returns is the
 * state at the time of the call.
 */
public final class TrackitReader implements AutoCloseable {
    private final LineageStore store;
    private final boolean ownsStore;
    private final Path watchedFolder;
    private final Path dataFolder;
    private final Supplier<List<CodeAnalyzer>> opener;
    private @Nullable List<CodeAnalyzer> analyzers;

    TrackitReader(
            LineageStore store,
            boolean ownsStore,
            Path watchedFolder,
            Path dataFolder,
            Supplier<List<CodeAnalyzer>> opener) {
        this.store = store;
        this.ownsStore = ownsStore;
        this.watchedFolder = watchedFolder;
        this.dataFolder = dataFolder;
        this.opener = opener;
    }

    /** The folder whose notebooks are tracked. */
    public Path watchedFolder() {
        return watchedFolder;
    }

    /** Where the data is. */
    public Path dataFolder() {
        return dataFolder;
    }

    /** The store, for what this class does not offer: verifying, notes. It belongs to this reader, or to who gave it. */
    public LineageStore store() {
        return store;
    }

    /**
     * The analyzers of code that were given or found. They are opened at the first call, because what they know takes longer to read than
     * most logs.
     *
     * @throws dev.trackit.api.ConfigurationException if one cannot be opened
     */
    public synchronized List<CodeAnalyzer> analyzers() {
        List<CodeAnalyzer> opened = analyzers;
        if (opened == null) {
            opened = List.copyOf(opener.get());
            analyzers = opened;
        }
        return opened;
    }

    /**
     * The notebooks that have a log, those with the latest activity first.
     *
     * @throws dev.trackit.api.StoreException if the store cannot be read
     */
    public List<NotebookSummary> notebooks() {
        return notebooks(List.of());
    }

    /**
     * As {@link #notebooks()}, for who asks again and again: what an earlier call said of a log that did not grow since is taken from there.
     *
     * @throws dev.trackit.api.StoreException if the store cannot be read
     */
    public List<NotebookSummary> notebooks(Collection<NotebookSummary> earlier) {
        return new NotebookListing(store).list(requireNonNull(earlier, "earlier"));
    }

    /**
     * The notebook that answers to a name: an id, a path (absolute, or relative to the watched or the current folder), a file name with or without its
     * suffix, or a part of a path that only one has.
     *
     * @throws UnknownNotebookException if none does, or several do
     * @throws dev.trackit.api.StoreException if the store cannot be read
     */
    public NotebookSummary find(String name) {
        return new NotebookFinder(watchedFolder).find(requireNonNull(name, "name"), notebooks());
    }

    /**
     * What happened to a notebook.
     *
     * @throws dev.trackit.api.StoreException if there is no such log, or it cannot be read
     */
    public Timeline timeline(NotebookId notebook) {
        return Timeline.read(store, requireNonNull(notebook, "notebook"));
    }

    /**
     * What happened to a notebook lately: at least its last executions, so many as asked for. See {@link Timeline#tail}.
     *
     * @throws dev.trackit.api.StoreException if there is no such log, or it cannot be read
     */
    public Timeline tail(NotebookId notebook, int executions) {
        return Timeline.tail(store, requireNonNull(notebook, "notebook"), executions);
    }

    /**
     * What happened to a notebook, entry by entry while its log is being read; to be closed by the caller.
     *
     * @throws dev.trackit.api.StoreException if there is no such log, or it cannot be read
     */
    public TimelineStream stream(NotebookId notebook) {
        return new TimelineStream(store, requireNonNull(notebook, "notebook"));
    }

    /**
     * Follows a notebook from the beginning of its log; to be closed by the caller.
     *
     * @throws dev.trackit.api.StoreException if there is no such log, or it cannot be read
     */
    public TimelineFollower follow(NotebookId notebook) {
        return TimelineFollower.fromStart(store, requireNonNull(notebook, "notebook"));
    }

    /**
     * The payload of an output, to be closed by the caller; empty if it was not kept.
     *
     * @throws dev.trackit.api.StoreException if it cannot be read
     */
    public Optional<InputStream> payload(NotebookId notebook, Digest digest) {
        Optional<InputStream> own = store.payload(notebook, digest);
        if (own.isPresent()) {
            return own;
        }
        for (NotebookId adopted : NotebookIndex.adoptedBy(store, notebook)) {
            Optional<InputStream> payload = store.payload(adopted, digest);
            if (payload.isPresent()) {
                return payload;
            }
        }
        return Optional.empty();
    }

    /** The logs of one notebook that exist: what was captured, and notes. */
    public List<LogId> logs(NotebookId notebook) {
        return store.logs().stream()
                .filter(log -> log.notebook().equals(notebook))
                .toList();
    }

    /** The logs of all notebooks, that of the agent left out. */
    public List<LogId> logs() {
        List<LogId> logs = new ArrayList<>(store.logs());
        logs.remove(RecordTypes.AGENT_LOG);
        return logs;
    }

    /** Closes the store if it was opened for this reader. Idempotent. */
    @Override
    public void close() {
        if (ownsStore) {
            store.close();
        }
    }
}
