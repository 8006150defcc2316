package dev.trackit.jupyter.notebook;

import java.util.Arrays;

/**
 * Decodes Base64 that comes in parts. Bytes that are not of the alphabet are skipped, as Python's {@code base64} module skips them;
 * the first padding ends the data.
 */
final class Base64Sink implements ByteSink {
    private static final byte SKIPPED = -1;
    private static final byte PADDING = -2;
    private static final byte[] VALUES = values();

    private final ByteSink target;
    private final byte[] decoded = new byte[3 * 1024];
    private int group;
    private int digits;
    private boolean ended;

    Base64Sink(ByteSink target) {
        this.target = target;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int i = offset;
        int end = offset + length;
        int out = 0;
        while (i < end && !ended) {
            if (out > decoded.length - 3) {
                target.write(decoded, 0, out);
                out = 0;
            }
            if (digits == 0 && i + 4 <= end) {
                int a = VALUES[bytes[i] & 0xFF];
                int b = VALUES[bytes[i + 1] & 0xFF];
                int c = VALUES[bytes[i + 2] & 0xFF];
                int d = VALUES[bytes[i + 3] & 0xFF];
                if ((a | b | c | d) >= 0) {
                    int three = (a << 18) | (b << 12) | (c << 6) | d;
                    decoded[out++] = (byte) (three >> 16);
                    decoded[out++] = (byte) (three >> 8);
                    decoded[out++] = (byte) three;
                    i += 4;
                    continue;
                }
            }
            out = writeOne(VALUES[bytes[i++] & 0xFF], out);
        }
        target.write(decoded, 0, out);
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
    void finish() {
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
