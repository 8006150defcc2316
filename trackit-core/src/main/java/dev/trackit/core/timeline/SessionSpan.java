package dev.trackit.core.timeline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session with what became known of it: its notebook, and its end.
 *
 * @param session the session
 * @param match which notebook it belongs to, as last known
 * @param endedAt when it ended; null while it runs, or if its end was not seen
 * @param endReason a sentence: shut down, restarted, died; empty while it runs
 */
public record SessionSpan(
        Session session, NotebookMatch match, @Nullable Instant endedAt, String endReason) {

    /** Checks. */
    public SessionSpan {
        requireNonNull(session, "session");
        requireNonNull(match, "match");
        requireNonNull(endReason, "endReason");
    }

    /** Whether its end is known. */
    public boolean ended() {
        return endedAt != null;
    }
}
