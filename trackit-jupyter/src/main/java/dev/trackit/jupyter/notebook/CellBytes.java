package dev.trackit.jupyter.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file as it was read, with the place of each cell in it. Most saves change one cell, and a cell that stands in the same bytes again need not be
 * parsed and digested again: comparing costs a tenth of that. Used by one thread at a time.
 */
final class CellBytes {
    private final byte[] file;
    private final List<CellDraft> cells = new ArrayList<>();
    private int[] starts = new int[64];
    private int[] ends = new int[64];

    CellBytes(byte[] file) {
        this.file = file;
    }

    /** Adds a cell and the place of its object. */
    void add(CellDraft cell, int start, int end) {
        int index = cells.size();
        if (index == starts.length) {
            starts = Arrays.copyOf(starts, 2 * index);
            ends = Arrays.copyOf(ends, 2 * index);
        }
        starts[index] = start;
        ends[index] = end;
        cells.add(cell);
    }

    int size() {
        return cells.size();
    }

    CellDraft cell(int index) {
        return cells.get(index);
    }

    int length() {
        return file.length;
    }

    /** Passes the bytes of this cell if they stand next. @return whether they did */
    boolean pass(int index, JsonScanner json) {
        return json.passIfSame(file, starts[index], ends[index]);
    }
}
