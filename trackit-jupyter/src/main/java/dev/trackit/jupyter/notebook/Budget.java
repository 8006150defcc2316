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
