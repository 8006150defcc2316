package dev.trackit.runner.picture;

import dev.trackit.api.Excerpt;
import dev.trackit.runner.cli.TerminalText;
import java.util.HashMap;
import java.util.Map;

/** A view in the language of Mermaid: forms tell kinds apart. */
final class MermaidPicture {
    private static final int MAX = 80;

    private MermaidPicture() {}

    static String of(View view) {
        StringBuilder out = new StringBuilder("flowchart LR\n");
        Map<String, String> ids = new HashMap<>();
        for (FlowNode node : view.shown().nodes()) {
            String id = "n" + ids.size();
            ids.put(node.id(), id);
            out.append("  ").append(id).append(form(node, label(view, node))).append('\n');
        }
        for (FlowEdge edge : view.shown().edges()) {
            out.append("  ")
                    .append(ids.get(edge.from()))
                    .append(edge.uncertain() ? " -.-> " : " --> ")
                    .append(ids.get(edge.to()))
                    .append('\n');
        }
        return out.toString();
    }

    private static String form(FlowNode node, String label) {
        return switch (node.kind()) {
            case FILE -> "[(" + label + ")]";
            case MODEL -> "{{" + label + "}}";
            case STEP, CHAIN -> "([" + label + "])";
            case PLOT, MEASURE, BUNDLE -> ">" + label + "]";
            case FRAME, SERIES, ARRAY, VALUE, UNKNOWN -> "[" + label + "]";
        };
    }

    private static String label(View view, FlowNode node) {
        String version = node.version() > 1 ? " v" + node.version() : "";
        String change = view.change(node);
        String second = Card.subtitle(node) + (change.isEmpty() ? "" : ", " + change);
        return '"' + text(Card.title(node) + version) + (second.isEmpty() ? "" : "<br/>" + text(second)) + '"';
    }

    private static String text(String words) {
        String line = Excerpt.of(TerminalText.line(words), MAX);
        StringBuilder out = new StringBuilder();
        line.codePoints().forEach(c -> {
            if (c < 0x80 && !Character.isLetterOrDigit(c) && " .,_-/·=".indexOf(c) < 0) {
                // Mermaid's own form of a letter by its number: nothing can end the label or begin markup.
                out.append('#').append(c).append(';');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
