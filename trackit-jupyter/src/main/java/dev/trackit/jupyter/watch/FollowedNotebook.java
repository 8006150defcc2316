package dev.trackit.jupyter.watch;

import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When to read one notebook that is followed. Changes come in bursts while it is written, so it is read when it rests, or when
 * the front end shows that it is done; but not later than {@value #LONGEST_MILLIS} ms after the first change, because then a failed
 * reading costs less than waiting. Belongs to the watcher's thread.
 */
final class FollowedNotebook {
    private static final int LONGEST_MILLIS = 600;
    private static final long LONGEST = Duration.ofMillis(LONGEST_MILLIS).toNanos();
    /** The coarsest step of a file's time of last change on file systems in use is two seconds. */
    private static final Duration SETTLED = Duration.ofMillis(2_100);

    private static final long SLOWEST_RETRY = Duration.ofSeconds(1).toNanos();

    private final long quiet;
    private final long patience;
    Path path;
    List<Cell> known;

    @Nullable
    Digest reported;

    @Nullable
    Stamp stamp;

    private @Nullable Stamp readStamp;
    private boolean settled;
    private boolean waiting;
    private long firstTouch;
    private long due;
    private boolean reading;
    private boolean again;
    private int failures;
    private long failingSince;

    FollowedNotebook(Path path, List<Cell> known, WatchOptions options) {
        this.path = path;
        this.known = known;
        this.quiet = options.quiet().toNanos();
        this.patience = options.patience().toNanos();
    }

    /** It was changed. */
    void touch(long now) {
        failures = 0;
        if (reading) {
            again = true;
            return;
        }
        if (!waiting) {
            waiting = true;
            firstTouch = now;
        }
        due = Math.min(now + quiet, firstTouch + LONGEST);
    }

    /** It was changed, and is complete. */
    void commit(long now) {
        touch(now);
        if (waiting) {
            due = now;
        }
    }

    /** Whether to read it now; if so, it is being read from now on. */
    boolean begin(long now) {
        if (!waiting || reading || now - due < 0) {
            return false;
        }
        waiting = false;
        reading = true;
        return true;
    }

    /**
     * It was read.
     *
     * @param read how it looked before it was read, and while
     * @param begin the time of day when reading began
     */
    void succeeded(long now, @Nullable Stamp read, Instant begin) {
        reading = false;
        failures = 0;
        readStamp = read;
        stamp = read;
        Duration age =
                read == null ? Duration.ZERO : Duration.between(read.modified().toInstant(), begin);
        settled = age.compareTo(SETTLED) > 0;
        goOn(now);
        if (!settled && !waiting && read != null && read.modified().toMillis() % 1_000 == 0) {
            // times in whole seconds: another save in the same second would look the same
            waiting = true;
            firstTouch = now;
            due = now + SETTLED.toNanos();
        }
    }

    /** Whether this very state was read, and late enough that a change since then would show in the file's time. */
    boolean wasRead(@Nullable Stamp now) {
        return settled && now != null && now.equals(readStamp);
    }

    /**
     * It could not be read.
     *
     * @return whether to give up until it changes
     */
    boolean failed(long now) {
        reading = false;
        if (again) {
            goOn(now);
            return false;
        }
        if (failures++ == 0) {
            failingSince = now;
        }
        if (now - failingSince >= patience) {
            failures = 0;
            return true;
        }
        waiting = true;
        firstTouch = now;
        due = now + Math.min(quiet * failures, SLOWEST_RETRY);
        return false;
    }

    /** How long until {@link #begin} may be true, in nanoseconds. */
    long untilDue(long now) {
        return waiting && !reading ? Math.max(0, due - now) : Long.MAX_VALUE;
    }

    private void goOn(long now) {
        if (again) {
            again = false;
            touch(now);
        }
    }
}
