package dev.trackit.jupyter.watch;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;

/** How a {@link NotebookWatcher} watches. Immutable. */
public final class WatchOptions {
    private final boolean alwaysPoll;
    private final Duration quiet;
    private final Duration statEvery;
    private final Duration walkEvery;
    private final Duration patience;
    private final Duration grace;
    private final Clock clock;

    private WatchOptions(Builder b) {
        this.alwaysPoll = b.alwaysPoll;
        this.quiet = b.quiet;
        this.statEvery = b.statEvery;
        this.walkEvery = b.walkEvery;
        this.patience = b.patience;
        this.grace = b.grace;
        this.clock = b.clock;
    }

    /** The defaults, which suit people and Jupyter. */
    public static WatchOptions standard() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether file events are not used even where they would come. Default: no. */
    public boolean alwaysPoll() {
        return alwaysPoll;
    }

    /** How long a file must rest before it is read, if nothing else says that a save is complete. Default: 150 ms. */
    public Duration quiet() {
        return quiet;
    }

    /** How often the known notebooks are looked at where events do not come. Default: 2 s. */
    public Duration statEvery() {
        return statEvery;
    }

    /** How often the whole tree is walked, to find what polling cannot see and events have missed. Default: 45 s. */
    public Duration walkEvery() {
        return walkEvery;
    }

    /** How long a file may be unreadable, while it is being written, until that becomes a warning. Default: 10 s. */
    public Duration patience() {
        return patience;
    }

    /** How long a file must be gone until it counts as deleted: an atomic replacement is no deletion. Default: 1 s. */
    public Duration grace() {
        return grace;
    }

    /** The clock for the times in events. Default: the system's. */
    public Clock clock() {
        return clock;
    }

    /** Builds {@link WatchOptions}. Not safe for use by several threads. */
    public static final class Builder {
        private boolean alwaysPoll;
        private Duration quiet = Duration.ofMillis(150);
        private Duration statEvery = Duration.ofSeconds(2);
        private Duration walkEvery = Duration.ofSeconds(45);
        private Duration patience = Duration.ofSeconds(10);
        private Duration grace = Duration.ofSeconds(1);
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** See {@link WatchOptions#alwaysPoll()}. */
        public Builder alwaysPoll(boolean alwaysPoll) {
            this.alwaysPoll = alwaysPoll;
            return this;
        }

        /** See {@link WatchOptions#quiet()}. */
        public Builder quiet(Duration quiet) {
            this.quiet = positive(quiet, "quiet");
            return this;
        }

        /** See {@link WatchOptions#statEvery()}. */
        public Builder statEvery(Duration statEvery) {
            this.statEvery = positive(statEvery, "statEvery");
            return this;
        }

        /** See {@link WatchOptions#walkEvery()}. */
        public Builder walkEvery(Duration walkEvery) {
            this.walkEvery = positive(walkEvery, "walkEvery");
            return this;
        }

        /** See {@link WatchOptions#patience()}. */
        public Builder patience(Duration patience) {
            this.patience = positive(patience, "patience");
            return this;
        }

        /** See {@link WatchOptions#grace()}. */
        public Builder grace(Duration grace) {
            this.grace = positive(grace, "grace");
            return this;
        }

        /** See {@link WatchOptions#clock()}. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** The options. */
        public WatchOptions build() {
            return new WatchOptions(this);
        }

        private static Duration positive(Duration value, String name) {
            requireNonNull(value, name);
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be longer than nothing, not " + value);
            }
            return value;
        }
    }
}
