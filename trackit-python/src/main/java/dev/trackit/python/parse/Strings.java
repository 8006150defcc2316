package dev.trackit.python.parse;

/** The values of string literals. */
final class Strings {

    private Strings() {}

    /**
     * Decodes the characters between quotes.
     *
     * @param flags of the prefix, {@link Chars#RAW} and {@link Chars#BYTES} matter
     * @param doubledBraces whether two braces mean one, as in f-strings
     * @throws Fault if an escape sequence is malformed
     */
    static String decode(char[] text, int start, int end, int flags, boolean doubledBraces) {
        boolean bytes = (flags & Chars.BYTES) != 0;
        boolean plain = true;
        for (int i = start; i < end; i++) {
            char c = text[i];
            if (c == '\\' || c == '\r' || doubledBraces && (c == '{' || c == '}')) {
                plain = false;
            }
            if (bytes && c >= 128) {
                throw new Fault("bytes can only contain ASCII literal characters", i);
            }
        }
        if (plain) {
            return new String(text, start, end - start);
        }
        return new Decoder(text, end, (flags & Chars.RAW) != 0, bytes, doubledBraces).decode(start);
    }

    /** The text with every line end as Python sees it. */
    static String newlines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static final class Decoder {
        private final char[] text;
        private final int end;
        private final boolean raw;
        private final boolean bytes;
        private final boolean doubledBraces;
        private final StringBuilder value;

        Decoder(char[] text, int end, boolean raw, boolean bytes, boolean doubledBraces) {
            this.text = text;
            this.end = end;
            this.raw = raw;
            this.bytes = bytes;
            this.doubledBraces = doubledBraces;
            this.value = new StringBuilder();
        }

        String decode(int start) {
            int at = start;
            while (at < end) {
                char c = text[at];
                if (c == '\r') {
                    value.append('\n');
                    at += at + 1 < end && text[at + 1] == '\n' ? 2 : 1;
                } else if (c == '\\' && !raw && at + 1 < end) {
                    at = escape(at);
                } else {
                    value.append(c);
                    boolean doubled = doubledBraces && (c == '{' || c == '}') && at + 1 < end && text[at + 1] == c;
                    at += doubled ? 2 : 1;
                }
            }
            return value.toString();
        }

        /** Decodes the escape sequence whose backslash is at {@code at}; returns the offset after it. */
        private int escape(int at) {
            char c = text[at + 1];
            switch (c) {
                case '\n' -> {}
                case '\r' -> {
                    return at + 2 < end && text[at + 2] == '\n' ? at + 3 : at + 2;
                }
                case '\\', '\'', '"' -> value.append(c);
                case 'a' -> value.append('\u0007');
                case 'b' -> value.append('\b');
                case 'f' -> value.append('\f');
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case 'v' -> value.append('\u000b');
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    return octal(at + 1);
                }
                case 'x' -> {
                    return hex(at, 2);
                }
                case 'u', 'U', 'N' -> {
                    if (!bytes) {
                        return c == 'N' ? named(at) : hex(at, c == 'u' ? 4 : 8);
                    }
                    value.append('\\').append(c);
                }
                default -> {
                    // an unknown escape keeps its backslash; a brace after it may be a doubled one
                    value.append('\\');
                    return at + 1;
                }
            }
            return at + 2;
        }

        private int octal(int start) {
            int at = start;
            int code = 0;
            while (at < end && at < start + 3 && text[at] >= '0' && text[at] <= '7') {
                code = code * 8 + text[at] - '0';
                at++;
            }
            value.append((char) (bytes ? code & 0xFF : code));
            return at;
        }

        private int hex(int backslash, int digits) {
            int start = backslash + 2;
            long code = 0;
            for (int i = start; i < start + digits; i++) {
                int digit = i < end && text[i] < 128 ? Character.digit(text[i], 16) : -1;
                if (digit < 0) {
                    throw new Fault("truncated \\" + text[backslash + 1] + " escape", backslash);
                }
                code = code * 16 + digit;
            }
            if (code > Character.MAX_CODE_POINT) {
                throw new Fault("illegal Unicode character", backslash);
            }
            value.appendCodePoint((int) code);
            return start + digits;
        }

        private int named(int backslash) {
            int close = backslash + 3;
            while (close < end && text[close] != '}') {
                close++;
            }
            if (backslash + 2 >= end || text[backslash + 2] != '{' || close >= end || close == backslash + 3) {
                throw new Fault("malformed \\N character escape", backslash);
            }
            value.appendCodePoint(codePoint(new String(text, backslash + 3, close - backslash - 3)));
            return close + 1;
        }

        /** The character of that name; the replacement character if this Java's Unicode does not know the name. */
        private static int codePoint(String name) {
            try {
                return Character.codePointOf(name);
            } catch (IllegalArgumentException unknown) {
                return 0xFFFD;
            }
        }
    }
}
