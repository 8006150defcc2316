package dev.trackit.store.jsonl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes with a limit. Not safe for use by several threads. */
final class Bytes {
    private byte[] array = new byte[8192];
    private int length;
    private int limit = Integer.MAX_VALUE - 64;

    /** Thrown when a line would become longer than the format allows. */
    static final class LimitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LimitException() {
            super("The limit is reached", null, false, false);
        }
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    /** Allows this many more bytes. */
    void limitTo(int more) {
        limit = (int) Math.min(Integer.MAX_VALUE - 64L, (long) length + more);
    }

    /** Sets the length: forgets what was added after it, or takes in what was put into the array up to there. */
    void cutTo(int newLength) {
        length = newLength;
    }

    /** Empties it, and gives back memory that only an unusually large line needed. */
    void clear() {
        length = 0;
        if (array.length > 16 << 20) {
            array = new byte[8192];
        }
    }

    /** Makes room; the bytes are then added by {@link #put}. */
    void reserve(int more) {
        long needed = (long) length + more;
        if (needed > array.length) {
            array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 64L, Math.max(needed, 2L * array.length)));
        }
    }

    /** Adds one byte, for which there is room. */
    void put(int b) {
        array[length++] = (byte) b;
    }

    /** Fails if more bytes were added than allowed. */
    void checkLimit() {
        if (length > limit) {
            throw new LimitException();
        }
    }

    void add(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
    }

    void add(String ascii) {
        add(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    void add(long number) {
        if (number < 0 || number >= 1_000_000_000_000_000_000L) {
            add(Long.toString(number));
            return;
        }
        reserve(20);
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        length += digits;
        long rest = number;
        for (int at = length - 1; at >= length - digits; at--) {
            array[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
