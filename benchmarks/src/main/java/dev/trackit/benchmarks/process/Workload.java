package dev.trackit.benchmarks.process;

/** What a kernel is made to do; {@code driver.py} knows the cells. */
enum Workload {
    TINY("tiny", "2,000 tiny cells back to back", 3.0),
    PANDAS("pandas", "60 pandas cells of about 50 ms", 0.5),
    PRINT("print", "a cell that prints 50 MB", 3.0),
    PICTURE("picture", "cells that show a picture of 20 MB", 3.0);

    private final String id;
    private final String text;
    private final double targetPercent;

    Workload(String id, String text, double targetPercent) {
        this.id = id;
        this.text = text;
        this.targetPercent = targetPercent;
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
}
