package dev.trackit.jupyter.kernel;

import dev.trackit.api.Digest;
import dev.trackit.jupyter.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One payload as it comes in: digested and counted as a whole, held only up to a limit. Not safe for use by several threads. */
final class Payload implements ByteSink {
    /** The largest payload that is held whole, in bytes. */
    static final int LARGEST_KEPT = 8 * 1024 * 1024;
    /** The longest text that a record holds, in bytes of UTF-8. */
    static final int LONGEST_TEXT = 64 * 1024;

    /** Up to so many bytes are digested at the end, in one: most prints are short, and a running digest costs more than theirs. */
    private static final int SHORT = 4 * 1024;

    private final int limit;
    /** Of all that came so far, once it is more than {@link #SHORT}. */
    private @Nullable MessageDigest sha256;

    private byte[] held = new byte[64];
    private int length;
    private long bytes;

    /** @param limit how many bytes may be held, at least those of a text */
    Payload(int limit) {
        this.limit = Math.max(LONGEST_TEXT, Math.min(limit, LARGEST_KEPT));
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        digest(source, offset, count);
        bytes += count;
        int taken = Math.min(count, limit - length);
        if (taken > 0) {
            if (length + taken > held.length) {
                held = Arrays.copyOf(held, Math.max(length + taken, (int) Math.min(limit, held.length * 2L)));
            }
            System.arraycopy(source, offset, held, length, taken);
            length += taken;
        }
    }

    private void digest(byte[] source, int offset, int count) {
        MessageDigest running = sha256;
        if (running == null && bytes + count > SHORT) {
            running = Digest.sha256();
            running.update(held, 0, length);
            sha256 = running;
        }
        if (running != null) {
            running.update(source, offset, count);
        }
    }

    /** The digest of all that came so far. */
    Digest digest() {
        if (sha256 == null) {
            return Digest.of(held, 0, length);
        }
        try {
            return Digest.of((MessageDigest) sha256.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's SHA-256 can be copied", e);
        }
    }

    /** How many bytes came so far. */
    long bytes() {
        return bytes;
    }

    /** How many bytes are held. */
    int heldBytes() {
        return length;
    }

    /** The beginning as text. */
    String text() {
        int end = Math.min(length, LONGEST_TEXT);
        if (bytes > end) {
            while (end > 0 && !endsWhole(end)) {
                end--;
            }
        }
        return new String(held, 0, end, StandardCharsets.UTF_8);
    }

    /** Whether the first bytes, so many, end with a whole character. */
    private boolean endsWhole(int end) {
        int lead = end - 1;
        while (lead > 0 && (held[lead] & 0xC0) == 0x80) {
            lead--;
        }
        int first = held[lead] & 0xFF;
        int needed = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        return lead + needed == end;
    }

    /** Whether {@link #text()} is only the beginning. */
    boolean textCut() {
        return bytes > LONGEST_TEXT;
    }

    /** All bytes, if they were held. */
    Optional<byte[]> whole() {
        return bytes == length ? Optional.of(Arrays.copyOf(held, length)) : Optional.empty();
    }
}
