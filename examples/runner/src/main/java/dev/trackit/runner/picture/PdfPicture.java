package dev.trackit.runner.picture;

import com.openhtmltopdf.css.parser.FSRGBColor;
import com.openhtmltopdf.css.sheet.FontFaceRule;
import com.openhtmltopdf.css.style.CssContext;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.extend.SVGDrawer;
import com.openhtmltopdf.layout.SharedContext;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.render.Box;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.w3c.dom.Element;

/**
 * Draws the lines and areas of a picture into a PDF, where its page has an {@code svg} element. Fonts of the JDK are not needed for
 * that, nor a renderer of SVG: the paths have four commands. Not safe for use by several threads.
 */
final class PdfPicture implements SVGDrawer {
    private final Picture picture;
    private final double scale;

    PdfPicture(Picture picture, double scale) {
        this.picture = picture;
        this.scale = scale;
    }

    @Override
    public SVGImage buildSVGImage(
            Element element, Box box, CssContext context, double width, double height, double dotsPerPixel) {
        double dots = scale * dotsPerPixel;
        return new SVGImage() {
            @Override
            public int getIntrinsicWidth() {
                return (int) Math.ceil(picture.width() * dots);
            }

            @Override
            public int getIntrinsicHeight() {
                return (int) Math.ceil(picture.height() * dots);
            }

            @Override
            public void drawSVG(OutputDevice device, RenderingContext rendering, double x, double y) {
                draw(device, AffineTransform.getTranslateInstance(x, y), dots);
            }
        };
    }

    private void draw(OutputDevice device, AffineTransform origin, double dots) {
        java.awt.Stroke before = device.getStroke();
        origin.scale(dots, dots);
        for (Picture.Routed edge : picture.edges()) {
            boolean gap = edge.edge().uncertain();
            path(device, gap ? Ink.EDGE_GAP : Ink.EDGE, edge.line(), origin, dots);
            path(device, gap ? Ink.ARROW_GAP : Ink.ARROW, edge.head(), origin, dots);
        }
        for (Picture.Placed node : picture.nodes()) {
            AffineTransform place = new AffineTransform(origin);
            place.translate(node.x(), node.y());
            for (Mark mark : node.card().marks()) {
                if (mark instanceof Mark.Path path) {
                    path(device, path.ink(), path.d(), place, dots);
                }
            }
        }
        device.setStroke(before);
    }

    private static void path(OutputDevice device, Ink ink, String d, AffineTransform place, double dots) {
        Shape shape = place.createTransformedShape(parse(d));
        if (!ink.fill().equals("none")) {
            device.setColor(colour(ink.fill()));
            device.fill(shape);
        }
        if (!ink.stroke().equals("none")) {
            device.setColor(colour(ink.stroke()));
            device.setStroke(stroke(ink, dots));
            device.draw(shape);
        }
    }

    private static BasicStroke stroke(Ink ink, double dots) {
        float width = (float) (ink.width() * dots);
        if (ink.dashes().isEmpty()) {
            return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        }
        String[] lengths = ink.dashes().split(" ");
        float[] dashes = new float[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            dashes[i] = (float) (Double.parseDouble(lengths[i]) * dots);
        }
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    }

    private static FSRGBColor colour(String hex) {
        int rgb = Integer.parseInt(hex.substring(1), 16);
        return new FSRGBColor(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    /** Reads what {@link Pen} writes. */
    static Path2D parse(String d) {
        Path2D path = new Path2D.Double();
        StringTokenizer tokens = new StringTokenizer(d, "MLCZ", true);
        while (tokens.hasMoreTokens()) {
            String command = tokens.nextToken();
            if (command.equals("Z")) {
                path.closePath();
                continue;
            }
            List<Double> n = new ArrayList<>(6);
            for (String number : tokens.nextToken().split(" ")) {
                n.add(Double.valueOf(number));
            }
            switch (command) {
                case "M" -> path.moveTo(n.get(0), n.get(1));
                case "L" -> path.lineTo(n.get(0), n.get(1));
                default -> path.curveTo(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5));
            }
        }
        return path;
    }

    @Override
    public void importFontFaceRules(List<FontFaceRule> rules, SharedContext context) {
        // Texts are the document's own.
    }

    @Override
    public void addFontFile(File file, String family, Integer weight, FontStyle style) {
        // Texts are the document's own.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
