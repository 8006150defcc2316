package dev.trackit.benchmarks.measure;

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
    private final StringBuilder rows = new StringBuilder(4_000);
    private int count;

    /** @param low the axis's lower end */
    public SvgPlot(String title, double low, double high) {
        this.title = title;
        this.low = low;
        this.high = high;
    }

    /** Adds a row; figures beyond the axis stand at its end. */
    public void row(String label, double[] figures, double intervalLow, double intervalHigh, boolean strong) {
        int y = TOP + count++ * ROW + ROW / 2;
        String colour = strong ? "#1f5fa8" : "#9a9a9a";
        text(12, y + 4, label);
        for (double figure : figures) {
            add("<circle cx=\"%.1f\" cy=\"%d\" r=\"3\" fill=\"%s\" fill-opacity=\"0.35\"/>", x(figure), y, colour);
        }
        add(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"10\" fill=\"%s\" fill-opacity=\"0.8\"/>",
                x(intervalLow), y - 5, Math.max(1.5, x(intervalHigh) - x(intervalLow)), colour);
    }

    /** The picture. */
    public String svg() {
        int bottom = TOP + count * ROW;
        StringBuilder svg = new StringBuilder(rows.length() + 2_000);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n<text x=\"12\" y=\"22\" font-size=\"14\">%s</text>%n",
                LEFT + WIDTH + 30,
                bottom + 36,
                escaped(title)));
        for (int i = 0; i <= 5; i++) {
            double value = low + (high - low) * i / 5;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\" stroke=\"#ddd\"/><text x=\"%1$.1f\" y=\"%4$d\""
                            + " text-anchor=\"middle\">%5$.2f</text>%n",
                    x(value),
                    TOP,
                    bottom,
                    bottom + 18,
                    value));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\" stroke=\"black\"/>%n",
                x(1),
                TOP,
                bottom));
        return svg.append(rows).append("</svg>\n").toString();
    }

    private double x(double value) {
        return LEFT + WIDTH * (Math.max(low, Math.min(high, value)) - low) / (high - low);
    }

    private void text(int x, int y, String text) {
        add("<text x=\"%d\" y=\"%d\">%s</text>", x, y, escaped(text));
    }

    private void add(String format, Object... values) {
        rows.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
