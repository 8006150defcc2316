package dev.trackit.jupyter.notebook;

import org.jspecify.annotations.Nullable;

/**
 * Finds the cells of the reading before that stand in the file in the very same bytes. A cell is an object, which ends where it ends
 * whatever follows, so the same bytes at the beginning of an element are the same cell. Used for one reading.
 */
final class UnchangedCells {
    private final @Nullable CellBytes before;
    private final CellBytes now;
    private int expected;
    private int missed;

    UnchangedCells(@Nullable CellBytes before, CellBytes now) {
        this.before = before;
        this.now = now;
    }

    /** Passes the cell that stands next, if it is an unchanged one; null if it is not, and must be parsed. */
    @Nullable
    CellDraft pass(JsonScanner json, Budget budget) {
        CellBytes known = before;
        if (known == null) {
            return null;
        }
        // After so many cells that were not found: they were edited, inserted, or one before them was deleted.
        int[] guesses = {expected + missed, expected, expected + missed + 1};
        for (int guess : guesses) {
            int start = (int) json.offset();
            if (guess < known.size() && budget.allows(known.cell(guess)) && known.pass(guess, json)) {
                expected = guess + 1;
                missed = 0;
                CellDraft cell = known.cell(guess);
                now.add(cell, start, (int) json.offset());
                return cell;
            }
        }
        missed++;
        return null;
    }

    /** A cell was parsed. */
    void parsed(CellDraft cell, long start, long end) {
        now.add(cell, (int) start, (int) end);
    }
}
