package dev.trackit.python.parse;

import org.jspecify.annotations.Nullable;

/**
 * What IPython strips before it looks at a cell: the indentation of the first line from all lines, and the prompts of a
 * pasted session of Python ({@code >>>}, {@code ...}) or IPython ({@code In [1]:}, {@code ...:}).
 *
 * <p>Rules as in {@code IPython.core.inputtransformer2}.
 */
final class Prompts {

    private Prompts() {}

    /** The number of characters to strip from each line, or null if there is nothing to strip. */
    static int @Nullable [] stripped(SourceText text) {
        int first = firstLine(text);
        if (first < 0) {
            return null;
        }
        int indent = blanks(text, text.lineStarts[first], text.length);
        int start = text.lineStarts[first] + indent;
        int bom = first == 0 && indent == 0 && text.chars[start] == '\uFEFF' ? 1 : 0;
        boolean mayHavePrompt = "I>.".indexOf(text.chars[start + bom < text.length ? start + bom : start]) >= 0
                || first + 1 < text.lineCount && startsContinuation(text, first + 1, indent);
        if (indent == 0 && bom == 0 && !mayHavePrompt) {
            return null;
        }
        int[] stripped = new int[text.lineCount];
        stripped[first] = bom;
        for (int line = first; line < text.lineCount && indent > 0; line++) {
            if (sharesIndent(text, text.lineStarts[first], indent, text.lineStarts[line])) {
                stripped[line] = indent;
            }
        }
        strip(text, stripped, first, false);
        strip(text, stripped, first, true);
        return stripped;
    }

    private static boolean startsContinuation(SourceText text, int line, int indent) {
        int at = text.lineStarts[line] + Math.min(indent, text.lineEnd(line) - text.lineStarts[line]);
        at += blanks(text, at, text.length);
        return at < text.length && (text.chars[at] == '.' || text.chars[at] == '>' || text.chars[at] == 'I');
    }

    private static void strip(SourceText text, int[] stripped, int first, boolean ipython) {
        boolean initial =
                ipython ? ipythonPrompt(text, stripped, first, true) > 0 : classicInitial(text, stripped, first);
        boolean second = first + 1 < text.lineCount && prompt(text, stripped, first + 1, ipython) > 0;
        if (!initial && !second) {
            return;
        }
        for (int line = first; line < text.lineCount; line++) {
            stripped[line] += prompt(text, stripped, line, ipython);
        }
    }

    private static boolean classicInitial(SourceText text, int[] stripped, int line) {
        return text.chars[Math.min(text.length - 1, text.lineStarts[line] + stripped[line])] == '>'
                && prompt(text, stripped, line, false) > 0;
    }

    private static int prompt(SourceText text, int[] stripped, int line, boolean ipython) {
        return ipython ? ipythonPrompt(text, stripped, line, false) : classicPrompt(text, stripped, line);
    }

    /** The length of {@code >>>} or {@code ...} and the space after it. */
    private static int classicPrompt(SourceText text, int[] stripped, int line) {
        int at = text.lineStarts[line] + stripped[line];
        int end = text.lineEnd(line);
        if (end - at < 3 || !(same(text, at, ">>>") || same(text, at, "..."))) {
            return 0;
        }
        if (end - at == 3) {
            return 3;
        }
        return text.chars[at + 3] == ' ' ? 4 : 0;
    }

    /** The length of {@code In [1]: } or {@code    ...: }. */
    private static int ipythonPrompt(SourceText text, int[] stripped, int line, boolean initialOnly) {
        int start = text.lineStarts[line] + stripped[line];
        int end = text.lineEnd(line);
        int at = start;
        if (end - at > 5 && same(text, at, "In [")) {
            at += 4;
            int digits = at;
            while (at < end && text.chars[at] >= '0' && text.chars[at] <= '9') {
                at++;
            }
            boolean closed = at > digits && end - at >= 2 && same(text, at, "]:");
            return !closed
                    ? 0
                    : at + 2 < end && text.chars[at + 2] == ' ' ? at + 3 - start : at + 2 == end ? at + 2 - start : 0;
        }
        if (initialOnly) {
            return 0;
        }
        at += blanks(text, at, end);
        int dots = at;
        while (at < end && text.chars[at] == '.') {
            at++;
        }
        if (at - dots < 3 || at >= end || text.chars[at] != ':') {
            return 0;
        }
        at++;
        return (at < end && text.chars[at] == ' ' ? at + 1 : at) - start;
    }

    /** The first line that is not blank, or -1. */
    private static int firstLine(SourceText text) {
        for (int line = 0; line < text.lineCount; line++) {
            int start = text.lineStarts[line];
            int end = text.lineEnd(line);
            if (blanks(text, start, end) < end - start) {
                return line;
            }
        }
        return -1;
    }

    private static int blanks(SourceText text, int start, int end) {
        int at = start;
        while (at < end && (text.chars[at] == ' ' || text.chars[at] == '\t')) {
            at++;
        }
        return at - start;
    }

    private static boolean sharesIndent(SourceText text, int model, int indent, int start) {
        for (int i = 0; i < indent; i++) {
            if (start + i >= text.length || text.chars[start + i] != text.chars[model + i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(SourceText text, int at, String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (text.chars[at + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
