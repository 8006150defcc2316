package dev.trackit.jupyter.notebook;

import dev.trackit.api.Digest;
import dev.trackit.jupyter.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What is known of a payload while its bytes pass: their digest, their number, the beginning of their text, and the bytes
 * themselves as long as they are few enough for a {@link PayloadSink}.
 */
final class Payload implements ByteSink {
    /** For a payload that is not read as text. */
    static final int NO_TEXT = -1;

    private static final int BATCH = 4096;

    private final MessageDigest sha256;
    private final byte[] batch = new byte[BATCH];
    private final int maxText;
    private final int maxKept;
    private int batched;
    private long length;
    private byte[] head = new byte[0];
    private int headLength;

    /**
     * Nothing yet.
     *
     * @param maxText how many bytes of its text to keep; {@link #NO_TEXT} for a payload that is no text
     * @param maxKept up to which length the payload is kept whole
     */
    Payload(int maxText, int maxKept) {
        this(maxText, maxKept, Digest.sha256());
    }

    private Payload(int maxText, int maxKept, MessageDigest sha256) {
        this.maxText = maxText;
        this.maxKept = maxKept;
        this.sha256 = sha256;
    }

    /** Another payload that begins with the same bytes. */
    Payload fork() {
        flush();
        try {
            Payload copy = new Payload(maxText, maxKept, (MessageDigest) sha256.clone());
            copy.length = length;
            copy.head = head.clone();
            copy.headLength = headLength;
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's SHA-256 cannot be copied", e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        if (count == 0) {
            return;
        }
        if (count > BATCH - batched) {
            flush();
        }
        if (count >= BATCH) {
            sha256.update(bytes, offset, count);
        } else {
            System.arraycopy(bytes, offset, batch, batched, count);
            batched += count;
        }
        keepHead(bytes, offset, count);
        length += count;
    }

    /** Writes a text. */
    void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    long length() {
        return length;
    }

    /** The digest of all. May be called once, and nothing may be written afterwards. */
    Digest digest(PayloadSink sink) {
        flush();
        Digest digest = Digest.of(sha256);
        if (length <= maxKept && length == headLength) {
            sink.take(digest, Arrays.copyOf(head, headLength));
        }
        return digest;
    }

    /** Whether {@link #text()} is only the beginning. */
    boolean isTextCut() {
        return maxText >= 0 && length > maxText;
    }

    /** The text, or its beginning up to a whole character. */
    String text() {
        int end = Math.min(headLength, Math.max(maxText, 0));
        if (isTextCut()) {
            while (end > 0 && !endsWhole(end)) {
                end--;
            }
        }
        return new String(head, 0, end, StandardCharsets.UTF_8);
    }

    /** Whether the head's first bytes, so many, end with a whole character; the head is well-formed UTF-8 but for its end. */
    private boolean endsWhole(int end) {
        int lead = end - 1;
        while (lead > 0 && (head[lead] & 0xC0) == 0x80) {
            lead--;
        }
        int b = head[lead] & 0xFF;
        int needed = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
        return lead + needed == end;
    }

    private void keepHead(byte[] bytes, int offset, int count) {
        int limit = Math.max(maxText, maxKept);
        int wanted = Math.min(count, limit - headLength);
        if (wanted > 0) {
            if (wanted > head.length - headLength) {
                int size = Math.max(headLength + wanted, Math.min(2 * head.length, limit));
                head = Arrays.copyOf(head, size);
            }
            System.arraycopy(bytes, offset, head, headLength, wanted);
            headLength += wanted;
        }
    }

    private void flush() {
        sha256.update(batch, 0, batched);
        batched = 0;
    }
}
