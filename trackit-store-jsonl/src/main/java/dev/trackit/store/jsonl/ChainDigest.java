package dev.trackit.store.jsonl;

import dev.trackit.api.Digest;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * Computes links: the first 128 bits of the SHA-256 of the previous link, as it is written, and a line's bytes before its last
 * member. Not safe for use by several threads.
 */
final class ChainDigest {
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final MessageDigest sha256 = Digest.sha256();
    private final byte[] raw = new byte[32];

    /** Writes the link of a line into {@code target}, which may be the same array as {@code previous}. */
    void link(byte[] previous, byte[] buffer, int start, int length, byte[] target) {
        sha256.update(previous, 0, LineFormat.LINK);
        sha256.update(buffer, start, length);
        try {
            sha256.digest(raw, 0, raw.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        for (int i = 0; i < LineFormat.LINK / 2; i++) {
            target[2 * i] = HEX[raw[i] >> 4 & 15];
            target[2 * i + 1] = HEX[raw[i] & 15];
        }
    }
}
