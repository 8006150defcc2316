package dev.trackit.jupyter.wire;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages and checks signatures: an HMAC over the raw frames of header, parent, metadata and content. With an empty key,
 * messages are unsigned and all are accepted. Not safe for use by several threads.
 */
public final class MessageSigner {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable Mac mac;
    private final boolean supported;
    /** What was computed last. */
    private final byte[] raw;

    private MessageSigner(@Nullable Mac mac, boolean supported) {
        this.mac = mac;
        this.supported = supported;
        this.raw = new byte[mac == null ? 0 : mac.getMacLength()];
    }

    /** A signer of this scheme ({@code hmac-sha256} and other HMACs that Java offers) and key. */
    public static MessageSigner of(String scheme, byte[] key) {
        if (key.length == 0) {
            return new MessageSigner(null, true);
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("hmac-")) {
            return new MessageSigner(null, false);
        }
        // Python names the longer SHA-3 digests sha3_256; Java's HMACs are HmacSHA256, HmacSHA3-256.
        String name = "Hmac" + lower.substring(5).toUpperCase(Locale.ROOT).replace('_', '-');
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return new MessageSigner(mac, true);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            return new MessageSigner(null, false);
        }
    }

    /** Whether the scheme is known; if not, no message verifies. */
    public boolean isSupported() {
        return supported;
    }

    /** The signature of these frames, in lower-case hexadecimal digits as the protocol writes it; empty without a key. */
    public byte[] sign(List<byte[]> frames) {
        if (mac == null) {
            return new byte[0];
        }
        compute(mac, frames);
        byte[] hex = new byte[2 * raw.length];
        for (int i = 0; i < raw.length; i++) {
            hex[2 * i] = DIGITS[raw[i] >> 4 & 15];
            hex[2 * i + 1] = DIGITS[raw[i] & 15];
        }
        return hex;
    }

    /** Whether this signature is right, compared in constant time. */
    public boolean verify(byte[] signature, List<byte[]> frames) {
        if (!supported || mac == null) {
            return supported;
        }
        compute(mac, frames);
        if (signature.length != 2 * raw.length) {
            return false; // its length is no secret
        }
        int different = 0;
        for (int i = 0; i < raw.length; i++) {
            different |= signature[2 * i] ^ DIGITS[raw[i] >> 4 & 15];
            different |= signature[2 * i + 1] ^ DIGITS[raw[i] & 15];
        }
        return different == 0;
    }

    /** The first bytes of the signature that was verified last as a number, by which a replayed message is known; 0 for unsigned messages. */
    long fingerprint() {
        long number = 0;
        for (int i = 0; i < Long.BYTES && mac != null; i++) {
            number = number << 8 | raw[i] & 0xFF;
        }
        return number;
    }

    private void compute(Mac by, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            by.update(frames.get(i));
        }
        try {
            by.doFinal(raw, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("There is room for the whole signature", e);
        }
    }
}
