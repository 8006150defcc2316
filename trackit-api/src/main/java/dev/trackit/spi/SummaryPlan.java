package dev.trackit.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a summarizer would send, without sending it.
 *
 * @param destination to whom: service, region or address, model; empty if nothing would be sent
 * @param requests the texts, in order
 * @param inputTokens an estimate of the tokens that they hold
 */
public record SummaryPlan(String destination, List<Request> requests, long inputTokens) {

    /** Checks and copies. */
    public SummaryPlan {
        requireNonNull(destination, "destination");
        requests = List.copyOf(requests);
    }

    /** Nothing would be sent. */
    public static SummaryPlan local() {
        return new SummaryPlan("", List.of(), 0);
    }

    /**
     * One request.
     *
     * @param purpose what it is for, in words
     * @param text all the text that would be sent, instructions included
     * @param inputTokens an estimate of the tokens that it holds
     */
    public record Request(String purpose, String text, long inputTokens) {
        /** Checks. */
        public Request {
            requireNonNull(purpose, "purpose");
            requireNonNull(text, "text");
        }
    }
}
