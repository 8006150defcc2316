package dev.trackit.spi;

import dev.trackit.api.SummarizerException;

/**
 * The one way out of the machine. It redacts what is to be sent, and makes a durable record of the call in the log; without the
 * record there is no call.
 */
@FunctionalInterface
public interface EgressGate {

    /**
     * Asks to send a text.
     *
     * @param purpose what it is for, in words: {@code summary of titanic.ipynb, part 2 of 3}
     * @param destination to whom: service, region or address, model
     * @param text what is to be sent
     * @return the permission, with the text to send
     * @throws SummarizerException with reason {@code NOT_PERMITTED} if it may not be sent, or could not be recorded
     */
    Permit request(String purpose, String destination, String text);

    /** A permission to send one text once, or again if the service asks to. */
    interface Permit {

        /** The redacted text, which is what must be sent. */
        String text();

        /**
         * Records what became of the call. Never throws.
         *
         * @param outcome {@code ok}, or why it failed, in words
         * @param inputTokens as counted by the service; -1 if not known
         * @param outputTokens as counted by the service; -1 if not known
         */
        void done(String outcome, long inputTokens, long outputTokens);
    }
}
