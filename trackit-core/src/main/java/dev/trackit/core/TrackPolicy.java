package dev.trackit.core;

/** Which notebooks below the watched folder are recorded. One that was named by {@link Trackit#track} is, one that was named by {@link Trackit#untrack} is not. */
public enum TrackPolicy {
    /** Those that are worked on: a kernel runs for them, or they are saved while TrackIT watches, or they have a log already. The default. */
    WORKED_ON,
    /** All that are found. */
    ALL,
    /** Only those that were named, or have a log already. */
    CHOSEN
}
