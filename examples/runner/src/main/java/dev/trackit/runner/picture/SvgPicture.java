package dev.trackit.runner.picture;

import dev.trackit.api.Excerpt;
import dev.trackit.runner.cli.TerminalText;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A picture as SVG. Colours stand on the elements themselves, so that it looks right wherever it is put; a file that is looked at alone
 * also brings a style sheet for dark screens. All text is escaped; there are no scripts and no references.
 */
final class SvgPicture {
    private static final int MAX_TITLE = 300;
    private static final String SANS = "'DejaVu Sans',Verdana,'Segoe UI',system-ui,sans-serif";
    private static final String MONO = "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace";

    private SvgPicture() {}

    /**
     * As a file to look at.
     *
     * @param title what the picture is of
     */
    static String file(Picture picture, String title) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg(picture, title, true);
    }

    /** As a part of a document with a white ground: without a style sheet. */
    static String part(Picture picture, String title) {
        return svg(picture, title, false);
    }

    private static String svg(Picture picture, String title, boolean adaptive) {
        StringBuilder out = new StringBuilder(4096);
        String width = Pen.number(picture.width());
        String height = Pen.number(picture.height());
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lineage-picture\" role=\"img\"")
                .append(" aria-labelledby=\"lineage-title lineage-desc\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\">\n<title id=\"lineage-title\">")
                .append(escape(Excerpt.of(TerminalText.line(title), MAX_TITLE)))
                .append("</title>\n<desc id=\"lineage-desc\">")
                .append(escape(description(picture)))
                .append("</desc>\n");
        if (adaptive) {
            out.append("<style>").append(Dark.styleSheet()).append("</style>\n");
            out.append("<rect class=\"lineage-ground\" width=\"100%\" height=\"100%\" fill=\"#fcfcfd\"/>\n");
        }
        for (Picture.Routed edge : picture.edges()) {
            boolean gap = edge.edge().uncertain();
            out.append("<g>");
            path(out, gap ? Ink.EDGE_GAP : Ink.EDGE, edge.line());
            path(out, gap ? Ink.ARROW_GAP : Ink.ARROW, edge.head());
            out.append("</g>\n");
        }
        picture.nodes().forEach(node -> node(out, picture.view(), node));
        return out.append("</svg>\n").toString();
    }

    private static String description(Picture picture) {
        int hidden = picture.view().hidden();
        return picture.nodes().size() + " datasets and steps, "
                + picture.edges().size() + " connections"
                + (hidden == 0 ? "." : "; " + hidden + " more are not shown.");
    }

    private static void node(StringBuilder out, View view, Picture.Placed placed) {
        FlowNode node = placed.card().node();
        out.append("<g transform=\"translate(")
                .append(Pen.number(placed.x()))
                .append(' ')
                .append(Pen.number(placed.y()))
                .append(")\"><title>")
                .append(escape(Excerpt.of(told(view, node), MAX_TITLE)))
                .append("</title>");
        for (Mark mark : placed.card().marks()) {
            if (mark instanceof Mark.Path path) {
                path(out, path.ink(), path.d());
            } else if (mark instanceof Mark.Text text) {
                text(out, text);
            }
        }
        out.append("</g>\n");
    }

    private static void path(StringBuilder out, Ink ink, String d) {
        out.append("<path class=\"")
                .append(ink.cssClass())
                .append("\" fill=\"")
                .append(ink.fill())
                .append("\" stroke=\"")
                .append(ink.stroke())
                .append('"');
        if (ink.width() > 0) {
            out.append(" stroke-width=\"").append(Pen.number(ink.width())).append('"');
            out.append(" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
        }
        if (!ink.dashes().isEmpty()) {
            out.append(" stroke-dasharray=\"").append(ink.dashes()).append('"');
        }
        out.append(" d=\"").append(d).append("\"/>");
    }

    private static void text(StringBuilder out, Mark.Text text) {
        TextStyle style = text.style();
        out.append("<text class=\"")
                .append(text.ink().cssClass())
                .append("\" fill=\"")
                .append(text.ink().fill())
                .append("\" x=\"")
                .append(Pen.number(text.x()))
                .append("\" y=\"")
                .append(Pen.number(text.y()))
                .append("\" font-family=\"")
                .append(style.mono() ? MONO : SANS)
                .append("\" font-size=\"")
                .append(Pen.number(style.size()))
                .append('"')
                .append(style.bold() ? " font-weight=\"600\"" : "")
                // Names in scripts that run from right to left stand where they would otherwise.
                .append(" direction=\"ltr\" unicode-bidi=\"isolate\" xml:space=\"preserve\">")
                .append(escape(text.text()))
                .append("</text>");
    }

    /** All that is known of a node, in one line. */
    static String told(View view, FlowNode node) {
        String runs = node.runs().stream()
                .limit(5)
                .map(FlowNode.Run::place)
                .distinct()
                .collect(Collectors.joining(", "));
        String kind = node.kind().isData() && node.kind() != FlowNode.Kind.UNKNOWN
                ? ", " + node.kind().name().toLowerCase(Locale.ROOT)
                : "";
        String title = node.kind() == FlowNode.Kind.FILE ? TerminalText.line(node.label()) : Card.title(node);
        String change = view.change(node);
        return title
                + (node.version() > 1 ? " v" + node.version() : "")
                + kind
                + (Card.subtitle(node).isEmpty() || node.kind() == FlowNode.Kind.FILE ? "" : ": " + Card.subtitle(node))
                + (change.isEmpty() ? "" : ", " + change)
                + (runs.isEmpty() ? "" : " (" + runs + ")")
                + (node.stale().isEmpty() ? "" : ". Out of date: " + TerminalText.line(String.join(" ", node.stale())));
    }

    /** Text for XML: markup escaped, what XML cannot hold replaced. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
