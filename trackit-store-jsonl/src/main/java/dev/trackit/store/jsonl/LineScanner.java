package dev.trackit.store.jsonl;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a file into lines, from a position on. It sees what is there when it reads: after {@link #next()} has answered false it can
 * be asked again. Does not own the file. Not safe for use by several threads.
 */
final class LineScanner {
    private static final int CHUNK = 64 << 10;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long NEWLINES = ONES * '\n';

    private final LogFile file;
    private byte[] buffer = new byte[CHUNK];
    private ByteBuffer view = ByteBuffer.wrap(buffer);
    /** The file position of the buffer's first byte. */
    private long base;

    private int from;
    private int searched;
    private int filled;
    private int start;
    private int length;
    private boolean oversize;

    LineScanner(LogFile file, long position) {
        this.file = file;
        this.base = position;
    }

    /** Goes to the next line that ends with a newline, if there is one at present. */
    boolean next() throws IOException {
        oversize = false;
        while (true) {
            int newline = newlineFrom(searched);
            if (newline >= 0) {
                start = from;
                length = newline - from;
                oversize |= length > LineFormat.MAX_LINE;
                from = newline + 1;
                searched = from;
                return true;
            }
            searched = filled;
            if (filled - from > LineFormat.MAX_LINE) {
                // No use to hold it: what follows decides only where it ends.
                oversize = true;
                base += filled - from;
                filled = from;
                searched = from;
            }
            if (!fill()) {
                return false;
            }
        }
    }

    /** Forgets what was read, and goes on from this position. */
    void restartAt(long position) {
        base = position;
        from = 0;
        searched = 0;
        filled = 0;
    }

    /** The bytes among which the line is, valid until the next call of {@link #next()}. */
    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins in the buffer. */
    int start() {
        return start;
    }

    /** The line's length in bytes, without its newline. */
    int length() {
        return length;
    }

    /** Whether the line is longer than {@link LineFormat#MAX_LINE}; the buffer then holds only a part of it. */
    boolean oversize() {
        return oversize;
    }

    /** The file position after the last line given out. After an oversize rest at the end of the file, somewhere in it. */
    long position() {
        return base + from;
    }

    /** How many bytes were read of a line that has no newline yet. */
    long rest() {
        return filled - from;
    }

    private boolean fill() throws IOException {
        if (from > 0 && (filled == buffer.length || from == filled)) {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            base += from;
            filled -= from;
            searched -= from;
            from = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, LineFormat.MAX_LINE + (long) CHUNK));
            view = ByteBuffer.wrap(buffer);
        }
        view.clear().position(filled).limit(Math.min(buffer.length, filled + CHUNK));
        int count = file.read(view, base + filled);
        if (count > 0) {
            filled += count;
        }
        return count > 0;
    }

    /** Eight bytes at a time: a byte is a newline if the difference to newlines is zero there (Mycroft, 1987). */
    private int newlineFrom(int begin) {
        byte[] bytes = buffer;
        int end = filled;
        int i = begin;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long difference = (long) EIGHT.get(bytes, i) ^ NEWLINES;
            long zeros = (difference - ONES) & ~difference & HIGH_BITS;
            if (zeros != 0) {
                return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        for (; i < end; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
