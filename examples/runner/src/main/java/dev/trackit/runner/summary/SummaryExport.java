package dev.trackit.runner.summary;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Summary;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.picture.DocumentPicture;
import dev.trackit.runner.picture.LineageView;
import dev.trackit.summary.SummaryDocument;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A summary in the forms in which it is handed on, with the picture of the lineage where the form can hold one. All text of the notebook
 * has passed redaction. Immutable.
 */
public final class SummaryExport {
    private static final String HEADING = "## Lineage\n\n";

    private final SummaryDocument document;
    private final Material material;

    /** An export of this summary of this material. */
    public SummaryExport(Material material, Summary summary) {
        this.material = requireNonNull(material, "material");
        this.document = new SummaryDocument(material.outline(), summary);
    }

    /** As plain text. */
    public String text() {
        return document.text();
    }

    /** As Markdown in one piece: the picture is a drawing in the language of Mermaid. */
    public String markdown() {
        return document.markdown(picture()
                .map(p -> HEADING + "```mermaid\n" + p.mermaid() + "```\n" + note(p))
                .orElse(""));
    }

    /** As Markdown that shows a picture beside it. @param file the name of the picture's file, which {@link #picture()} gives */
    public String markdown(String file) {
        return document.markdown(picture()
                .map(p -> HEADING + "![Lineage](<" + file.replaceAll("[<>\\\\\\r\\n]", "_") + ">)\n" + note(p))
                .orElse(""));
    }

    private static String note(DocumentPicture picture) {
        return picture.note().isEmpty() ? "" : "\n" + picture.note() + "\n";
    }

    /** As one HTML page. */
    public String html() {
        return document.html(picture().map(p -> "<h2>Lineage</h2>\n" + p.html()).orElse(""));
    }

    /** As a PDF. */
    public byte[] pdf() throws IOException {
        return PdfDocument.of(document, picture());
    }

    /** The picture of the lineage; nothing if no data was made. */
    public Optional<DocumentPicture> picture() {
        LoadedLineage lineage = material.lineage();
        Set<Long> sequences =
                material.executions().stream().map(ExecutionNode::sequence).collect(Collectors.toSet());
        return LineageView.of(lineage.graph(), lineage.stale(), lineage.gaps(), material.redactor())
                .document("Lineage of " + material.outline().title(), sequences);
    }
}
