package dev.trackit.jupyter.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of what is plain inside a JSON string, eight bytes at a time. */
public final class PlainBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private PlainBytes() {}

    /**
     * The index of the first byte that is not plain inside a JSON string: a quote, a backslash, a control character, or a part of a character outside
     * ASCII; the end if all are plain.
     *
     * <p>By the well-known tricks for finding a byte in a word (Warren, "Hacker's Delight", 6-1). A borrow can mark a byte wrongly only above one that
     * is marked rightly, and the lowest mark is the one that counts.
     */
    public static int end(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            long marks = (word | (word - SPACES & ~word) | (quote - ONES & ~quote) | (backslash - ONES & ~backslash))
                    & HIGH_BITS;
            if (marks != 0) {
                return i + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (i < to && isPlain(bytes[i])) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }
}
