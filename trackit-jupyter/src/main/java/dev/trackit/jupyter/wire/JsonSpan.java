package dev.trackit.jupyter.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.trackit.jupyter.bytes.ByteSink;
import dev.trackit.jupyter.bytes.PlainBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One JSON value as it stands in the bytes of a message, not decoded. A message may hold a picture or a print of any length of which only the
 * digest is wanted: its string is walked over where it stands, and never becomes a Java string, so that no limit on strings can be hit.
 */
public final class JsonSpan {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxNameLength(10_000)
                    .maxNumberLength(1_000)
                    .maxStringLength(1_000_000)
                    .build())
            .build();
    private static final int MAX_FIELDS = 10_000;
    private static final int MAX_ELEMENTS = 2_000_000;

    private final byte[] json;
    private final int start;
    private final int end;

    private JsonSpan(byte[] json, int start, int end) {
        this.json = json;
        this.start = start;
        this.end = end;
    }

    /** The value that these bytes hold. The array is not copied. */
    public static JsonSpan of(byte[] json) {
        return new JsonSpan(json, 0, json.length);
    }

    /** The value at this place. The array is not copied. */
    static JsonSpan of(byte[] json, int start, int end) {
        return new JsonSpan(json, start, end);
    }

    /**
     * The fields of an object in order, the last one where a name stands twice; empty if this is no object.
     *
     * @throws IOException if it is not valid JSON
     */
    public Map<String, JsonSpan> fields() throws IOException {
        Map<String, JsonSpan> flat = FlatObject.fields(json, start, end);
        if (flat != null) {
            return flat;
        }
        Map<String, JsonSpan> fields = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(json, start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return fields;
            }
            JsonToken token = parser.nextToken();
            while (token == JsonToken.FIELD_NAME && fields.size() < MAX_FIELDS) {
                String name = parser.currentName();
                parser.nextToken();
                int from = at(parser);
                parser.skipChildren();
                token = parser.nextToken();
                fields.put(name, new JsonSpan(json, from, trim(from, at(parser))));
            }
        }
        return fields;
    }

    /**
     * The elements of an array in order; empty if this is no array.
     *
     * @throws IOException if it is not valid JSON
     */
    public List<JsonSpan> elements() throws IOException {
        List<JsonSpan> elements = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json, start, end - start)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return elements;
            }
            JsonToken token = parser.nextToken();
            while (token != null && token != JsonToken.END_ARRAY && elements.size() < MAX_ELEMENTS) {
                int from = at(parser);
                parser.skipChildren();
                token = parser.nextToken();
                elements.add(new JsonSpan(json, from, trim(from, at(parser))));
            }
        }
        return elements;
    }

    /** Whether this is a string. */
    public boolean isString() {
        return end - start >= 2 && json[start] == '"';
    }

    /** Whether this is an array. */
    public boolean isArray() {
        return end - start >= 2 && json[start] == '[';
    }

    /** The text of a string; the source text of any other value. */
    public String text() {
        if (!isString()) {
            return new String(json, start, end - start, StandardCharsets.UTF_8);
        }
        int plain = start + 1;
        while (plain < end - 1 && json[plain] != '\\') {
            plain++;
        }
        return plain == end - 1
                ? new String(json, start + 1, plain - start - 1, StandardCharsets.UTF_8)
                : unescaped(plain);
    }

    /** The text of a string, whose first escape sequence stands here. Each sequence is longer than what it means. */
    private String unescaped(int firstEscape) {
        byte[] out = new byte[end - start];
        int length = firstEscape - start - 1;
        System.arraycopy(json, start + 1, out, 0, length);
        int i = firstEscape;
        while (i < end - 1) {
            byte b = json[i];
            if (b != '\\') {
                out[length++] = b;
                i++;
                continue;
            }
            int point = escaped(i);
            i += json[i + 1] == 'u' ? point >= 0x10000 ? 12 : 6 : 2;
            length += encode(point, out, length);
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** The number; empty if this is no whole number of 32 bits. */
    public OptionalInt integer() {
        if (end - start > 11) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether this is {@code true}. */
    public boolean isTrue() {
        return end - start == 4 && json[start] == 't';
    }

    /** The length in bytes as it stands. */
    public int length() {
        return end - start;
    }

    /** Writes the text of a string as UTF-8, an unpaired surrogate as U+FFFD. */
    public void writeText(ByteSink sink) {
        int from = start + 1;
        int to = end - 1;
        int plain = from;
        int i = from;
        byte[] out = new byte[4];
        while (i < to) {
            i = PlainBytes.end(json, i, to);
            if (i < to && json[i] != '\\') {
                do {
                    i++;
                } while (i < to && json[i] < 0);
                continue;
            }
            if (i == to) {
                break;
            }
            if (i > plain) {
                sink.write(json, plain, i - plain);
            }
            int point = escaped(i);
            i += json[i + 1] == 'u' ? point >= 0x10000 ? 12 : 6 : 2;
            sink.write(out, 0, encode(point, out, 0));
            plain = i;
        }
        if (to > plain) {
            sink.write(json, plain, to - plain);
        }
    }

    /** Writes the source text without the white space between tokens. */
    public void writeCompact(ByteSink sink) {
        boolean inString = false;
        int plain = start;
        for (int i = start; i < end; i++) {
            byte b = json[i];
            if (inString) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b == '"') {
                inString = true;
            } else if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                if (i > plain) {
                    sink.write(json, plain, i - plain);
                }
                plain = i + 1;
            }
        }
        if (end > plain) {
            sink.write(json, plain, end - plain);
        }
    }

    /** The code point of the escape sequence that begins here. */
    private int escaped(int at) {
        switch (json[at + 1]) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                int unit = hex(at + 2);
                if (Character.isHighSurrogate((char) unit)
                        && at + 11 < end
                        && json[at + 6] == '\\'
                        && json[at + 7] == 'u') {
                    int low = hex(at + 8);
                    if (Character.isLowSurrogate((char) low)) {
                        return Character.toCodePoint((char) unit, (char) low);
                    }
                }
                return Character.isSurrogate((char) unit) ? 0xFFFD : unit;
            default:
                return json[at + 1];
        }
    }

    private int hex(int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 4 | Math.max(Character.digit(json[i], 16), 0);
        }
        return value;
    }

    /** Writes a code point as UTF-8. @return its length */
    private static int encode(int point, byte[] out, int at) {
        if (point < 0x80) {
            out[at] = (byte) point;
            return 1;
        }
        byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, out, at, utf8.length);
        return utf8.length;
    }

    private int at(JsonParser parser) {
        return start + (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The end of a value, given where the next token begins: what is between is a comma and white space. */
    private int trim(int from, int next) {
        int to = next;
        while (to > from && isBetweenTokens(json[to - 1])) {
            to--;
        }
        return to;
    }

    private static boolean isBetweenTokens(byte b) {
        return b == ',' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
