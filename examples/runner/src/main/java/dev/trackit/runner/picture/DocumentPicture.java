package dev.trackit.runner.picture;

import static java.util.Objects.requireNonNull;

import com.openhtmltopdf.extend.SVGDrawer;
import java.util.Locale;

/**
 * A picture for documents that are handed on: with fixed colours on a white ground, and laid out across or down, whichever is better to
 * read in the width of a page. Immutable.
 */
public final class DocumentPicture {
    /** How wide the text of a document is on a screen, in pixels. */
    private static final double SCREEN = 900;
    /** How wide the text of an A4 page is, in pixels of a 96th of an inch. */
    private static final double PAPER = 640;

    private static final double PAPER_HEIGHT = 860;
    /** Smaller than this, labels can no longer be read on paper. */
    private static final double READABLE = 0.62;

    private static final double OWN_PAGE = 0.8;
    private static final double MARGIN = 48;
    /** What the heading above it and the note below it need, in pixels. */
    private static final double HEADING = 140;

    private static final double BASE_LINE = 0.84;

    private final Picture picture;
    private final String title;

    private DocumentPicture(Picture picture, String title) {
        this.picture = picture;
        this.title = title;
    }

    static DocumentPicture of(View view, String title) {
        requireNonNull(title, "title");
        Picture across = Layout.of(view, ViewQuery.Orientation.RIGHT);
        if (across.width() <= SCREEN) {
            return new DocumentPicture(across, title);
        }
        Picture down = Layout.of(view, ViewQuery.Orientation.DOWN);
        return new DocumentPicture(down.width() < across.width() * 0.8 ? down : across, title);
    }

    /** What the picture is of. */
    public String title() {
        return title;
    }

    /** A sentence that says what is not on it; empty if all is. */
    public String note() {
        int hidden = picture.view().hidden();
        return hidden == 0 ? "" : hidden + " more datasets and steps are not on the picture.";
    }

    /** An SVG file of its own. */
    public String file() {
        return SvgPicture.file(picture, title);
    }

    /** A drawing in the language of Mermaid, which many readers of Markdown show as a picture. */
    public String mermaid() {
        return MermaidPicture.of(picture.view());
    }

    /** The picture as a part of an HTML page, without a heading; where it is wider than the page, it scrolls. */
    public String html() {
        double smallest = Math.min(picture.width(), Math.max(SCREEN, picture.width() * READABLE));
        return "<figure class=\"lineage\" style=\"margin:1em 0;overflow:auto\">"
                + SvgPicture.part(picture, title)
                        .replaceFirst(
                                "<svg ",
                                "<svg style=\"max-width:100%;height:auto;min-width:" + Pen.number(smallest) + "px\" ")
                + caption()
                + "</figure>\n";
    }

    private String caption() {
        return note().isEmpty() ? "" : "<figcaption>" + SvgPicture.escape(note()) + "</figcaption>";
    }

    /**
     * The section with the picture, as a part of a page that is made into a PDF. Lines and areas are drawn by {@link #pdfDrawer()}; texts are texts
     * of the document, so that they have its fonts, and can be found and copied.
     */
    public String pdfMarkup() {
        double scale = pdfScale();
        String size = String.format(
                Locale.ROOT, "width:%.1fpx;height:%.1fpx", picture.width() * scale, picture.height() * scale);
        StringBuilder out = new StringBuilder("<div style=\"page-break-inside:avoid")
                .append(hasOwnPage() ? ";page:lineage" : "")
                .append("\"><h2>Lineage</h2><div style=\"position:relative;")
                .append(size)
                .append("\"><svg style=\"display:block;")
                .append(size)
                .append("\"></svg>");
        for (Picture.Placed node : picture.nodes()) {
            for (Mark mark : node.card().marks()) {
                if (mark instanceof Mark.Text text) {
                    text(out, node, text, scale);
                }
            }
        }
        out.append("</div>");
        return out + (note().isEmpty() ? "" : "<p>" + SvgPicture.escape(note()) + "</p>") + "</div>\n";
    }

    private static void text(StringBuilder out, Picture.Placed node, Mark.Text text, double scale) {
        TextStyle style = text.style();
        out.append(String.format(
                        Locale.ROOT,
                        "<span style=\"position:absolute;left:%.1fpx;top:%.1fpx;font-size:%.2fpx;line-height:1;white-space:nowrap;%s"
                                + "color:%s\">",
                        (node.x() + text.x()) * scale,
                        (node.y() + text.y() - style.size() * BASE_LINE) * scale,
                        style.size() * scale,
                        style.bold() ? "font-weight:bold;" : "",
                        text.ink().fill()))
                .append(SvgPicture.escape(text.text()))
                .append("</span>");
    }

    /** Draws lines and areas; to be given to the renderer of the PDF. */
    public SVGDrawer pdfDrawer() {
        return new PdfPicture(picture, pdfScale());
    }

    /** Rules for the style sheet of a page that is made into a PDF: a picture that is too large for paper has a page of its own size. */
    public String pdfRules() {
        if (!hasOwnPage()) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "body{max-width:none;margin:0;padding:0}@page lineage{size:%.0fpx %.0fpx;margin:%.0fpx}",
                Math.max(PAPER, picture.width() * OWN_PAGE) + 2 * MARGIN,
                Math.max(PAPER, picture.height() * OWN_PAGE) + 2 * MARGIN + HEADING,
                MARGIN);
    }

    private boolean hasOwnPage() {
        double fitting = Math.min(PAPER / picture.width(), PAPER_HEIGHT / picture.height());
        return fitting < READABLE;
    }

    private double pdfScale() {
        return hasOwnPage()
                ? OWN_PAGE
                : Math.min(0.9, Math.min(PAPER / picture.width(), PAPER_HEIGHT / picture.height()));
    }
}
