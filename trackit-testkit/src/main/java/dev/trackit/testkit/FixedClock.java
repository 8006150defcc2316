package dev.trackit.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it, forwards or backwards. Safe for use by several threads. */
public final class FixedClock extends Clock {
    private final ZoneId zone;
    private final Now now;

    /** The time, shared by the views in other zones. */
    private static final class Now {
        private volatile Instant instant;

        Now(Instant instant) {
            this.instant = instant;
        }
    }

    private FixedClock(ZoneId zone, Now now) {
        this.zone = zone;
        this.now = now;
    }

    /** A clock that shows this time, in UTC. */
    public static FixedClock at(Instant instant) {
        return new FixedClock(ZoneOffset.UTC, new Now(requireNonNull(instant, "instant")));
    }

    /** A clock that shows this time, in UTC. @param instant as ISO 8601, for example {@code 2026-05-04T08:00:00Z} */
    public static FixedClock at(String instant) {
        return at(Instant.parse(instant));
    }

    /** Moves the clock by so much; backwards if negative. */
    public void advance(Duration by) {
        synchronized (now) {
            now.instant = now.instant.plus(by);
        }
    }

    /** Sets the clock. */
    public void set(Instant instant) {
        synchronized (now) {
            now.instant = requireNonNull(instant, "instant");
        }
    }

    @Override
    public Instant instant() {
        return now.instant;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new FixedClock(requireNonNull(other, "zone"), now);
    }
}
