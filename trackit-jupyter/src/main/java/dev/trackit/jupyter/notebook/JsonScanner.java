package dev.trackit.jupyter.notebook;

import dev.trackit.api.Excerpt;
import dev.trackit.jupyter.bytes.ByteSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text front to back, never holding more of it than the caller asks for.
 *
 * <p>Why not a general parser: those hand out a string's value only after they have buffered it whole, and a notebook's output may be
 * one string of a gigabyte. Here a string's decoded bytes go to a {@link ByteSink} piece by piece, straight from the
 * window.
 *
 * <p>Accepted is JSON as RFC 8259 has it, and what Python's {@code json} module writes and reads beyond it: {@code NaN},
 * {@code Infinity}, {@code -Infinity}, and escapes of lone surrogates, which become U+FFFD. A byte order mark is skipped, and bytes
 * that are not well-formed UTF-8 become U+FFFD too. Stated limits: nesting {@value #MAX_DEPTH}, a member's name
 * {@value #MAX_NAME} bytes, a number {@value #MAX_NUMBER} characters. No number is ever converted here, so {@code 1e999999} costs
 * nothing.
 *
 * <p>Not safe for use by several threads. Throws {@link JsonFault} where the text is wrong or ends.
 */
final class JsonScanner {
    static final int MAX_DEPTH = 1_000;
    static final int MAX_NAME = 65_536;
    static final int MAX_NUMBER = 1_000;

    /** What stands next. */
    enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    private final ByteWindow window;
    private final JsonStrings strings;
    private final boolean[] isObject = new boolean[MAX_DEPTH + 1];
    private final boolean[] started = new boolean[MAX_DEPTH + 1];
    private int depth;

    JsonScanner(ByteWindow window) {
        this.window = window;
        this.strings = new JsonStrings(window);
    }

    /** The place in the text, in bytes. */
    long offset() {
        return window.offset();
    }

    /** Passes a byte order mark. A text in UTF-16 or UTF-32 is a fault. */
    void begin() throws IOException {
        if (!window.has(1)) {
            throw JsonFault.endsEarly(0, "is empty");
        }
        window.has(3);
        byte[] b = window.buffer;
        int available = window.limit - window.position;
        if (available >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
            window.position += 3;
        } else if (available >= 2 && (b[0] & 0xFE) == 0xFE && (b[1] & 0xFE) == 0xFE && b[0] != b[1]) {
            throw JsonFault.at(0, "is written in UTF-16 or UTF-32, not in UTF-8 as notebooks are");
        } else if (b[0] == 0) {
            throw JsonFault.endsEarly(0, "begins with zero bytes");
        }
    }

    /** What stands next. */
    Kind peek() throws IOException {
        int c = significant();
        return switch (c) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> {
                if (c == '-' || c == 'N' || c == 'I' || (c >= '0' && c <= '9')) {
                    yield Kind.NUMBER;
                }
                throw unexpected(c);
            }
        };
    }

    /** Enters the object that stands next. */
    void enterObject() throws IOException {
        enter('{', true);
    }

    /** Enters the array that stands next. */
    void enterArray() throws IOException {
        enter('[', false);
    }

    /** The name of the next member, whose value then stands next; null at the end of the object, which is left. */
    @Nullable
    String nextName() throws IOException {
        if (!advance('}')) {
            return null;
        }
        quote();
        BoundedText name = new BoundedText(MAX_NAME, "a member's name");
        strings.decode(name);
        colon();
        return name.toString();
    }

    /** Whether another element stands next; if not, the array is left. */
    boolean nextElement() throws IOException {
        return advance(']');
    }

    /** The decoded bytes of the string that stands next, as well-formed UTF-8. */
    void string(ByteSink sink) throws IOException {
        quote();
        strings.decode(sink);
    }

    /**
     * The string that stands next.
     *
     * @param maxBytes a longer one is a fault
     * @param what names it in the fault
     */
    String string(int maxBytes, String what) throws IOException {
        BoundedText text = new BoundedText(maxBytes, what);
        string(text);
        return text.toString();
    }

    /** The string that stands next; any other value is skipped, and null. */
    @Nullable
    String stringOrSkip(int maxBytes, String what) throws IOException {
        if (peek() == Kind.STRING) {
            return string(maxBytes, what);
        }
        skip();
        return null;
    }

    /** The number, boolean or null that stands next, as written. */
    String scalar() throws IOException {
        significant();
        StringBuilder text = new StringBuilder();
        while (window.has(1) && isScalarPart(window.buffer[window.position])) {
            text.append((char) window.buffer[window.position++]);
            if (text.length() > MAX_NUMBER) {
                throw JsonFault.at(offset(), "has a number of more than " + MAX_NUMBER + " characters");
            }
        }
        if (!window.has(1)) {
            throw endsEarly();
        }
        String written = text.toString();
        if (!JsonNumbers.isScalar(written)) {
            if (written.isEmpty()) {
                throw unexpected(window.buffer[window.position]);
            }
            throw JsonFault.at(
                    offset() - written.length(), "has \"" + Excerpt.of(written, 40) + "\" where a value should be");
        }
        return written;
    }

    /** Passes the value that stands next, whatever it is. */
    void skip() throws IOException {
        copy(null);
    }

    /**
     * Passes the value that stands next.
     *
     * @param sink gets its source text without the white space between tokens
     */
    void copy(@Nullable ByteSink sink) throws IOException {
        int outside = depth;
        do {
            switch (peek()) {
                case OBJECT -> {
                    enterObject();
                    put(sink, '{');
                }
                case ARRAY -> {
                    enterArray();
                    put(sink, '[');
                }
                case STRING -> copyString(sink);
                default -> {
                    String written = scalar();
                    if (sink != null) {
                        byte[] bytes = written.getBytes(StandardCharsets.ISO_8859_1);
                        sink.write(bytes, 0, bytes.length);
                    }
                }
            }
            while (depth > outside && !copyToNextValue(sink)) {
                // that container was at its end: go on in the one around it
            }
        } while (depth > outside);
    }

    /** Passes these bytes, if they stand next; of a text that is in memory whole. @return whether they did */
    boolean passIfSame(byte[] bytes, int from, int to) {
        return window.passIfSame(bytes, from, to);
    }

    /** Makes sure that nothing but white space follows. */
    void end() throws IOException {
        while (window.has(1)) {
            int c = window.buffer[window.position];
            if (!isWhiteSpace(c)) {
                throw JsonFault.at(offset(), "goes on after the end of the notebook");
            }
            window.position++;
        }
    }

    private boolean copyToNextValue(@Nullable ByteSink sink) throws IOException {
        boolean inObject = isObject[depth];
        boolean first = !started[depth];
        if (!advance(inObject ? '}' : ']')) {
            put(sink, inObject ? '}' : ']');
            return false;
        }
        if (!first) {
            put(sink, ',');
        }
        if (inObject) {
            copyString(sink);
            colon();
            put(sink, ':');
        }
        return true;
    }

    private void copyString(@Nullable ByteSink sink) throws IOException {
        quote();
        put(sink, '"');
        strings.copy(sink);
        put(sink, '"');
    }

    private static void put(@Nullable ByteSink sink, char c) {
        if (sink != null) {
            sink.write(new byte[] {(byte) c}, 0, 1);
        }
    }

    private void enter(char open, boolean object) throws IOException {
        int c = significant();
        if (c != open) {
            throw unexpected(c);
        }
        if (depth == MAX_DEPTH) {
            throw JsonFault.at(offset(), "is nested deeper than " + MAX_DEPTH + " levels");
        }
        window.position++;
        depth++;
        isObject[depth] = object;
        started[depth] = false;
    }

    /** Goes to the next member or element of the innermost container, or leaves it. */
    private boolean advance(char close) throws IOException {
        int c = significant();
        if (c == close) {
            window.position++;
            depth--;
            return false;
        }
        if (started[depth]) {
            if (c != ',') {
                throw unexpected(c);
            }
            window.position++;
        }
        started[depth] = true;
        return true;
    }

    private void quote() throws IOException {
        int c = significant();
        if (c != '"') {
            throw unexpected(c);
        }
        window.position++;
    }

    private void colon() throws IOException {
        int c = significant();
        if (c != ':') {
            throw unexpected(c);
        }
        window.position++;
    }

    /** The next byte that is not white space; it is not passed. */
    private int significant() throws IOException {
        while (true) {
            while (window.position < window.limit) {
                int c = window.buffer[window.position];
                if (!isWhiteSpace(c)) {
                    return c;
                }
                window.position++;
            }
            if (!window.has(1)) {
                throw endsEarly();
            }
        }
    }

    private JsonFault endsEarly() {
        return JsonFault.endsEarly(offset(), "ends too early");
    }

    private JsonFault unexpected(int c) {
        if (c == 0) {
            return JsonFault.endsEarly(offset(), "has zero bytes where text should be");
        }
        String shown = c > ' ' && c < 0x7F ? "\"" + (char) c + "\"" : String.format("the byte 0x%02X", c & 0xFF);
        String advice = c == '<' || c == '=' || c == '>' ? " (marks of a merge conflict?)" : "";
        return JsonFault.at(offset(), "has " + shown + " where JSON allows none" + advice);
    }

    private static boolean isWhiteSpace(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isScalarPart(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '+'
                || c == '.';
    }
}
