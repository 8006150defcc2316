package dev.trackit.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Curves over two logarithmic axes, where cost in proportion to size is a line of slope one. Used by one thread. */
public final class SvgCurves {
    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;

    private final String title;
    private final Map<String, List<double[]>> curves = new LinkedHashMap<>();

    /** No curves yet. */
    public SvgCurves(String title) {
        this.title = title;
    }

    /** Adds a point, both coordinates above 0. */
    public void point(String curve, double x, double y) {
        curves.computeIfAbsent(curve, c -> new ArrayList<>()).add(new double[] {Math.log10(x), Math.log10(y)});
    }

    /** The picture. */
    public String svg() {
        double[] range = range();
        SvgPaper paper = new SvgPaper();
        paper.text(12, 22, "start", title);
        for (int decade = (int) range[0]; decade <= range[1]; decade++) {
            paper.line(x(decade, range), TOP, x(decade, range), TOP + HEIGHT, "grid");
            paper.text(x(decade, range), TOP + HEIGHT + 18, "middle", decade(decade));
        }
        for (int decade = (int) range[2]; decade <= range[3]; decade++) {
            paper.line(LEFT, y(decade, range), LEFT + WIDTH, y(decade, range), "grid");
            paper.text(LEFT - 8, y(decade, range) + 4, "end", decade(decade));
        }
        int index = 0;
        for (Map.Entry<String, List<double[]>> curve : curves.entrySet()) {
            String style = "c" + index % SvgPaper.COLOURS;
            double[] before = null;
            for (double[] point : curve.getValue()) {
                double[] at = {x(point[0], range), y(point[1], range)};
                if (before != null) {
                    paper.line(before[0], before[1], at[0], at[1], style);
                }
                paper.dot(at[0], at[1], style, 1);
                before = at;
            }
            double row = TOP + 12.0 + 20 * index++;
            paper.line(LEFT + WIDTH + 10, row, LEFT + WIDTH + 30, row, style);
            paper.text(LEFT + WIDTH + 36, row + 4, "start", curve.getKey());
        }
        return paper.svg(LEFT + WIDTH + 190, TOP + HEIGHT + 40);
    }

    private static String decade(int exponent) {
        return exponent >= 0
                ? String.format(Locale.ROOT, "%,d", (long) Math.pow(10, exponent))
                : String.format(Locale.ROOT, "%." + -exponent + "f", Math.pow(10, exponent));
    }

    /** The decades from and to, of both axes. */
    private double[] range() {
        double[] range = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
        for (List<double[]> points : curves.values()) {
            for (double[] point : points) {
                range[0] = Math.min(range[0], Math.floor(point[0]));
                range[1] = Math.max(range[1], Math.ceil(point[0]));
                range[2] = Math.min(range[2], Math.floor(point[1]));
                range[3] = Math.max(range[3], Math.ceil(point[1]));
            }
        }
        range[1] = Math.max(range[1], range[0] + 1);
        range[3] = Math.max(range[3], range[2] + 1);
        return range;
    }

    private static double x(double value, double[] range) {
        return LEFT + WIDTH * (value - range[0]) / (range[1] - range[0]);
    }

    private static double y(double value, double[] range) {
        return TOP + HEIGHT * (range[3] - value) / (range[3] - range[2]);
    }
}
