package dev.trackit.jupyter.wire;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages and checks signatures: an HMAC over the raw frames of header, parent, metadata and content. With an empty key,
 * messages are unsigned and all are accepted. Not safe for use by several threads.
 */
public final class MessageSigner {
    private final @Nullable Mac mac;
    private final boolean supported;

    private MessageSigner(@Nullable Mac mac, boolean supported) {
        this.mac = mac;
        this.supported = supported;
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
        return mac == null ? new byte[0] : hex(raw(mac, frames));
    }

    /** Whether this signature is right, compared in constant time. */
    public boolean verify(byte[] signature, List<byte[]> frames) {
        if (!supported) {
            return false;
        }
        return mac == null || MessageDigest.isEqual(hex(raw(mac, frames)), signature);
    }

    /** The first bytes of a signature that is right as a number, by which a replayed message is known; 0 for unsigned messages. */
    long fingerprint(byte[] signature) {
        if (mac == null || signature.length < 16) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < 16; i++) {
            number = number << 4 | (signature[i] <= '9' ? signature[i] - '0' : signature[i] - 'a' + 10);
        }
        return number;
    }

    private static byte[] raw(Mac mac, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            mac.update(frames.get(i));
        }
        return mac.doFinal();
    }

    private static byte[] hex(byte[] raw) {
        byte[] hex = new byte[2 * raw.length];
        for (int i = 0; i < raw.length; i++) {
            hex[2 * i] = digit(raw[i] >> 4);
            hex[2 * i + 1] = digit(raw[i]);
        }
        return hex;
    }

    private static byte digit(int value) {
        int four = value & 0xF;
        return (byte) (four < 10 ? '0' + four : 'a' + four - 10);
    }
}
