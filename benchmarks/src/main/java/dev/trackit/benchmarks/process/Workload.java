package dev.trackit.benchmarks.process;

/** What a kernel is made to do; {@code driver.py} knows the cells. */
enum Workload {
    TINY("tiny", "2,000 tiny cells back to back", 3.0, new Blocks(20, 100, 20), new Blocks(6, 100, 20)),
    PANDAS("pandas", "pandas cells of about 50 ms", 0.5, new Blocks(24, 4, 2), new Blocks(10, 4, 2)),
    PRINT("print", "a cell that prints 50 MB", 3.0, new Blocks(4, 1, 0), new Blocks(2, 1, 0)),
    PICTURE("picture", "a cell that shows a picture of 20 MB", 3.0, new Blocks(12, 1, 0), new Blocks(4, 1, 0));

    /**
     * How a kernel's work is cut into pieces that are compared.
     *
     * @param count how many in a round
     * @param cells how many measured cells in each
     * @param lead how many cells before them are not measured: what the agent does of a cell comes a little later than the cell
     */
    record Blocks(int count, int cells, int lead) {}

    private final String id;
    private final String text;
    private final double targetPercent;
    private final Blocks full;
    private final Blocks quick;

    Workload(String id, String text, double targetPercent, Blocks full, Blocks quick) {
        this.id = id;
        this.text = text;
        this.targetPercent = targetPercent;
        this.full = full;
        this.quick = quick;
    }

    String id() {
        return id;
    }

    String text() {
        return text;
    }

    /** How much slower the median run may be, in percent. */
    double targetPercent() {
        return targetPercent;
    }

    Blocks blocks(boolean shortened) {
        return shortened ? quick : full;
    }
}
