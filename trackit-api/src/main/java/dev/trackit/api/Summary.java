package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An outline told in words: statements under headings, each with the ids of the steps it rests on, and where the words come from.
 * Immutable.
 *
 * @param parts the statements under each heading, in order; a heading without statements is absent
 * @param provenance where the words come from
 */
public record Summary(Map<Part, List<Claim>> parts, Provenance provenance) {

    /** The headings, in the order in which they are shown. */
    public enum Part {
        /** What happened, as a story. */
        NARRATIVE,
        /** How raw data was loaded and cleaned. */
        PREPROCESSING,
        /** What shaped the final datasets. */
        TRANSFORMATIONS,
        /** What was tried, what was given up, what changed and why. */
        RATIONALE,
        /** What is not known, and what a reader should ask. */
        OPEN_QUESTIONS
    }

    /** Checks and copies. */
    public Summary {
        requireNonNull(provenance, "provenance");
        Map<Part, List<Claim>> copy = new EnumMap<>(Part.class);
        parts.forEach((part, claims) -> {
            if (!claims.isEmpty()) {
                copy.put(part, List.copyOf(claims));
            }
        });
        parts = Collections.unmodifiableMap(copy);
    }

    /** The statements under a heading; empty if there are none. */
    public List<Claim> part(Part part) {
        return parts.getOrDefault(part, List.of());
    }

    /** How many statements have problems. */
    public long unsupported() {
        return parts.values().stream()
                .flatMap(List::stream)
                .filter(c -> !c.problems().isEmpty())
                .count();
    }

    /**
     * One statement.
     *
     * @param text plain text; never interpreted as markup
     * @param steps the ids of the steps it rests on
     * @param problems what in it nothing in the outline supports, in words; empty if all is supported, or not yet checked
     */
    public record Claim(String text, List<String> steps, List<String> problems) {
        /** Checks and copies. */
        public Claim {
            requireNonNull(text, "text");
            steps = List.copyOf(steps);
            problems = List.copyOf(problems);
        }

        /** A statement that has not been checked. */
        public static Claim of(String text, List<String> steps) {
            return new Claim(text, steps, List.of());
        }
    }

    /**
     * Where a summary's words come from.
     *
     * @param summarizer the summarizer's id
     * @param model the model's id; empty if there was none
     * @param promptVersion the version of the prompts; empty if there were none
     * @param input the digest of the outline's text
     * @param createdAt when it was made
     * @param usage what it cost; null for a summarizer that calls nobody
     * @param notes what a reader must know, in sentences: parts that could not be summarized, for example
     */
    public record Provenance(
            String summarizer,
            String model,
            String promptVersion,
            Digest input,
            Instant createdAt,
            @Nullable Usage usage,
            List<String> notes) {
        /** Checks and copies. */
        public Provenance {
            requireNonNull(summarizer, "summarizer");
            requireNonNull(model, "model");
            requireNonNull(promptVersion, "promptVersion");
            requireNonNull(input, "input");
            requireNonNull(createdAt, "createdAt");
            notes = List.copyOf(notes);
        }
    }

    /**
     * What a summary cost.
     *
     * @param calls how many requests were sent
     * @param inputTokens tokens sent, as counted by the service
     * @param outputTokens tokens received, as counted by the service
     * @param latency the time from the first request to the last answer
     * @param costUsd an estimate in US dollars; null if the model's price is not known
     */
    public record Usage(
            int calls,
            long inputTokens,
            long outputTokens,
            Duration latency,
            @Nullable Double costUsd) {
        /** Checks. */
        public Usage {
            requireNonNull(latency, "latency");
        }
    }
}
