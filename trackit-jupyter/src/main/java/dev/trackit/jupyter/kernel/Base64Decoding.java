package dev.trackit.jupyter.kernel;

import dev.trackit.jupyter.wire.ByteSink;
import java.util.Arrays;

/** Decodes Base64 in pieces: skips what is not of the alphabet, ends at the first padding. Not safe for use by several threads. */
final class Base64Decoding implements ByteSink {
    private static final byte[] VALUES = values();

    private final ByteSink target;
    private final byte[] out = new byte[8190];
    private int filled;
    private int bits;
    private int digits;
    private boolean ended;

    Base64Decoding(ByteSink target) {
        this.target = target;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length && !ended; i++) {
            byte value = bytes[i] < 0 ? -1 : VALUES[bytes[i]];
            if (value >= 0) {
                bits = bits << 6 | value;
                if (++digits == 4) {
                    put(3);
                }
            } else if (bytes[i] == '=') {
                ended = true;
            }
        }
    }

    /** Writes what is left. */
    void end() {
        if (digits > 1) {
            int bytes = digits - 1;
            bits <<= 6 * (4 - digits);
            put(bytes);
        }
        flush();
    }

    private void put(int bytes) {
        if (filled + 3 > out.length) {
            flush();
        }
        for (int i = 0; i < bytes; i++) {
            out[filled++] = (byte) (bits >> 16 - 8 * i);
        }
        bits = 0;
        digits = 0;
    }

    private void flush() {
        target.write(out, 0, filled);
        filled = 0;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}
