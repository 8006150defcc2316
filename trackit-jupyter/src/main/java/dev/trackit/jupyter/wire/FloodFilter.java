package dev.trackit.jupyter.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Decides when to leave out displays and prints of a kernel: while one cell sends more than {@link #BYTES} or {@link #MESSAGES} of them within a
 * second, or more than {@link #TOTAL} in all. Publishers filter, so what is not subscribed to costs the notebook nothing.
 *
 * <p>It judges by topics alone, on the reading thread: whoever parses messages is behind when a flood comes, and would close the gate after it and
 * open it too late. Only for ipykernel, whose topics tell what belongs to the course of an execution ({@code kernel.…}) and what is
 * mere output.
 */
final class FloodFilter {
    static final long BYTES = 4L * 1024 * 1024;
    static final int MESSAGES = 500;
    static final long TOTAL = 32L * 1024 * 1024;
    /** What is subscribed to during a flood. */
    static final String ESSENTIAL = "kernel.";

    private static final long WINDOW = Duration.ofSeconds(1).toNanos();
    private static final byte[] IDLE = "\"idle\"".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_BYTES = 4096;

    /** What to do after a message. */
    enum Change {
        /** Nothing. */
        NONE,
        /** Subscribe to the essential topics only. */
        NARROW,
        /** Subscribe to everything again. */
        RESTORE
    }

    private boolean known;
    private boolean narrow;
    private long windowStart;
    private long bytes;
    private int messages;
    private long total;

    /** Judges one message of the broadcast channel. */
    Change onMessage(List<byte[]> frames, long size, long now) {
        String topic = new String(frames.get(0), 0, Math.min(frames.get(0).length, 200), StandardCharsets.US_ASCII);
        if (topic.startsWith(ESSENTIAL)) {
            known |= topic.endsWith(".status");
            boolean ends = topic.endsWith(".status") && size < STATUS_BYTES && isIdle(frames);
            return ends ? end() : Change.NONE;
        }
        if (!known || narrow) {
            return Change.NONE;
        }
        if (now - windowStart > WINDOW) {
            windowStart = now;
            bytes = 0;
            messages = 0;
        }
        bytes += size;
        total += size;
        messages++;
        narrow = bytes > BYTES || messages > MESSAGES || total > TOTAL;
        return narrow ? Change.NARROW : Change.NONE;
    }

    /** A new connection: everything is subscribed to. */
    Change end() {
        boolean wasNarrow = narrow;
        narrow = false;
        bytes = 0;
        messages = 0;
        total = 0;
        return wasNarrow ? Change.RESTORE : Change.NONE;
    }

    private static boolean isIdle(List<byte[]> frames) {
        byte[] content = frames.get(frames.size() - 1);
        for (int i = 0; i + IDLE.length <= content.length; i++) {
            int matched = 0;
            while (matched < IDLE.length && content[i + matched] == IDLE[matched]) {
                matched++;
            }
            if (matched == IDLE.length) {
                return true;
            }
        }
        return false;
    }
}
