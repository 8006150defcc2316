package dev.trackit.runner.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time, its beginning included and its end not. Immutable.
 *
 * @param since where it begins; null if it has no beginning
 * @param until where it ends; null if it has no end
 */
public record TimeWindow(@Nullable Instant since, @Nullable Instant until) {
    /** All time. */
    public static final TimeWindow ALWAYS = new TimeWindow(null, null);

    /** Whether it leaves nothing out. */
    public boolean isOpen() {
        return since == null && until == null;
    }

    /** Whether a moment lies in it. */
    public boolean contains(Instant at) {
        return (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
    }

    /** {@code from … until …}; empty for all time. */
    public String words() {
        return (since == null ? "" : "from " + since)
                + (since == null || until == null ? "" : " ")
                + (until == null ? "" : "until " + until);
    }
}
