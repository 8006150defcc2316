package dev.trackit.runner.web.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one start of the page: the token in the address that the terminal shows, and the value of the cookie that a browser gets for it.
 * They differ, so that what stands in a browser's history or in a shared terminal is not what requests carry. Compared in constant time.
 * Safe for use by several threads.
 */
public final class Access {
    private static final int BYTES = 32;

    private final String token;
    private final String session;
    private final Set<String> tickets = ConcurrentHashMap.newKeySet();

    private Access(String token, String session) {
        this.token = token;
        this.session = session;
    }

    /** New secrets. */
    public static Access create() {
        SecureRandom random = new SecureRandom();
        return new Access(secret(random), secret(random));
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What the address in the terminal carries. */
    public String token() {
        return token;
    }

    /**
     * A token that serves once: for a browser that is opened by a command line, which other users of the machine can see.
     */
    public String ticket() {
        String ticket = secret(new SecureRandom());
        tickets.add(ticket);
        return ticket;
    }

    /** What the cookie carries. */
    String session() {
        return session;
    }

    boolean isToken(@Nullable String given) {
        return same(token, given) || given != null && tickets.remove(given);
    }

    boolean isSession(@Nullable String given) {
        return same(session, given);
    }

    private static boolean same(String secret, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Access[secret]";
    }
}
