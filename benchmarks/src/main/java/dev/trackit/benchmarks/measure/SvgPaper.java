package dev.trackit.benchmarks.measure;

import java.util.Locale;

/** A picture that grows element by element, legible on light and on dark pages: it has a ground of its own, whose colours follow the reader's. Used by one thread. */
final class SvgPaper {
    /** The colours of curves, in their order, as names of style classes. */
    static final int COLOURS = 6;

    private static final String STYLE = """
            <style>
            svg { --ground: #ffffff; --ink: #1f2328; --grid: #d8dee4; --faint: #8c959f;
              --c0: #0a5fc2; --c1: #b3541e; --c2: #2b7a3d; --c3: #7a3fa0; --c4: #8a6d1d; --c5: #a4265b }
            @media (prefers-color-scheme: dark) { svg { --ground: #0d1117; --ink: #e6edf3; --grid: #30363d; --faint: #7d8590;
              --c0: #6cb0ff; --c1: #f0955a; --c2: #63c174; --c3: #c79bf0; --c4: #d9b85c; --c5: #f08ab4 } }
            .ground { fill: var(--ground) } text { fill: var(--ink) } .grid { stroke: var(--grid) } .axis { stroke: var(--ink) }
            .faint { fill: var(--faint); stroke: var(--faint) }
            .c0 { fill: var(--c0); stroke: var(--c0) } .c1 { fill: var(--c1); stroke: var(--c1) } .c2 { fill: var(--c2); stroke: var(--c2) }
            .c3 { fill: var(--c3); stroke: var(--c3) } .c4 { fill: var(--c4); stroke: var(--c4) } .c5 { fill: var(--c5); stroke: var(--c5) }
            </style>
            """;

    private final StringBuilder body = new StringBuilder(8_000);

    void line(double x1, double y1, double x2, double y2, String style) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style);
    }

    void dot(double x, double y, String style, double opacity) {
        add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" class=\"%s\" stroke=\"none\" opacity=\"%.2f\"/>",
                x, y, style, opacity);
    }

    void bar(double x, double y, double width, double height, String style) {
        add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>", x, y, width, height, style);
    }

    /** @param anchor start, middle or end */
    void text(double x, double y, String anchor, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x, y, anchor, text.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private void add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** The picture in this size. */
    String svg(int width, int height) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                                + " font-size=\"12\">\n",
                        width,
                        height,
                        width,
                        height)
                + STYLE + "<rect width=\"100%\" height=\"100%\" class=\"ground\"/>\n" + body + "</svg>\n";
    }
}
