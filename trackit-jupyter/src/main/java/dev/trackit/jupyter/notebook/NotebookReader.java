package dev.trackit.jupyter.notebook;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.Notebook;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads {@code .ipynb} files. Immutable and safe for use by several threads.
 */
public final class NotebookReader {

    /** Reads a file that is seen for the first time. @throws CaptureException if it cannot be read; says what, where, and why */
    public Notebook read(Path file) {
        return read(file, List.of(), PayloadSink.NONE);
    }

    /**
     * Reads a file.
     *
     * @param known the cells of the last reading of this notebook, from which cells without an id get theirs; may be empty
     * @param payloads takes the payloads of outputs
     * @throws CaptureException if it cannot be read; says what, where, and why
     */
    public Notebook read(Path file, List<Cell> known, PayloadSink payloads) {
        throw new UnsupportedOperationException("not here yet");
    }

    /** What a list shows of this notebook. @throws CaptureException if it cannot be read; says what, where, and why */
    public NotebookFacts facts(Path file) {
        throw new UnsupportedOperationException("not here yet");
    }
}
