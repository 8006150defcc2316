package dev.trackit.python.parse;

/** The end of a line that asks for help: a dotted name, perhaps with stars or a magic's percent signs, and {@code ?}. */
final class HelpLine {

    private HelpLine() {}

    /** Whether the text ends with a name and one or two question marks. */
    static boolean isHelp(char[] text, int start, int end) {
        return nameStart(text, start, nameEnd(text, start, end)) >= 0;
    }

    /** The offset before the question marks. */
    static int nameEnd(char[] text, int start, int end) {
        int at = end;
        while (at > start && end - at < 2 && text[at - 1] == '?') {
            at--;
        }
        return at;
    }

    /** Where the name begins that ends at {@code end}; -1 if there is none. */
    static int nameStart(char[] text, int start, int end) {
        int at = end;
        while (at > start && isPart(text, start, at)) {
            at--;
        }
        while (at < end && (text[at] == '.' || text[at] >= '0' && text[at] <= '9')) {
            at++;
        }
        if (at >= end || text[end - 1] == '.') {
            return -1;
        }
        int percents = at;
        while (percents > start && at - percents < 2 && text[percents - 1] == '%') {
            percents--;
        }
        return percents;
    }

    private static boolean isPart(char[] text, int start, int at) {
        char c = text[at - 1];
        if (c == ']') {
            int digits = at - 2;
            while (digits > start && Chars.isDigit(text[digits])) {
                digits--;
            }
            return digits < at - 2 && text[digits] == '[';
        }
        return c == '.' || c == '*' || c == '[' || Character.isUnicodeIdentifierPart(c) || Chars.isNamePart(c);
    }
}
