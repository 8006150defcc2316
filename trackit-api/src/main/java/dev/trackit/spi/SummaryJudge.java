package dev.trackit.spi;

import dev.trackit.api.Judgement;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.Summary;

/** Judges how well a summary tells an outline. What holds for a {@link Summarizer} holds here: the gate, the clock, giving up. Safe for use by several threads. */
@FunctionalInterface
public interface SummaryJudge {

    /** Exactly what {@link #judge} would send, without sending anything. A judge that sends nothing returns an empty plan. */
    default SummaryPlan plan(Outline outline, Summary summary) {
        return SummaryPlan.local();
    }

    /**
     * Judges a summary of this outline. One that sends anything out passes each request through {@link SummaryContext#gate()} first.
     *
     * @throws SummarizerException if there is no judgement; it says why, and whether asking again can help
     */
    Judgement judge(Outline outline, Summary summary, SummaryContext context);
}
