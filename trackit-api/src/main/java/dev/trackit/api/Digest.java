package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of some bytes, written {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * <p>The digest of a text is the digest of its UTF-8 bytes, where an unpaired surrogate counts as U+FFFD, so that any
 * text that a notebook can hold has one digest.
 *
 * @param value the written form
 */
public record Digest(String value) implements Comparable<Digest> {
    private static final String PREFIX = "sha256:";
    private static final int LENGTH = PREFIX.length() + 64;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** 0 for what may stand in a digest: a look at a table, since branches on random digits are mispredicted half of the time. */
    private static final byte[] NO_DIGIT = new byte[128];

    /** Reused, for a new one costs a quarter of the digest of a small cell. It is a class of the platform, so it holds no class loader of ours. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digest::sha256);

    static {
        Arrays.fill(NO_DIGIT, (byte) 1);
        for (byte digit : DIGITS) {
            NO_DIGIT[digit] = 0;
        }
    }

    /** Checks the written form. @throws IllegalArgumentException if it is not one */
    public Digest {
        requireNonNull(value, "value");
        if (value.length() != LENGTH || !value.startsWith(PREFIX) || !isLowerHex(value)) {
            throw new IllegalArgumentException(
                    "Not a digest: \"" + Excerpt.of(value, 80) + "\". Expected sha256: and 64 lower-case hex digits.");
        }
    }

    /** The digest of all of these bytes. */
    public static Digest of(byte[] bytes) {
        return ofRaw(SHA_256.get().digest(bytes));
    }

    /** The digest of a part of an array. */
    public static Digest of(byte[] bytes, int offset, int length) {
        MessageDigest sha256 = SHA_256.get();
        sha256.update(bytes, offset, length);
        return of(sha256);
    }

    /** The digest of a text: of its UTF-8 bytes, unpaired surrogates as U+FFFD. */
    public static Digest ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!isAscii(text, bytes) && hasLoneSurrogate(text)) {
            bytes = replaceLoneSurrogates(text).getBytes(StandardCharsets.UTF_8);
        }
        return ofRaw(SHA_256.get().digest(bytes));
    }

    /** Ends a running SHA-256 and takes its digest. */
    public static Digest of(MessageDigest sha256) {
        return ofRaw(sha256.digest());
    }

    /** A fresh running SHA-256, for those who digest in parts. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java platform must offer SHA-256", e);
        }
    }

    /** The 64 hexadecimal digits. */
    public String hex() {
        return value.substring(PREFIX.length());
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static Digest ofRaw(byte[] raw) {
        byte[] text = new byte[LENGTH];
        for (int i = 0; i < PREFIX.length(); i++) {
            text[i] = (byte) PREFIX.charAt(i);
        }
        for (int i = 0; i < raw.length; i++) {
            text[PREFIX.length() + 2 * i] = DIGITS[raw[i] >> 4 & 15];
            text[PREFIX.length() + 2 * i + 1] = DIGITS[raw[i] & 15];
        }
        return new Digest(new String(text, StandardCharsets.ISO_8859_1));
    }

    private static boolean isLowerHex(String value) {
        int wrong = 0;
        for (int i = PREFIX.length(); i < value.length(); i++) {
            char c = value.charAt(i);
            wrong |= NO_DIGIT[c & 127] | c >> 7;
        }
        return wrong == 0;
    }

    /** Whether the text is ASCII, given its UTF-8 bytes. A copy and a comparison, which the platform does many characters at a time. */
    private static boolean isAscii(String text, byte[] utf8) {
        return utf8.length == text.length() && text.equals(new String(utf8, StandardCharsets.ISO_8859_1));
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return true;
                }
            }
        }
        return false;
    }

    private static String replaceLoneSurrogates(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(Character.isSurrogate(c) ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }
}
