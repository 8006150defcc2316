package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as lines, each linked to the one before. The JSON is written here and not by a library because a log must be
 * able to carry each text that a notebook can hold (generators refuse unpaired surrogates, which become U+FFFD here), because
 * the link is a digest of exactly these bytes, and because it is several times as fast. Not safe for use by several threads.
 */
final class LineEncoder {
    /** The most values that one line may hold, so that a reader needs memory in proportion to the line's length. */
    static final int MAX_VALUES = 4_000_000;

    /** Type of the first line of each segment. */
    static final String HEADER_TYPE = "log.segment";

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final byte[] AT_MEMBER = "\",\"at\":\"".getBytes(US_ASCII);
    private static final byte[] DATA_MEMBER = "\",\"data\":".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final int SLICE = 1024;
    /** Which characters of ASCII stand in a string for themselves. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        for (int c = ' '; c < PLAIN.length; c++) {
            PLAIN[c] = c != '"' && c != '\\';
        }
    }

    private final Bytes out = new Bytes();
    private final ChainDigest digest = new ChainDigest();
    private final InstantText instants = new InstantText();
    private final byte[] link = new byte[LineFormat.LINK];
    /** Map.forEach makes no object for each member, and none is made here for each map. */
    private final BiConsumer<Object, @Nullable Object> member = this::member;

    private long number;
    private int values;

    /** Forgets all lines, and links the next one to a line of this link and number. */
    void begin(byte[] previous, long previousNumber) {
        out.clear();
        System.arraycopy(previous, 0, link, 0, LineFormat.LINK);
        number = previousNumber;
    }

    /** Forgets the lines so far, but not what they are chained to: they have been written. */
    void clear() {
        out.clear();
    }

    /** The lines so far, up to {@link #length()}. */
    byte[] array() {
        return out.array();
    }

    int length() {
        return out.length();
    }

    /** The link of the last line. */
    byte[] link() {
        return link.clone();
    }

    /** The number of the last line. */
    long number() {
        return number;
    }

    /** Adds the first line of a segment; it has the number of the last record before it, and is itself none. */
    void header(LogId log, long segment, Instant created) {
        int start = beginLine(number, HEADER_TYPE, created);
        out.add("{\"notebook\":\"" + log.notebook().value() + "\",\"log\":\"" + log.name() + "\",\"segment\":" + segment
                + ",");
        out.add(LineFormat.PREVIOUS_MEMBER);
        out.add(link);
        out.add(LineFormat.END);
        endLine(start);
    }

    /**
     * Adds a record.
     *
     * @throws StoreException if its line would be longer than the format allows; the lines so far are not changed
     */
    void record(LineageRecord record) {
        int before = out.length();
        try {
            out.limitTo(LineFormat.MAX_LINE - LineFormat.TAIL);
            values = 0;
            int start = beginLine(number + 1, record.type(), record.recordedAt());
            map(record.fields());
            out.checkLimit();
            endLine(start);
            number++;
        } catch (Bytes.LimitException e) {
            out.cutTo(before);
            throw new StoreException("A record of type " + record.type() + " is larger than a line of the log may be ("
                    + LineFormat.MAX_LINE + " bytes, " + MAX_VALUES + " values). Keep its large parts as payloads.");
        }
    }

    private int beginLine(long lineNumber, String type, Instant at) {
        int start = out.length();
        out.add(LineFormat.BEGIN);
        out.add(LineFormat.VERSION);
        out.add(LineFormat.NUMBER_MEMBER);
        out.add(lineNumber);
        out.add(LineFormat.TYPE_MEMBER);
        out.add(type);
        out.add(AT_MEMBER);
        instants.write(at, out);
        out.add(DATA_MEMBER);
        return start;
    }

    private void endLine(int start) {
        digest.link(link, out.array(), start, out.length() - start, link);
        out.add(LineFormat.CHAIN_MEMBER);
        out.add(link);
        out.add(LineFormat.END);
        out.reserve(1);
        out.put('\n');
    }

    private void map(Map<?, ?> map) {
        out.reserve(2);
        out.put('{');
        map.forEach(member);
        if (!map.isEmpty()) {
            out.cutTo(out.length() - 1);
        }
        out.put('}');
    }

    private void member(Object name, @Nullable Object value) {
        text((String) name);
        out.reserve(1);
        out.put(':');
        value(value);
        out.reserve(1);
        out.put(',');
    }

    private void list(List<?> list) {
        out.reserve(1);
        out.put('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                out.reserve(1);
                out.put(',');
            }
            first = false;
            value(element);
        }
        out.reserve(1);
        out.put(']');
    }

    private void value(@Nullable Object value) {
        if (++values > MAX_VALUES) {
            throw new Bytes.LimitException();
        }
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long whole) {
            out.add(whole);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Boolean bool) {
            out.add(bool ? TRUE : FALSE);
        } else if (value instanceof Double real) {
            out.add(real.toString());
        } else {
            out.add(NULL);
        }
    }

    private void text(String text) {
        out.reserve(2);
        out.put('"');
        int length = text.length();
        for (int begin = 0; begin < length; begin += SLICE) {
            int end = Math.min(length, begin + SLICE);
            out.reserve(6 * SLICE + 2);
            out.checkLimit();
            int i = begin;
            while (i < end) {
                i = plain(text, i, end);
                if (i < end) {
                    special(text, i, text.charAt(i));
                    i++;
                }
            }
        }
        out.put('"');
    }

    /** Adds characters that stand for themselves, for which there is room. In local variables: three times as fast as one by one. @return where they end */
    private int plain(String text, int from, int end) {
        byte[] array = out.array();
        int shift = out.length() - from;
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            if (c >= 0x80 || !PLAIN[c]) {
                break;
            }
            array[shift + i++] = (byte) c;
        }
        out.cutTo(shift + i);
        return i;
    }

    private void special(String text, int index, char c) {
        if (c < 0x80) {
            escape(c);
        } else if (c < 0x800) {
            out.put(0xC0 | c >> 6);
            out.put(0x80 | c & 0x3F);
        } else if (!Character.isSurrogate(c)) {
            out.put(0xE0 | c >> 12);
            out.put(0x80 | c >> 6 & 0x3F);
            out.put(0x80 | c & 0x3F);
        } else if (Character.isHighSurrogate(c)) {
            if (index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))) {
                int point = Character.toCodePoint(c, text.charAt(index + 1));
                out.put(0xF0 | point >> 18);
                out.put(0x80 | point >> 12 & 0x3F);
                out.put(0x80 | point >> 6 & 0x3F);
                out.put(0x80 | point & 0x3F);
            } else {
                replacement();
            }
        } else if (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1))) {
            replacement();
        }
    }

    /** U+FFFD for half of a pair: jq and others refuse a whole file for the sake of one such escape. */
    private void replacement() {
        out.put(0xEF);
        out.put(0xBF);
        out.put(0xBD);
    }

    private void escape(char c) {
        int letter =
                switch (c) {
                    case '"', '\\' -> c;
                    case '\n' -> 'n';
                    case '\r' -> 'r';
                    case '\t' -> 't';
                    case '\b' -> 'b';
                    case '\f' -> 'f';
                    default -> 0;
                };
        if (letter == 0) {
            unicode(c);
        } else {
            out.put('\\');
            out.put(letter);
        }
    }

    private void unicode(char c) {
        out.put('\\');
        out.put('u');
        out.put(HEX[c >> 12 & 15]);
        out.put(HEX[c >> 8 & 15]);
        out.put(HEX[c >> 4 & 15]);
        out.put(HEX[c & 15]);
    }
}
