package dev.trackit.core.timeline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.Session;
import java.time.Instant;

/** One thing that happened to a notebook, in its place in the order. */
public sealed interface TimelineEntry {

    /** When it was recorded, by the recorder's clock, which may step; the order of entries tells what came first. */
    Instant at();

    /**
     * A kernel session began, or was found running.
     *
     * @param session the session
     * @param at when it was recorded
     */
    record Started(Session session, Instant at) implements TimelineEntry {
        /** Checks. */
        public Started {
            requireNonNull(session, "session");
            requireNonNull(at, "at");
        }
    }

    /**
     * A cell was executed.
     *
     * @param execution the execution, with everything that became known of it later
     * @param at when it was recorded
     */
    record Executed(Execution execution, Instant at) implements TimelineEntry {
        /** Checks. */
        public Executed {
            requireNonNull(execution, "execution");
            requireNonNull(at, "at");
        }
    }

    /**
     * The notebook was saved with changes.
     *
     * @param snapshot its content
     */
    record Saved(Snapshot snapshot) implements TimelineEntry {
        /** Checks. */
        public Saved {
            requireNonNull(snapshot, "snapshot");
        }

        @Override
        public Instant at() {
            return snapshot.at();
        }
    }

    /**
     * Something could not be seen.
     *
     * @param gap what is known of it
     * @param at when it was recorded
     */
    record Missed(Gap gap, Instant at) implements TimelineEntry {
        /** Checks. */
        public Missed {
            requireNonNull(gap, "gap");
            requireNonNull(at, "at");
        }
    }

    /**
     * A session ended.
     *
     * @param session the session's id
     * @param reason a sentence: shut down, restarted, died
     * @param at when it was recorded
     */
    record Ended(String session, String reason, Instant at) implements TimelineEntry {
        /** Checks. */
        public Ended {
            requireNonNull(session, "session");
            requireNonNull(reason, "reason");
            requireNonNull(at, "at");
        }
    }
}
