package dev.trackit.jupyter.notebook;

import dev.trackit.api.Notebook;
import org.jspecify.annotations.Nullable;

/**
 * A notebook as it was read, with what makes the next reading of it cheap: the file's bytes, if they are not too many. To be used for one
 * reading at a time.
 */
public final class NotebookReading {
    private final Notebook notebook;
    private final @Nullable CellBytes cells;

    NotebookReading(Notebook notebook, @Nullable CellBytes cells) {
        this.notebook = notebook;
        this.cells = cells;
    }

    /** What was read. */
    public Notebook notebook() {
        return notebook;
    }

    /** How many bytes it holds beside the notebook. */
    public int heldBytes() {
        return cells == null ? 0 : cells.length();
    }

    @Nullable
    CellBytes cells() {
        return cells;
    }
}
