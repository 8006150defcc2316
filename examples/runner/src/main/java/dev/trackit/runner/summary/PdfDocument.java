package dev.trackit.runner.summary;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import dev.trackit.core.summary.SummaryDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A summary as a PDF, rendered from its HTML without any outside resource. */
final class PdfDocument {
    /** Fonts with many scripts, where systems keep them; without one, letters outside Latin-1 are shown as {@code #}. */
    private static final List<String> FONTS = List.of(
            "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
            "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
            "/usr/share/fonts/TTF/DejaVuSans.ttf",
            "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
            "C:\\Windows\\Fonts\\arial.ttf");

    /** What the libraries say of fonts helps nobody; held here, because the JDK forgets settings of loggers that nobody holds. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.apache.pdfbox"), Logger.getLogger("org.apache.fontbox"));

    private PdfDocument() {}

    static byte[] of(SummaryDocument document) throws IOException {
        XRLog.setLoggingEnabled(false);
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useUriResolver((base, uri) -> uri.startsWith("#") ? uri : null);
        String html = document.html();
        for (String font : FONTS) {
            if (Files.isRegularFile(Path.of(font))) {
                builder.useFont(Path.of(font).toFile(), "Document");
                html = html.replace("system-ui,sans-serif", "Document,sans-serif");
                break;
            }
        }
        builder.withHtmlContent(html, null);
        builder.withProducer("TrackIT");
        builder.toStream(out);
        builder.run();
        return out.toByteArray();
    }
}
