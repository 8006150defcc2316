package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a model thinks of a summary. It is an opinion: it is shown beside what was counted, and nothing depends on it.
 *
 * @param verdicts one for each criterion, in the order of the criteria
 * @param provenance who judged, and what it cost
 */
public record Judgement(List<Verdict> verdicts, Summary.Provenance provenance) {

    /** Checks and copies. @throws IllegalArgumentException if there is not exactly one verdict for each criterion */
    public Judgement {
        verdicts = List.copyOf(verdicts);
        requireNonNull(provenance, "provenance");
        List<Criterion> judged = verdicts.stream().map(Verdict::criterion).toList();
        if (!judged.equals(List.of(Criterion.values()))) {
            throw new IllegalArgumentException("Expected one verdict for each criterion, in order, not " + judged);
        }
    }

    /** What a summary is judged by. */
    public enum Criterion {
        /** It says nothing that the outline does not support. */
        FAITHFUL,
        /** It tells all that shaped the results. */
        COMPLETE,
        /** A colleague who has not seen the notebook understands it. */
        CLEAR
    }

    /**
     * One criterion, judged.
     *
     * @param criterion which
     * @param points from 1 (not at all) to 5 (wholly)
     * @param reason why, in a sentence or two; plain text, not checked
     * @param steps the ids of the steps that the reason names
     */
    public record Verdict(Criterion criterion, int points, String reason, List<String> steps) {
        /** The most points. */
        public static final int MOST = 5;

        /** Checks and copies. @throws IllegalArgumentException if the points are not from 1 to 5 */
        public Verdict {
            requireNonNull(criterion, "criterion");
            requireNonNull(reason, "reason");
            steps = List.copyOf(steps);
            if (points < 1 || points > MOST) {
                throw new IllegalArgumentException("Points are 1 to " + MOST + ", not " + points);
            }
        }
    }
}
