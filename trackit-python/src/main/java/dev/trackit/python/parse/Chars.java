package dev.trackit.python.parse;

/** Classes of characters, and the prefixes of strings. */
final class Chars {

    static final int RAW = 1;
    static final int BYTES = 2;
    static final int FORMATTED = 4;
    static final int TEMPLATE = 8;

    private static final byte NAME_START = 1;
    private static final byte NAME_PART = 2;
    private static final byte[] CLASSES = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            boolean digit = c >= '0' && c <= '9';
            CLASSES[c] = letter ? NAME_START | NAME_PART : digit ? NAME_PART : 0;
        }
    }

    private Chars() {}

    /** Whether an ASCII letter or underscore. */
    static boolean isNameStart(char c) {
        return c < 128 && (CLASSES[c] & NAME_START) != 0;
    }

    /** Whether an ASCII letter, digit or underscore. */
    static boolean isNamePart(char c) {
        return c < 128 && (CLASSES[c] & NAME_PART) != 0;
    }

    /** Whether a blank or a line end. */
    static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isUnicodeStart(int c) {
        return c == '_' || Character.isUnicodeIdentifierStart(c);
    }

    static boolean isUnicodePart(int c) {
        return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
    }

    /** The flags of a string prefix of up to two letters, or -1 if it is none. */
    static int prefix(char[] text, int start, int end) {
        int flags = 0;
        boolean unicode = false;
        for (int i = start; i < end; i++) {
            int flag =
                    switch (text[i]) {
                        case 'r', 'R' -> RAW;
                        case 'b', 'B' -> BYTES;
                        case 'f', 'F' -> FORMATTED;
                        case 't', 'T' -> FORMATTED | TEMPLATE;
                        case 'u', 'U' -> 0;
                        default -> -1;
                    };
            if (flag < 0 || (flags & flag) != 0 || flag == 0 && i > start) {
                return -1;
            }
            if (unicode && flag != RAW || (flags | flag) > (BYTES | RAW) && ((flags | flag) & BYTES) != 0) {
                return -1;
            }
            unicode |= flag == 0;
            flags |= flag;
        }
        return flags;
    }
}
