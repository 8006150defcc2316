package dev.trackit.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Curves over two logarithmic axes, where cost in proportion to size is a line of slope one. Used by one thread. */
public final class SvgCurves {
    private static final String[] COLOURS = {"#1f5fa8", "#b3541e", "#3a7d44", "#7a4b9a", "#8a6d1d"};
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
        StringBuilder svg = new StringBuilder(4_000);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n<text x=\"12\" y=\"22\" font-size=\"14\">%s</text>%n",
                LEFT + WIDTH + 140,
                TOP + HEIGHT + 40,
                title));
        for (int decade = (int) range[0]; decade <= range[1]; decade++) {
            line(svg, x(decade, range), TOP, x(decade, range), TOP + HEIGHT, "#ddd");
            text(svg, x(decade, range) - 10, TOP + HEIGHT + 18, "1e" + decade);
        }
        for (int decade = (int) range[2]; decade <= range[3]; decade++) {
            line(svg, LEFT, y(decade, range), LEFT + WIDTH, y(decade, range), "#ddd");
            text(svg, 20, y(decade, range) + 4, "1e" + decade);
        }
        int index = 0;
        for (Map.Entry<String, List<double[]>> curve : curves.entrySet()) {
            String colour = COLOURS[index % COLOURS.length];
            double[] before = null;
            for (double[] point : curve.getValue()) {
                double[] at = {x(point[0], range), y(point[1], range)};
                if (before != null) {
                    line(svg, before[0], before[1], at[0], at[1], colour);
                }
                svg.append(String.format(
                        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", at[0], at[1], colour));
                before = at;
            }
            line(svg, LEFT + WIDTH + 10, TOP + 12.0 + 20 * index, LEFT + WIDTH + 30, TOP + 12.0 + 20 * index, colour);
            text(svg, LEFT + WIDTH + 36, TOP + 16.0 + 20 * index++, curve.getKey());
        }
        return svg.append("</svg>\n").toString();
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

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour));
    }

    private static void text(StringBuilder svg, double x, double y, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, text));
    }
}
