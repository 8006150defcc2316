package dev.trackit.spi;

import java.time.Clock;

/** What a {@link Summarizer} is given with an outline. Safe for use by several threads. */
public interface SummaryContext {

    /** The gate that each request must pass. */
    EgressGate gate();

    /** Shows a piece of the answer as it arrives, to a person who waits. It is plain text, not yet checked. May do nothing. */
    void progress(String text);

    /** The clock to use. */
    Clock clock();

    /** Whether the caller gave up; long work looks at it from time to time. */
    default boolean cancelled() {
        return false;
    }
}
