package dev.trackit.runner.cli;

import java.util.regex.Pattern;

/**
 * Makes text from notebooks safe and fit for a terminal. A notebook may hold anything: colour codes of tracebacks, but also
 * sequences that move the cursor, change the window's title or answer as if the user had typed, and marks that reverse the
 * direction of text so that it reads otherwise than it runs.
 */
public final class TerminalText {
    // Control sequences (ECMA-48): CSI with parameters, strings (OSC, DCS, SOS, PM, APC) up to their end, other
    // two-character ones.
    private static final Pattern ESCAPES = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]?"
            + "|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c|$)?"
            + "|\u001b[ -/]*[0-~]?");

    private TerminalText() {}

    /** The text without control sequences and invisible marks; line ends and tabs stay. */
    public static String clean(String text) {
        if (isPlain(text)) {
            return text;
        }
        String withoutEscapes = ESCAPES.matcher(text).replaceAll("");
        StringBuilder out = new StringBuilder(withoutEscapes.length());
        withoutEscapes.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !isHidden(c)) {
                out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
            }
        });
        return out.toString();
    }

    /** The text cleaned and on one line: line ends and tabs become spaces. */
    public static String line(String text) {
        String clean = clean(text);
        return clean.indexOf('\n') < 0 && clean.indexOf('\t') < 0
                ? clean
                : clean.replace('\n', ' ').replace('\t', ' ');
    }

    /** The text on one line, and cut with an ellipsis so that it takes at most this many columns. */
    public static String fit(String text, int columns) {
        String line = line(text);
        if (columns <= 0 || line.length() <= columns && width(line) <= columns) {
            return columns <= 0 ? "" : line;
        }
        StringBuilder out = new StringBuilder();
        int used = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            int w = width(c);
            if (used + w > columns - 1) {
                break;
            }
            out.appendCodePoint(c);
            used += w;
            i += Character.charCount(c);
        }
        return out.append('…').toString();
    }

    /** The text, with spaces after it up to this many columns. */
    public static String pad(String text, int columns) {
        int missing = columns - width(text);
        return missing <= 0 ? text : text + " ".repeat(missing);
    }

    /** How many columns the text takes, which has no control characters. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += width(c);
            i += Character.charCount(c);
        }
        return width;
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    // East Asian wide and full-width ranges, and pictographs, in rough: enough to keep columns straight.
    private static boolean isWide(int c) {
        return c >= 0x1100 && c <= 0x115F
                || c >= 0x2E80 && c <= 0xA4CF
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60
                || c >= 0xFFE0 && c <= 0xFFE6
                || c >= 0x1F300 && c <= 0x1FAFF
                || c >= 0x20000 && c <= 0x3FFFD;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7F || c < 0x20 && c != '\n' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    // Control characters, and the marks that change the direction of text or hide in it.
    private static boolean isHidden(int c) {
        return c < 0x20
                || c >= 0x7F && c <= 0x9F
                || c >= 0x200E && c <= 0x200F
                || c >= 0x2028 && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069
                || c == 0x061C
                || c == 0xFEFF
                || c >= 0xE0000 && c <= 0xE007F;
    }
}
