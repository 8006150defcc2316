package dev.trackit.jupyter.notebook;

import dev.trackit.jupyter.bytes.PlainBytes;
import java.io.IOException;
import java.io.InputStream;
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

    /** The index of the first byte, from the position, that is not plain inside a JSON string; the limit if all are plain. */
    int endOfPlain() {
        return PlainBytes.end(buffer, position, limit);
    }
}
