package dev.trackit.core;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Notebook;
import dev.trackit.core.record.SavedImport;
import dev.trackit.spi.NotebookSource;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes the record that saved notebooks already hold, without capturing anything: for each cell with an execution count an execution of origin {@code
 * SAVED}, in the order of the counts. Importing the same content again adds nothing; of a changed file only what is new is added. Opened by {@link
 * Trackit.Builder#openImporter()}. Not safe for use by several threads.
 */
public final class Importer implements AutoCloseable {
    private final TrackitReader reader;
    private final List<NotebookSource> sources;
    private final List<NotebookSource> ownedSources;
    private final SavedImport saved;

    Importer(TrackitReader reader, List<NotebookSource> sources, List<NotebookSource> ownedSources, SavedImport saved) {
        this.reader = reader;
        this.sources = List.copyOf(sources);
        this.ownedSources = List.copyOf(ownedSources);
        this.saved = saved;
    }

    /** Reads the store into which is imported. */
    public TrackitReader reader() {
        return reader;
    }

    /**
     * Imports a file; when the method returns, its record is durable.
     *
     * @throws dev.trackit.api.CaptureException if the file cannot be read as a notebook
     * @throws dev.trackit.api.LogLockedException if an agent is recording this notebook
     * @throws dev.trackit.api.StoreException if the log cannot be written
     */
    public ImportResult importNotebook(Path file) {
        Path absolute = requireNonNull(file, "file").toAbsolutePath().normalize();
        return importNotebook(Trackit.sourceFor(sources, absolute).read(absolute));
    }

    /** As {@link #importNotebook(Path)}, of a notebook that was read already. */
    public ImportResult importNotebook(Notebook notebook) {
        return Trackit.result(saved.add(requireNonNull(notebook, "notebook")));
    }

    /** Closes what was opened for this object. Idempotent. */
    @Override
    public void close() {
        saved.close();
        ownedSources.forEach(NotebookSource::close);
        reader.close();
    }
}
