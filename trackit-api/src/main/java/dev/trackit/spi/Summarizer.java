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

    /**
     * Whether a summary that this summarizer made earlier, of an outline that is the same still, is what it would make now: by the same model
     * and the same prompts or rules. One that does not stand is made again when it is asked for.
     */
    default boolean stillStands(Summary.Provenance made) {
        return true;
    }

    /**
     * Why it cannot tell anything as it is set up, in a sentence that says what to do: no credentials, no region. Empty if nothing is known to be
     * wrong. Cheap: it sends nothing, and asks no other machine.
     */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** Its judge of summaries, also those of others; empty if it cannot judge. It is closed with the summarizer. */
    default Optional<SummaryJudge> judge() {
        return Optional.empty();
    }

    /** Frees what it holds, and makes calls in progress end soon. Idempotent. */
    @Override
    default void close() {}
}
