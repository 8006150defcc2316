package dev.trackit.jupyter.watch;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.spi.CaptureListener;
import java.nio.file.Path;
import java.util.List;

/**
 * Notices what happens to the notebook files below a folder and reports {@code NotebookSaved}, {@code NotebookMoved} and
 * {@code NotebookDeleted}. Content is read, and so saves are reported, only for notebooks that are followed; moves and deletions
 * are reported for all. Safe for use by several threads.
 */
public final class NotebookWatcher implements AutoCloseable {

    /**
     * A watcher, which does nothing before {@link #start()}.
     *
     * @param folder the folder to watch, with all folders below
     * @param options how
     * @param reader reads the notebooks that are followed
     * @param listener is told, on the watcher's threads
     */
    public NotebookWatcher(Path folder, WatchOptions options, NotebookReader reader, CaptureListener listener) {}

    /** Begins to watch, in threads of its own. May be called once; returns soon. */
    public void start() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** See {@link dev.trackit.spi.NotebookSource#follow}. The file may also lie outside the folder; then it is polled. */
    public void follow(Path notebook, List<Cell> known) {
        throw new UnsupportedOperationException("not here yet");
    }

    /** See {@link dev.trackit.spi.NotebookSource#unfollow}. */
    public void unfollow(Path notebook) {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * The notebook files below the folder now, in order of their paths, by names alone: walks the tree, watching or not.
     *
     * @throws CaptureException if the folder cannot be read
     */
    public List<Path> notebooks() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** Whether the watcher takes this file for a notebook, by its name alone. */
    public static boolean isNotebook(Path file) {
        throw new UnsupportedOperationException("not here yet");
    }

    /** Warnings for the user, in sentences; empty if all is well. */
    public List<String> warnings() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** Ends the watcher's threads. Idempotent. Nothing is reported after it returned. */
    @Override
    public void close() {}
}
