package dev.trackit.jupyter.wire;

import dev.trackit.jupyter.bytes.PlainBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the fields of an object whose values are strings, numbers and words: what headers, states, inputs and prints are, and so nearly all that a
 * kernel sends. A parser made for each of them costs ten times as much. Takes only what is certainly valid, and leaves all else to the
 * parser. Used once.
 */
final class FlatObject {
    private static final int MOST_FIELDS = 64;
    /** The names of contents' fields, to make no new text of each. */
    private static final String[] NAME_TEXTS = {"execution_state", "name", "text", "code", "execution_count"};

    private static final byte[][] NAMES = new byte[NAME_TEXTS.length][];

    static {
        for (int i = 0; i < NAMES.length; i++) {
            NAMES[i] = NAME_TEXTS[i].getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final byte[] json;

    private final int end;
    private int at;
    private int name;
    private int nameEnd;
    private int value;
    private int fields;
    private boolean escaped;
    private boolean wide;
    private boolean whole;

    /** Begins before the first field of the object in these bytes. */
    FlatObject(byte[] json, int start, int end) {
        this.json = json;
        this.at = start;
        this.end = end;
    }

    /** The fields in order, as places in these bytes; null if a parser must look. */
    static @Nullable Map<String, JsonSpan> fields(byte[] json, int start, int end) {
        FlatObject object = new FlatObject(json, start, end);
        Map<String, JsonSpan> fields = new LinkedHashMap<>(4);
        while (object.next()) {
            fields.put(object.name(), object.value());
        }
        return object.isWhole() ? fields : null;
    }

    /** Goes to the next field. @return false if there is none, or a parser must look */
    boolean next() {
        if (fields == 0 ? !take('{') : !take(',')) {
            whole = fields > 0 && take('}') && isAtEnd();
            return false;
        }
        if (fields == 0 && take('}')) {
            whole = isAtEnd();
            return false;
        }
        return ++fields <= MOST_FIELDS && field();
    }

    /** Whether all was valid, to the end. */
    boolean isWhole() {
        return whole;
    }

    /** Whether the field has this name, in ASCII. */
    boolean isNamed(byte[] ascii) {
        return Arrays.equals(json, name, nameEnd, ascii, 0, ascii.length);
    }

    private String name() {
        for (int i = 0; i < NAMES.length; i++) {
            if (isNamed(NAMES[i])) {
                return NAME_TEXTS[i];
            }
        }
        return new String(json, name, nameEnd - name, StandardCharsets.UTF_8);
    }

    /** Whether the field's value is this text, in ASCII; may be wrong in that it is, but written in another way. */
    boolean isText(byte[] ascii) {
        return Arrays.equals(json, textStart(), textEnd(), ascii, 0, ascii.length);
    }

    /** Whether the field's value is this text; may be wrong in that it is, but written in another way. */
    boolean isText(String text) {
        int start = textStart();
        if (textEnd() - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (json[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the text of the field's value begins, if it is one in ASCII without escape sequences; else where it ends. */
    int textStart() {
        return isAscii() ? value + 1 : at - 1;
    }

    /** Where the text of the field's value ends. */
    int textEnd() {
        return at - 1;
    }

    private boolean isAscii() {
        return json[value] == '"' && !escaped && !wide;
    }

    /** The text of the field's value, if that is a string; the source text of any other value. */
    String text() {
        return isAscii() ? new String(json, value + 1, at - value - 2, StandardCharsets.ISO_8859_1) : value().text();
    }

    /** The value of the field. */
    JsonSpan value() {
        return JsonSpan.of(json, value, at);
    }

    private boolean field() {
        skipSpace();
        name = at + 1;
        escaped = false;
        if (!skipString() || escaped) {
            return false;
        }
        nameEnd = at - 1;
        if (!take(':')) {
            return false;
        }
        skipSpace();
        value = at;
        escaped = false;
        wide = false;
        return skipScalar();
    }

    private boolean isAtEnd() {
        skipSpace();
        return at == end;
    }

    private void skipSpace() {
        while (at < end && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    private boolean take(char expected) {
        skipSpace();
        if (at < end && json[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skipScalar() {
        if (at < end && json[at] == '"') {
            return skipString();
        }
        return skipWord("true") || skipWord("false") || skipWord("null") || skipInteger();
    }

    private boolean skipWord(String word) {
        if (end - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (json[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** Whole numbers only: others are rare. */
    private boolean skipInteger() {
        int from = at;
        if (at < end && json[at] == '-') {
            at++;
        }
        int digits = at;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        boolean leadingZero = at - digits > 1 && json[digits] == '0';
        return at > digits && !leadingZero && at - from < 20;
    }

    private boolean skipString() {
        if (at >= end || json[at] != '"') {
            return false;
        }
        int i = at + 1;
        while (i < end) {
            i = PlainBytes.end(json, i, end);
            if (i == end) {
                return false;
            }
            byte b = json[i];
            if (b == '"') {
                at = i + 1;
                return true;
            } else if (b == '\\') {
                escaped = true;
                int length = escape(i);
                if (length == 0) {
                    return false;
                }
                i += length;
            } else {
                wide = true;
                int length = b < 0 ? character(i) : 0; // or a control character, which is not allowed
                if (length == 0) {
                    return false;
                }
                i += length;
            }
        }
        return false;
    }

    /** The length of the escape sequence here; 0 if it is none. */
    private int escape(int from) {
        if (from + 1 >= end) {
            return 0;
        }
        if (json[from + 1] != 'u') {
            return "\"\\/bfnrt".indexOf(json[from + 1]) < 0 ? 0 : 2;
        }
        if (from + 6 > end) {
            return 0;
        }
        for (int i = from + 2; i < from + 6; i++) {
            if (Character.digit(json[i], 16) < 0) {
                return 0;
            }
        }
        return 6;
    }

    /** The length of the character of two to four bytes here; 0 if these are not UTF-8. */
    private int character(int from) {
        int lead = json[from] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (from + length > end) {
            return 0;
        }
        for (int i = from + 1; i < from + length; i++) {
            if ((json[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        // The rest of what is not UTF-8, overlong forms and surrogates, shows in the second byte.
        int second = length > 2 ? json[from + 1] & 0xFF : 0x90;
        boolean wrong = lead == 0xE0 && second < 0xA0
                || lead == 0xED && second > 0x9F
                || lead == 0xF0 && second < 0x90
                || lead == 0xF4 && second > 0x8F;
        return wrong ? 0 : length;
    }
}
