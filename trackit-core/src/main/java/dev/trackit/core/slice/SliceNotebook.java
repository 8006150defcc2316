package dev.trackit.core.slice;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a slice as a notebook of format 4.5: a Markdown cell that says what it makes and what speaks against it, then one code cell
 * for each execution that a part came from.
 */
public final class SliceNotebook {
    private SliceNotebook() {}

    /** The notebook's text, UTF-8 to be. */
    public static String text(PythonScript script) {
        List<String> cells = new ArrayList<>();
        cells.add(cell(0, "markdown", String.join("\n\n", script.header())));
        for (PythonScript.Part part : script.parts()) {
            String code =
                    "# " + script.origin(part.execution()) + "\n" + part.code().stripTrailing();
            cells.add(cell(cells.size(), "code", code));
        }
        String kernel = script.slice().target().session().kernelName();
        String metadata = kernel.isEmpty()
                ? "{\"language_info\": {\"name\": \"python\"}}"
                : "{\"kernelspec\": {\"display_name\": " + quoted(kernel) + ", \"language\": \"python\", \"name\": "
                        + quoted(kernel) + "}, \"language_info\": {\"name\": \"python\"}}";
        return "{\n \"cells\": [\n" + String.join(",\n", cells) + "\n ],\n \"metadata\": " + metadata
                + ",\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n";
    }

    private static String cell(int number, String type, String source) {
        String common = "  {\"cell_type\": " + quoted(type) + ", \"id\": \"slice-" + number + "\", \"metadata\": {}, ";
        String code = type.equals("code") ? "\"execution_count\": null, \"outputs\": [], " : "";
        return common + code + "\"source\": " + quoted(source) + "}";
    }

    /** A JSON string literal. */
    private static String quoted(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c == '\n') {
                literal.append("\\n");
            } else if (c < 0x20 || Character.isSurrogate(c) && !isPaired(text, i)) {
                literal.append(String.format("\\u%04x", (int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('"').toString();
    }

    private static boolean isPaired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
