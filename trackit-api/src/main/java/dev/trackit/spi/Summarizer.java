package dev.trackit.spi;

import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.Summary;
import java.util.Optional;

/**
 * Tells an {@link Outline} in words. It sees nothing but the outline, which is redacted. Safe for use by several threads.
 *
 * <p>What it says is checked by the core: a statement that cites a step that does not exist, or names what the outline does not
 * hold, is marked.
 */
public interface Summarizer extends AutoCloseable {

    /** Whether it sends anything out of the machine. */
    default boolean remote() {
        return false;
    }

    /**
     * Exactly what {@link #summarize} would send for this outline, without sending anything. A summarizer that sends nothing
     * returns an empty plan.
     */
    default SummaryPlan plan(Outline outline) {
        return SummaryPlan.local();
    }

    /**
     * Tells the outline in words.
     *
     * <p>A summarizer that sends anything out passes each request through {@link SummaryContext#gate()} first, and sends what the
     * gate returns, only that, and only after the gate returned.
     *
     * @throws SummarizerException if there is no summary; it says why, and whether asking again can help
     */
    Summary summarize(Outline outline, SummaryContext context);

    /** Its judge of summaries, also those of others; empty if it cannot judge. It is closed with the summarizer. */
    default Optional<SummaryJudge> judge() {
        return Optional.empty();
    }

    /** Frees what it holds, and makes calls in progress end soon. Idempotent. */
    @Override
    default void close() {}
}
