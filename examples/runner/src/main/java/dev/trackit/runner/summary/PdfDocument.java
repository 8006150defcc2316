package dev.trackit.runner.summary;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import dev.trackit.runner.picture.DocumentPicture;
import dev.trackit.summary.SummaryDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A summary as a PDF, rendered from its HTML without any outside resource. */
final class PdfDocument {
    /** Fonts with many scripts, where systems keep them, and their bold faces; without one, letters outside Latin-1 are shown as {@code #}. */
    private static final List<List<String>> FONTS = List.of(
            List.of(
                    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
            List.of(
                    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
                    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf"),
            List.of("/usr/share/fonts/TTF/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf"),
            List.of(
                    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
                    "/System/Library/Fonts/Supplemental/Arial Bold.ttf"),
            List.of("C:\\Windows\\Fonts\\arial.ttf", "C:\\Windows\\Fonts\\arialbd.ttf"));

    private static final int BOLD = 700;

    /** What the libraries say of fonts helps nobody; held here, because the JDK forgets settings of loggers that nobody holds. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.apache.pdfbox"), Logger.getLogger("org.apache.fontbox"));

    private PdfDocument() {}

    static byte[] of(SummaryDocument document, Optional<DocumentPicture> picture) throws IOException {
        XRLog.setLoggingEnabled(false);
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useUriResolver((base, uri) -> uri.startsWith("#") ? uri : null);
        String html = document.html(picture.map(DocumentPicture::pdfMarkup).orElse(""));
        html = html.replaceFirst(
                "</style>", picture.map(DocumentPicture::pdfRules).orElse("") + "</style>");
        picture.ifPresent(drawn -> builder.useSVGDrawer(drawn.pdfDrawer()));
        for (List<String> font : FONTS) {
            if (Files.isRegularFile(Path.of(font.get(0)))) {
                useFont(builder, font);
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

    private static void useFont(PdfRendererBuilder builder, List<String> font) {
        builder.useFont(Path.of(font.get(0)).toFile(), "Document");
        Path bold = Path.of(font.get(1));
        if (Files.isRegularFile(bold)) {
            builder.useFont(bold.toFile(), "Document", BOLD, FontStyle.NORMAL, true);
        }
    }
}
