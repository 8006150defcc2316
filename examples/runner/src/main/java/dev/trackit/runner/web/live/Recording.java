package dev.trackit.runner.web.live;

import dev.trackit.core.TrackitReader;
import dev.trackit.core.TrackitStatus;
import java.nio.file.Path;
import java.util.Optional;

/** What stands behind the page: an agent that records, or a folder of records that is only read. Safe for use by several threads. */
public interface Recording {
    /** Reads what was recorded. It belongs to whoever made this. */
    TrackitReader reader();

    /** How the agent is doing; empty where none is at work. */
    Optional<TrackitStatus> status();

    /** Has a notebook recorded from now on, and remembers it. */
    void track(Path notebook);

    /** Has a notebook not recorded from now on, and remembers it. */
    void untrack(Path notebook);

    /** What the user chose for a notebook: true to record it, false not to; empty if nothing was chosen. */
    Optional<Boolean> choice(Path notebook);
}
