package dev.trackit.summary;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Outline;
import dev.trackit.api.Summary;
import dev.trackit.api.Summary.Claim;
import dev.trackit.api.Summary.Part;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A summary as a document that one would hand to a colleague or an auditor: what it is about, the datasets, the words, a table of the steps,
 * what is open, and where the words come from. Immutable.
 *
 * @param outline what the summary was made from
 * @param summary the summary, checked
 */
public record SummaryDocument(Outline outline, Summary summary) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Checks. */
    public SummaryDocument {
        requireNonNull(outline, "outline");
        requireNonNull(summary, "summary");
    }

    /** The document's title. */
    public String title() {
        return "How the data of " + outline.title() + " came to be";
    }

    /** As plain text, for a terminal. */
    public String text() {
        StringBuilder out = new StringBuilder();
        underlined(out, title(), '=');
        for (String line : head()) {
            out.append(line).append('\n');
        }
        for (Part part : Part.values()) {
            if (!summary.part(part).isEmpty()) {
                out.append('\n');
                underlined(out, heading(part), '-');
                summary.part(part)
                        .forEach(c -> out.append(bullet(part)).append(told(c)).append('\n'));
            }
        }
        out.append('\n');
        provenance().forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    /** As Markdown. Text from the notebook is escaped, so that it cannot become markup. */
    public String markdown() {
        return markdown("");
    }

    /**
     * As Markdown, with a picture of the lineage.
     *
     * @param picture the section with the picture, or with a link to it, in Markdown that is safe already; empty for none
     */
    public String markdown(String picture) {
        StringBuilder out = new StringBuilder("# ").append(md(title())).append("\n\n");
        head().forEach(line -> out.append(md(line)).append("  \n"));
        if (!outline.datasets().isEmpty()) {
            out.append("\n## Datasets\n\n| Dataset | Role | Shape | Columns |\n|---|---|---|---|\n");
            for (Outline.Dataset d : outline.datasets()) {
                row(out, d.label(), role(d), d.shape(), String.join(", ", d.columns()));
            }
        }
        if (!picture.isEmpty()) {
            out.append('\n').append(picture).append('\n');
        }
        for (Part part : Part.values()) {
            if (!summary.part(part).isEmpty()) {
                out.append("\n## ").append(heading(part)).append("\n\n");
                summary.part(part).forEach(c -> out.append(part == Part.NARRATIVE ? "" : "- ")
                        .append(md(told(c)))
                        .append(part == Part.NARRATIVE ? "\n\n" : "\n"));
            }
        }
        out.append("\n## Steps\n\n| Step | Execution | Fate | For | What |\n|---|---|---|---|---|\n");
        for (Outline.Step s : outline.steps()) {
            row(out, s.id(), s.execution() == 0 ? "" : "#" + s.execution(), fate(s), s.activity(), whole(s));
        }
        out.append("\n## Where this comes from\n\n");
        provenance().forEach(line -> out.append("- ").append(md(line)).append('\n'));
        return out.toString();
    }

    /** As one HTML page without scripts or outside resources. Text from the notebook is escaped. */
    public String html() {
        return html("");
    }

    /**
     * As one HTML page, with a picture of the lineage.
     *
     * @param picture the section with the picture as HTML that is safe already; empty for none
     */
    public String html(String picture) {
        StringBuilder out = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>")
                .append(esc(title()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(esc(title()))
                .append("</h1>\n<p class=\"head\">")
                .append(String.join(
                        "<br/>", head().stream().map(SummaryDocument::esc).toList()))
                .append("</p>\n");
        if (!outline.datasets().isEmpty()) {
            out.append(
                    "<h2>Datasets</h2>\n<table><tr><th>Dataset</th><th>Role</th><th>Shape</th><th>Columns</th></tr>\n");
            for (Outline.Dataset d : outline.datasets()) {
                htmlRow(out, "", d.label(), role(d), d.shape(), String.join(", ", d.columns()));
            }
            out.append("</table>\n");
        }
        if (!picture.isEmpty()) {
            out.append(picture);
        }
        for (Part part : Part.values()) {
            if (!summary.part(part).isEmpty()) {
                htmlPart(out, part);
            }
        }
        out.append(
                "<h2>Steps</h2>\n<table><tr><th>Step</th><th>Execution</th><th>Fate</th><th>For</th><th>What</th></tr>\n");
        for (Outline.Step s : outline.steps()) {
            htmlRow(
                    out,
                    s.id(),
                    s.id(),
                    s.execution() == 0 ? "" : "#" + s.execution(),
                    fate(s),
                    s.activity(),
                    whole(s));
        }
        out.append("</table>\n<h2>Where this comes from</h2>\n<ul>");
        provenance().forEach(line -> out.append("<li>").append(esc(line)).append("</li>"));
        return out.append("</ul></body></html>\n").toString();
    }

    private void htmlPart(StringBuilder out, Part part) {
        boolean story = part == Part.NARRATIVE;
        out.append("<h2>").append(heading(part)).append("</h2>\n").append(story ? "" : "<ul>");
        for (Claim claim : summary.part(part)) {
            out.append(story ? "<p>" : "<li>").append(esc(claim.text()));
            for (String step : claim.steps()) {
                boolean known = outline.step(step).isPresent();
                out.append(known ? " <a href=\"#" + esc(step) + "\">" : " <span class=\"wrong\">")
                        .append(esc(step))
                        .append(known ? "</a>" : "</span>");
            }
            if (!claim.problems().isEmpty()) {
                out.append(" <span class=\"wrong\">Not supported: ")
                        .append(esc(String.join("; ", claim.problems())))
                        .append("</span>");
            }
            out.append(story ? "</p>\n" : "</li>\n");
        }
        out.append(story ? "" : "</ul>\n");
    }

    private List<String> head() {
        List<String> lines = new ArrayList<>();
        lines.add("Notebook: " + outline.title());
        lines.add("Part: " + outline.scope());
        if (outline.from().isPresent() || outline.to().isPresent()) {
            lines.add("Period: " + outline.from().map(TIME::format).orElse("not known") + " to "
                    + outline.to().map(TIME::format).orElse("not known"));
        }
        lines.add("Steps: " + outline.steps().size());
        return lines;
    }

    private List<String> provenance() {
        Summary.Provenance from = summary.provenance();
        List<String> lines = new ArrayList<>();
        lines.add("Written " + TIME.format(from.createdAt()) + " by the summarizer " + from.summarizer()
                + (from.model().isEmpty()
                        ? ", by rules, without a model"
                        : ", model " + from.model() + ", prompts version " + from.promptVersion()));
        lines.add("Outline: " + from.input());
        if (from.usage() != null) {
            Summary.Usage usage = from.usage();
            lines.add(usage.calls() + " requests, " + usage.inputTokens() + " tokens sent, " + usage.outputTokens()
                    + " received, " + usage.latency().toMillis() + " ms"
                    + (usage.costUsd() == null
                            ? ""
                            : String.format(Locale.ROOT, ", about %.4f US dollars", usage.costUsd())));
        }
        lines.addAll(from.notes());
        long unsupported = summary.unsupported();
        lines.add(
                unsupported == 0
                        ? "Each statement was checked against the outline; nothing unsupported was found"
                        : "Each statement was checked against the outline; " + unsupported
                                + " are not supported, and marked");
        return lines;
    }

    private static String told(Claim claim) {
        String steps = claim.steps().isEmpty() ? "" : " [" + String.join(", ", claim.steps()) + "]";
        String problems =
                claim.problems().isEmpty() ? "" : " (NOT SUPPORTED: " + String.join("; ", claim.problems()) + ")";
        return claim.text() + steps + problems;
    }

    private static String whole(Outline.Step step) {
        return step.facts().isEmpty() ? step.text() : step.text() + "; " + String.join("; ", step.facts());
    }

    private static String role(Outline.Dataset dataset) {
        return dataset.role().name().toLowerCase(Locale.ROOT);
    }

    private static String fate(Outline.Step step) {
        return step.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The heading of a part. */
    public static String heading(Part part) {
        return switch (part) {
            case NARRATIVE -> "What happened";
            case PREPROCESSING -> "Preprocessing";
            case TRANSFORMATIONS -> "Transformations";
            case RATIONALE -> "What was tried, and why";
            case OPEN_QUESTIONS -> "Open questions";
        };
    }

    private static String bullet(Part part) {
        return part == Part.NARRATIVE ? "" : "* ";
    }

    private static void underlined(StringBuilder out, String title, char line) {
        out.append(title)
                .append('\n')
                .append(String.valueOf(line).repeat(title.length()))
                .append('\n');
    }

    private static void row(StringBuilder out, String... cells) {
        out.append('|');
        for (String cell : cells) {
            out.append(' ').append(md(cell)).append(" |");
        }
        out.append('\n');
    }

    private static void htmlRow(StringBuilder out, String id, String... cells) {
        out.append(id.isEmpty() ? "<tr>" : "<tr id=\"" + esc(id) + "\">");
        for (String cell : cells) {
            out.append("<td>").append(esc(cell)).append("</td>");
        }
        out.append("</tr>\n");
    }

    /** Escapes what would be markup where it stands, and no more: the text should be readable as it is, too. */
    private static String md(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("([\\\\`|~]|(?<!\\s)\\*|\\*(?!\\s))", "\\\\$1")
                .replaceAll("(?<!\\w)_|_(?!\\w)", "\\\\_")
                .replaceAll("\\](?=[(\\[])", "\\\\]")
                .replaceAll("^(?=[#+=\\[-])", "\\\\")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private static String esc(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
        return out.toString();
    }

    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1b1f24}"
                    + "h1{font-size:1.6em}h2{font-size:1.2em;margin-top:1.6em}table{border-collapse:collapse;width:100%;font-size:.9em}"
                    + "td,th{border:1px solid #d0d7de;padding:.3em .5em;text-align:left;vertical-align:top;word-wrap:break-word}"
                    + "th{background:#f6f8fa}th,td:nth-child(2){white-space:nowrap}.head{color:#57606a}.wrong{color:#b42318}a{color:#0550ae;text-decoration:none;font-size:.85em}";
}
