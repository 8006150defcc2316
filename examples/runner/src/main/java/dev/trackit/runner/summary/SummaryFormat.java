package dev.trackit.runner.summary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Summary;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** The forms in which a summary is handed on. */
public enum SummaryFormat {
    /** Plain text. */
    TEXT("txt", "text/plain; charset=utf-8"),
    /** Markdown. */
    MD("md", "text/markdown; charset=utf-8"),
    /** A page. */
    HTML("html", "text/html; charset=utf-8"),
    /** A printable document. */
    PDF("pdf", "application/pdf"),
    /** JSON, with the outline. */
    JSON("json", "application/json; charset=utf-8");

    private final String ending;
    private final String mediaType;

    SummaryFormat(String ending, String mediaType) {
        this.ending = ending;
        this.mediaType = mediaType;
    }

    /** What such a file's name ends with, without the dot. */
    public String ending() {
        return ending;
    }

    /** Its media type. */
    public String mediaType() {
        return mediaType;
    }

    /** A summary in this form. @param kept whether it was kept from an earlier time */
    public byte[] of(Material material, Summary summary, boolean kept) throws IOException {
        SummaryExport export = new SummaryExport(material, summary);
        return switch (this) {
            case TEXT -> export.text().getBytes(StandardCharsets.UTF_8);
            case MD -> export.markdown().getBytes(StandardCharsets.UTF_8);
            case HTML -> export.html().getBytes(StandardCharsets.UTF_8);
            case PDF -> export.pdf();
            case JSON -> json(material, summary, kept).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String json(Material material, Summary summary, boolean kept) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator g = new JsonFactory().createGenerator(text)) {
            SummaryJson.summary(g, material, summary, kept);
        }
        return text.append('\n').toString();
    }
}
