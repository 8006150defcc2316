package dev.trackit.jupyter.notebook;

import dev.trackit.jupyter.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects a text that is needed whole; one that is too long is a fault. */
final class BoundedText implements ByteSink {
    private final int maxBytes;
    private final String what;
    private byte[] bytes = new byte[64];
    private int length;

    /**
     * An empty text.
     *
     * @param what names the text in the fault
     */
    BoundedText(int maxBytes, String what) {
        this.maxBytes = maxBytes;
        this.what = what;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        if (count > maxBytes - length) {
            throw JsonFault.at(-1, "has " + what + " of more than " + maxBytes + " bytes");
        }
        if (count > bytes.length - length) {
            long doubled = Math.max(length + (long) count, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, Integer.MAX_VALUE - 16));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
