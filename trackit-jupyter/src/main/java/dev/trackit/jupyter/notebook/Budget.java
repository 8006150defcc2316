package dev.trackit.jupyter.notebook;

/** What is left of a notebook's limits while it is read. */
final class Budget {
    private final NotebookLimits limits;
    private int sourceBytes;
    private int cells;
    private int outputs;
    private int heldTextBytes;

    Budget(NotebookLimits limits) {
        this.limits = limits;
    }

    void addCell() {
        if (++cells > limits.cells()) {
            throw JsonFault.at(-1, "has more than " + limits.cells() + " cells");
        }
    }

    void addOutput() {
        if (++outputs > limits.outputs()) {
            throw JsonFault.at(-1, "has more than " + limits.outputs() + " outputs");
        }
    }

    /** Whether a cell that was read before, with room for all its texts, would be read in the same way now. */
    boolean allows(CellDraft cell) {
        return cells < limits.cells()
                && outputs + cell.outputs.size() <= limits.outputs()
                && sourceBytes + cell.sourceBytes <= limits.sourceBytes()
                && cell.textLength >= 0
                && hasRoomFor(cell.textLength);
    }

    /** Counts a cell that was read before. */
    void add(CellDraft cell) {
        cells++;
        outputs += cell.outputs.size();
        sourceBytes += cell.sourceBytes;
        heldTextBytes += cell.textLength;
    }

    /** How much text is held so far; -1 if there is so much that the next one may have been cut for it. */
    int heldText() {
        return hasRoomFor(0) ? heldTextBytes : -1;
    }

    private boolean hasRoomFor(int text) {
        return heldTextBytes + (long) text + limits.textBytes() <= limits.heldTextBytes();
    }

    /** A place for a cell's source. */
    BoundedText newSource() {
        return new BoundedText(limits.sourceBytes() - sourceBytes, "sources of cells");
    }

    void addSource(int bytes) {
        sourceBytes += bytes;
    }

    /** How much text the next output may keep. */
    int textBytes() {
        return Math.min(limits.textBytes(), limits.heldTextBytes() - heldTextBytes);
    }

    /** Counts the text that an output kept. */
    void addText(String text) {
        heldTextBytes = Math.min(limits.heldTextBytes(), heldTextBytes + text.length());
    }
}
