package dev.trackit.jupyter.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes Base64 that comes in parts. Bytes that are not of the alphabet are skipped, as Python's {@code base64} module skips them;
 * the first padding ends the data.
 */
public final class Base64Sink implements ByteSink {
    private static final byte SKIPPED = -1;
    private static final byte PADDING = -2;
    private static final byte[] VALUES = values();

    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** The values of the four digits of a group, each in its place; negative where there is none. */
    private static final int[] FIRST = placed(18);

    private static final int[] SECOND = placed(12);
    private static final int[] THIRD = placed(6);
    private static final int[] FOURTH = placed(0);

    private final ByteSink target;
    private final byte[] decoded = new byte[6 * 1024 + Long.BYTES];
    private int group;
    private int digits;
    private boolean ended;

    /** @param target gets what is decoded */
    public Base64Sink(ByteSink target) {
        this.target = target;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int i = offset;
        int end = offset + length;
        while (i < end && !ended) {
            i = digits == 0 ? writeGroups(bytes, i, end) : i;
            if (i < end) {
                target.write(decoded, 0, writeOne(VALUES[bytes[i++] & 0xFF], 0));
            }
        }
    }

    /** Two groups of four digits at a time, as far as there is nothing else. Returns where it stopped. */
    private int writeGroups(byte[] bytes, int from, int end) {
        int i = from;
        int out = 0;
        while (i + Long.BYTES <= end) {
            if (out + Long.BYTES > decoded.length) {
                target.write(decoded, 0, out);
                out = 0;
            }
            long word = (long) LITTLE.get(bytes, i);
            int first = group((int) word);
            int second = group((int) (word >>> 32));
            if ((first | second) < 0) {
                break;
            }
            BIG.set(decoded, out, (long) first << 40 | (long) second << 16);
            out += 6;
            i += Long.BYTES;
        }
        target.write(decoded, 0, out);
        return i;
    }

    private static int group(int four) {
        return FIRST[four & 0xFF] | SECOND[four >>> 8 & 0xFF] | THIRD[four >>> 16 & 0xFF] | FOURTH[four >>> 24];
    }

    /** The slow way, for a group that parts, line breaks or the end interrupt. */
    private int writeOne(byte value, int at) {
        int out = at;
        if (value >= 0) {
            group = (group << 6) | value;
            digits++;
            if (digits == 4) {
                decoded[out++] = (byte) (group >> 16);
                decoded[out++] = (byte) (group >> 8);
                decoded[out++] = (byte) group;
                group = 0;
                digits = 0;
            }
        } else if (value == PADDING) {
            out = writeRest(out);
            ended = true;
        }
        return out;
    }

    /** Writes what an unpadded end leaves over. */
    public void finish() {
        if (!ended) {
            target.write(decoded, 0, writeRest(0));
            ended = true;
        }
    }

    private int writeRest(int at) {
        int out = at;
        if (digits == 2) {
            decoded[out++] = (byte) (group >> 4);
        } else if (digits == 3) {
            decoded[out++] = (byte) (group >> 10);
            decoded[out++] = (byte) (group >> 2);
        }
        digits = 0;
        return out;
    }

    private static int[] placed(int shift) {
        int[] placed = new int[256];
        for (int i = 0; i < placed.length; i++) {
            placed[i] = VALUES[i] < 0 ? -1 : VALUES[i] << shift;
        }
        return placed;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, SKIPPED);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['='] = PADDING;
        return values;
    }
}
