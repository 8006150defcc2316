package dev.trackit.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plot of figures in rows: a point for each figure and a bar for the interval of their median. Used by one thread. */
public final class SvgPlot {
    private static final int LEFT = 250;
    private static final int WIDTH = 520;
    private static final int ROW = 26;
    private static final int TOP = 44;

    private final String title;
    private final double low;
    private final double high;
    private final List<Row> rows = new ArrayList<>();

    private record Row(String label, double[] figures, double from, double to, boolean strong) {}

    /** @param low the axis's lower end */
    public SvgPlot(String title, double low, double high) {
        this.title = title;
        this.low = low;
        this.high = high;
    }

    /** Adds a row; figures beyond the axis stand at its end. */
    public void row(String label, double[] figures, double intervalLow, double intervalHigh, boolean strong) {
        rows.add(new Row(label, figures.clone(), intervalLow, intervalHigh, strong));
    }

    /** The picture. */
    public String svg() {
        int bottom = TOP + rows.size() * ROW;
        SvgPaper paper = new SvgPaper();
        paper.text(12, 22, "start", title);
        for (int i = 0; i <= 5; i++) {
            double value = low + (high - low) * i / 5;
            paper.line(x(value), TOP, x(value), bottom, "grid");
            paper.text(x(value), bottom + 18, "middle", String.format(Locale.ROOT, "%.2f", value));
        }
        paper.line(x(1), TOP, x(1), bottom, "axis");
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double y = TOP + i * ROW + ROW / 2.0;
            String style = row.strong() ? "c0" : "faint";
            paper.text(12, y + 4, "start", row.label());
            for (double figure : row.figures()) {
                paper.dot(x(figure), y, style, 0.35);
            }
            paper.bar(x(row.from()), y - 5, Math.max(1.5, x(row.to()) - x(row.from())), 10, style);
        }
        return paper.svg(LEFT + WIDTH + 30, bottom + 36);
    }

    private double x(double value) {
        return LEFT + WIDTH * (Math.max(low, Math.min(high, value)) - low) / (high - low);
    }
}
