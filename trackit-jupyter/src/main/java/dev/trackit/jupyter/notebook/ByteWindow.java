package dev.trackit.jupyter.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A window of 64 KiB that slides over a stream of bytes, digesting all that passes, or one over bytes that are in memory. The scanner works on {@link #buffer}
 * between {@link #position} and {@link #limit} directly, because a call per byte would cost more than all the rest.
 *
 * <p>Not safe for use by several threads. Does not close the stream.
 */
final class ByteWindow {
    private static final int SIZE = 1 << 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    final byte[] buffer;
    int position;
    int limit;

    private final @Nullable InputStream in;
    private final @Nullable MessageDigest digest;
    private final long maxBytes;
    private long base;

    /**
     * A window at the start of a stream.
     *
     * @param digest gets every byte of the stream; null to save that work
     * @param maxBytes a longer stream is a fault
     */
    ByteWindow(InputStream in, @Nullable MessageDigest digest, long maxBytes) {
        this.buffer = new byte[SIZE];
        this.in = in;
        this.digest = digest;
        this.maxBytes = maxBytes;
    }

    /** A window that shows all of these bytes at once. */
    ByteWindow(byte[] whole) {
        this.buffer = whole;
        this.limit = whole.length;
        this.in = null;
        this.digest = null;
        this.maxBytes = whole.length;
    }

    /** Makes sure that this many bytes stand in the window at the position; false if the stream ends before. */
    boolean has(int count) throws IOException {
        return limit - position >= count || slide(count);
    }

    /** The place of the position in the stream. */
    long offset() {
        return base + position;
    }

    /** Passes these bytes, if they stand at the position. @return whether they did */
    boolean passIfSame(byte[] bytes, int from, int to) {
        int end = position + to - from;
        if (end > limit || !Arrays.equals(buffer, position, end, bytes, from, to)) {
            return false;
        }
        position = end;
        return true;
    }

    private boolean slide(int count) throws IOException {
        if (in == null) {
            return false;
        }
        int rest = limit - position;
        System.arraycopy(buffer, position, buffer, 0, rest);
        base += position;
        position = 0;
        limit = rest;
        while (limit < count) {
            int got = in.read(buffer, limit, SIZE - limit);
            if (got < 0) {
                return false;
            }
            if (digest != null) {
                digest.update(buffer, limit, got);
            }
            limit += got;
            if (base + limit > maxBytes) {
                throw JsonFault.at(maxBytes, "is longer than " + maxBytes + " bytes, the most that is read");
            }
        }
        return true;
    }

    /**
     * The index of the first byte, from the position, that is not plain inside a JSON string: a quote, a backslash, a control
     * character, or a part of a character outside ASCII; the limit if all are plain.
     *
     * <p>Eight bytes at a time, by the well-known tricks for finding a byte in a word (Warren, "Hacker's Delight", 6-1). A
     * borrow can mark a byte wrongly only above one that is marked rightly, and the lowest mark is the one that counts.
     */
    int endOfPlain() {
        int i = position;
        for (; i <= limit - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(buffer, i);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            long marks = (word | (word - SPACES & ~word) | (quote - ONES & ~quote) | (backslash - ONES & ~backslash))
                    & HIGH_BITS;
            if (marks != 0) {
                return i + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (i < limit && isPlain(buffer[i])) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }
}
