package dev.trackit.jupyter.notebook;

import dev.trackit.jupyter.bytes.ByteSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Passes the inside of JSON strings, decoding them or not. The window stands after the opening quote before each call, and
 * after the closing quote afterwards.
 */
final class JsonStrings {
    /** What each escape of two characters means, by its second; 0 for all others. */
    private static final byte[] MEANING = meaning();

    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private final ByteWindow window;
    private final byte[] scratch = new byte[4];

    JsonStrings(ByteWindow window) {
        this.window = window;
    }

    /** Writes what the string means, as well-formed UTF-8. */
    void decode(ByteSink sink) throws IOException {
        while (passPlain(sink)) {
            if (window.buffer[window.position] == '\\') {
                decodeEscape(sink);
            } else {
                passWide(sink);
            }
        }
    }

    /** Writes the string as it is written, escapes and all. */
    void copy(@Nullable ByteSink sink) throws IOException {
        while (passPlain(sink)) {
            if (window.buffer[window.position] == '\\') {
                int length = escapeLength();
                if (sink != null) {
                    sink.write(window.buffer, window.position, length);
                }
                window.position += length;
            } else {
                passWide(sink);
            }
        }
    }

    /** Passes plain characters up to something special, which then stands in the window; false if the string ended. */
    private boolean passPlain(@Nullable ByteSink sink) throws IOException {
        while (true) {
            int from = window.position;
            int to = window.endOfPlain();
            if (to > from) {
                if (sink != null) {
                    sink.write(window.buffer, from, to - from);
                }
                window.position = to;
            }
            if (window.has(1)) {
                byte b = window.buffer[window.position];
                if (b == '"') {
                    window.position++;
                    return false;
                } else if (b == '\\' || b < 0) {
                    return true;
                } else if (b < ' ') {
                    throw controlCharacter(b);
                }
            } else {
                throw endsEarly();
            }
        }
    }

    private JsonFault controlCharacter(byte b) {
        return b == 0
                ? JsonFault.endsEarly(window.offset(), "has zero bytes where text should be")
                : JsonFault.at(window.offset(), String.format("has the bare control character 0x%02X in a string", b));
    }

    /** The length of the escape that stands next, which is in the window whole. */
    private int escapeLength() throws IOException {
        if (!window.has(2)) {
            throw endsEarly();
        }
        switch (window.buffer[window.position + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return 2;
            }
            case 'u' -> {
                if (!window.has(6)) {
                    throw endsEarly();
                }
                if (hex4(2) < 0) {
                    throw JsonFault.at(window.offset(), "has a \\u escape without four hexadecimal digits");
                }
                return 6;
            }
            default -> throw JsonFault.at(window.offset(), "has a backslash that begins no escape of JSON");
        }
    }

    private void decodeEscape(ByteSink sink) throws IOException {
        int meaning = window.has(2) ? MEANING[window.buffer[window.position + 1] & 0xFF] : 0;
        if (meaning != 0) {
            scratch[0] = (byte) meaning;
            sink.write(scratch, 0, 1);
            window.position += 2;
        } else if (escapeLength() == 6) {
            decodeUnicode(sink);
        }
    }

    private static byte[] meaning() {
        byte[] meaning = new byte[256];
        String escapes = "\"\\/bfnrt";
        String meant = "\"\\/\b\f\n\r\t";
        for (int i = 0; i < escapes.length(); i++) {
            meaning[escapes.charAt(i)] = (byte) meant.charAt(i);
        }
        return meaning;
    }

    private void decodeUnicode(ByteSink sink) throws IOException {
        int unit = hex4(2);
        if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
            window.position += 6;
            sink.write(scratch, 0, encode(unit));
            return;
        }
        if (unit <= Character.MAX_HIGH_SURROGATE && window.has(12) && isEscapedUnit(6)) {
            int low = hex4(8);
            if (low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE) {
                window.position += 12;
                sink.write(scratch, 0, encode(Character.toCodePoint((char) unit, (char) low)));
                return;
            }
        }
        window.position += 6;
        sink.write(REPLACEMENT, 0, REPLACEMENT.length);
    }

    private boolean isEscapedUnit(int ahead) {
        int i = window.position + ahead;
        return window.buffer[i] == '\\' && window.buffer[i + 1] == 'u';
    }

    /** The value of four hexadecimal digits at so many bytes ahead, or -1. */
    private int hex4(int ahead) {
        int value = 0;
        for (int i = window.position + ahead; i < window.position + ahead + 4; i++) {
            int digit = Character.digit(window.buffer[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    private int encode(int codePoint) {
        if (codePoint < 0x80) {
            scratch[0] = (byte) codePoint;
            return 1;
        } else if (codePoint < 0x800) {
            scratch[0] = (byte) (0xC0 | (codePoint >> 6));
            scratch[1] = (byte) (0x80 | (codePoint & 0x3F));
            return 2;
        } else if (codePoint < 0x10000) {
            scratch[0] = (byte) (0xE0 | (codePoint >> 12));
            scratch[1] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            scratch[2] = (byte) (0x80 | (codePoint & 0x3F));
            return 3;
        }
        scratch[0] = (byte) (0xF0 | (codePoint >> 18));
        scratch[1] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        scratch[2] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        scratch[3] = (byte) (0x80 | (codePoint & 0x3F));
        return 4;
    }

    /** Passes one character outside ASCII; what is not well-formed becomes U+FFFD, byte by byte. */
    private void passWide(@Nullable ByteSink sink) throws IOException {
        window.has(4);
        int length = wellFormedLength();
        if (sink != null) {
            if (length > 0) {
                sink.write(window.buffer, window.position, length);
            } else {
                sink.write(REPLACEMENT, 0, REPLACEMENT.length);
            }
        }
        window.position += Math.max(length, 1);
    }

    /** The length of the well-formed sequence at the position (Unicode standard, table 3-7), or 0. */
    private int wellFormedLength() {
        byte[] b = window.buffer;
        int i = window.position;
        int lead = b[i] & 0xFF;
        int length = lead >= 0xC2 && lead <= 0xDF
                ? 2
                : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
        if (length == 0 || window.limit - i < length) {
            return 0;
        }
        int second = b[i + 1] & 0xFF;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((b[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private JsonFault endsEarly() {
        return JsonFault.endsEarly(window.offset(), "ends too early, inside a string");
    }
}
