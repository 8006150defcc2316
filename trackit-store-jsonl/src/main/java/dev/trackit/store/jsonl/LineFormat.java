package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * The fixed parts of a line, so that a line can be placed in the log and checked without reading its JSON:
 *
 * <pre>{"v":1,"n":17,"type":"execution","at":"…","data":{…},"chain":"0123456789abcdef0123456789abcdef"}</pre>
 *
 * Lines here are ranges of a byte array, without the newline.
 */
final class LineFormat {
    /** The version of the format that this package writes. */
    static final int VERSION = 1;

    /** The longest line that is written or read, newline not counted: 128 MiB. Larger contents belong into payloads. */
    static final int MAX_LINE = 128 << 20;

    /** Hexadecimal digits of a link. */
    static final int LINK = 32;

    static final byte[] NUMBER_MEMBER = ",\"n\":".getBytes(US_ASCII);
    static final byte[] TYPE_MEMBER = ",\"type\":\"".getBytes(US_ASCII);
    static final byte[] BEGIN = "{\"v\":".getBytes(US_ASCII);
    static final byte[] CHAIN_MEMBER = ",\"chain\":\"".getBytes(US_ASCII);
    static final byte[] END = "\"}".getBytes(US_ASCII);
    static final byte[] PREVIOUS_MEMBER = "\"previous\":\"".getBytes(US_ASCII);

    /** Length of the last member and the closing brace. */
    static final int TAIL = CHAIN_MEMBER.length + LINK + END.length;

    private LineFormat() {}

    /** What the first line of a log is chained to. */
    static byte[] origin() {
        byte[] zeros = new byte[LINK];
        Arrays.fill(zeros, (byte) '0');
        return zeros;
    }

    /** The version that the line names, or -1. */
    static long version(byte[] buffer, int start, int length) {
        return matches(buffer, start, length, 0, BEGIN) ? number(buffer, start, length, BEGIN.length) : -1;
    }

    /** The number that the line names, or -1. Needs the line's beginning only. */
    static long number(byte[] buffer, int start, int length) {
        if (!matches(buffer, start, length, 0, BEGIN)) {
            return -1;
        }
        int at = BEGIN.length;
        while (at < length && isDigit(buffer[start + at])) {
            at++;
        }
        return matches(buffer, start, length, at, NUMBER_MEMBER)
                ? number(buffer, start, length, at + NUMBER_MEMBER.length)
                : -1;
    }

    /** The type that the line names; empty if it is not where this version writes it. */
    static String type(byte[] buffer, int start, int length) {
        int at = BEGIN.length;
        while (at < length && buffer[start + at] != '"') {
            at++;
        }
        if (!matches(buffer, start, length, at - 1, NUMBER_MEMBER)) {
            return "";
        }
        at += NUMBER_MEMBER.length - 1;
        while (at < length && isDigit(buffer[start + at])) {
            at++;
        }
        int from = at + TYPE_MEMBER.length;
        if (!matches(buffer, start, length, at, TYPE_MEMBER)) {
            return "";
        }
        int to = from;
        while (to < length && buffer[start + to] != '"') {
            to++;
        }
        return new String(buffer, start + from, to - from, US_ASCII);
    }

    /** Whether the line ends with a link, be it right or wrong. */
    static boolean hasLink(byte[] buffer, int start, int length) {
        return length >= TAIL && isTail(buffer, start + length - TAIL);
    }

    /** Whether these {@link #TAIL} bytes are a last member and the closing brace. */
    static boolean isTail(byte[] buffer, int at) {
        return matches(buffer, at, TAIL, 0, CHAIN_MEMBER)
                && matches(buffer, at, TAIL, TAIL - END.length, END)
                && isHex(buffer, at + CHAIN_MEMBER.length);
    }

    /** Where the link stands in a line that has one. */
    static int linkAt(int start, int length) {
        return start + length - END.length - LINK;
    }

    /** The link to the segment before, which a header has as last member of its data; empty if it is not there. */
    static byte[] previous(byte[] buffer, int start, int length) {
        int at = start + length - TAIL - END.length - LINK;
        boolean there = at - PREVIOUS_MEMBER.length > start
                && matches(buffer, at - PREVIOUS_MEMBER.length, PREVIOUS_MEMBER.length, 0, PREVIOUS_MEMBER)
                && matches(buffer, at + LINK, END.length, 0, END)
                && isHex(buffer, at);
        return there ? Arrays.copyOfRange(buffer, at, at + LINK) : new byte[0];
    }

    private static long number(byte[] buffer, int start, int length, int from) {
        long value = 0;
        int at = from;
        while (at < length && isDigit(buffer[start + at])) {
            if (at - from >= 18) {
                return -1;
            }
            value = value * 10 + (buffer[start + at++] - '0');
        }
        boolean ended = at < length && (buffer[start + at] == ',' || buffer[start + at] == '}');
        return at > from && ended ? value : -1;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isHex(byte[] buffer, int at) {
        for (int i = at; i < at + LINK; i++) {
            byte b = buffer[i];
            if (!(b >= '0' && b <= '9' || b >= 'a' && b <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(byte[] buffer, int start, int length, int at, byte[] expected) {
        return at + expected.length <= length
                && Arrays.equals(buffer, start + at, start + at + expected.length, expected, 0, expected.length);
    }
}
