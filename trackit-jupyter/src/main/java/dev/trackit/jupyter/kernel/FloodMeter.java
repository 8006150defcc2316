package dev.trackit.jupyter.kernel;

import java.time.Duration;

/**
 * Says when one execution floods the channel: more than {@link #BYTES} or {@link #MESSAGES} within a second, or more than {@link #TOTAL} in all.
 * Publishers filter, so what is not subscribed to costs the notebook nothing. Used on the capture thread only.
 */
final class FloodMeter {
    static final long BYTES = 4L * 1024 * 1024;
    static final int MESSAGES = 500;
    static final long TOTAL = 32L * 1024 * 1024;
    private static final long WINDOW = Duration.ofSeconds(1).toNanos();

    private String execution = "";
    private long windowStart;
    private long bytes;
    private int messages;
    private long total;

    /** Counts a message; true if the execution with this parent id floods. */
    boolean floods(String parentId, long messageBytes, long now) {
        if (!parentId.equals(execution)) {
            execution = parentId;
            windowStart = now;
            bytes = 0;
            messages = 0;
            total = 0;
        } else if (now - windowStart > WINDOW) {
            windowStart = now;
            bytes = 0;
            messages = 0;
        }
        bytes += messageBytes;
        total += messageBytes;
        messages++;
        return bytes > BYTES || messages > MESSAGES || total > TOTAL;
    }
}
