package dev.trackit.runner.picture;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Writes paths of SVG: absolute commands only, so that whoever draws them elsewhere has little to read. Not safe for use by several threads. */
final class Pen {
    private static final double ROUND = 0.5523;
    private final StringBuilder d = new StringBuilder();

    Pen move(double x, double y) {
        return add('M', x, y);
    }

    Pen line(double x, double y) {
        return add('L', x, y);
    }

    Pen curve(double x1, double y1, double x2, double y2, double x, double y) {
        return add('C', x1, y1, x2, y2, x, y);
    }

    Pen close() {
        d.append('Z');
        return this;
    }

    String path() {
        return d.toString();
    }

    private Pen add(char command, double... numbers) {
        d.append(command);
        for (int i = 0; i < numbers.length; i++) {
            d.append(i == 0 ? "" : " ").append(number(numbers[i]));
        }
        return this;
    }

    /** With two digits at most, as short as it can be. */
    static String number(double n) {
        BigDecimal rounded =
                BigDecimal.valueOf(n).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    Pen rectangle(double x, double y, double w, double h, double radius) {
        double r = Math.min(radius, Math.min(w, h) / 2);
        double k = r * (1 - ROUND);
        return move(x + r, y)
                .line(x + w - r, y)
                .curve(x + w - k, y, x + w, y + k, x + w, y + r)
                .line(x + w, y + h - r)
                .curve(x + w, y + h - k, x + w - k, y + h, x + w - r, y + h)
                .line(x + r, y + h)
                .curve(x + k, y + h, x, y + h - k, x, y + h - r)
                .line(x, y + r)
                .curve(x, y + k, x + k, y, x + r, y)
                .close();
    }

    Pen circle(double x, double y, double r) {
        return rectangle(x - r, y - r, 2 * r, 2 * r, r);
    }

    Pen polygon(double... numbers) {
        for (int i = 0; i + 1 < numbers.length; i += 2) {
            add(i == 0 ? 'M' : 'L', numbers[i], numbers[i + 1]);
        }
        return close();
    }

    Pen lines(double... numbers) {
        for (int i = 0; i + 1 < numbers.length; i += 2) {
            add(i == 0 ? 'M' : 'L', numbers[i], numbers[i + 1]);
        }
        return this;
    }

    /** A line through points, its corners rounded. */
    Pen rounded(List<double[]> points, double radius) {
        double[] first = points.get(0);
        move(first[0], first[1]);
        for (int i = 1; i + 1 < points.size(); i++) {
            double[] before = points.get(i - 1);
            double[] at = points.get(i);
            double[] after = points.get(i + 1);
            double r = Math.min(radius, Math.min(distance(before, at), distance(at, after)) / 2);
            double[] in = towards(at, before, r);
            double[] out = towards(at, after, r);
            double[] inHandle = towards(at, before, r * (1 - ROUND));
            double[] outHandle = towards(at, after, r * (1 - ROUND));
            line(in[0], in[1]).curve(inHandle[0], inHandle[1], outHandle[0], outHandle[1], out[0], out[1]);
        }
        double[] last = points.get(points.size() - 1);
        return line(last[0], last[1]);
    }

    static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    /** The point so far from one point in the direction of another. */
    static double[] towards(double[] from, double[] to, double far) {
        double all = distance(from, to);
        return all == 0
                ? from
                : new double[] {from[0] + (to[0] - from[0]) * far / all, from[1] + (to[1] - from[1]) * far / all};
    }
}
