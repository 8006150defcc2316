package dev.trackit.bedrock;

import dev.trackit.api.SummarizerException;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a model once. The seam between what is asked and how it is sent. */
interface Conversation extends AutoCloseable {

    /**
     * Sends one request and waits for the whole answer.
     *
     * @param deadline how long to wait at most
     * @param listener is given the answer piece by piece as it arrives
     * @throws SummarizerException if there is no whole answer
     * @throws InterruptedException if the caller's thread was interrupted; the request is given up
     */
    Reply ask(String system, String text, Duration deadline, Consumer<String> listener) throws InterruptedException;

    /** Who is asked, in words. */
    String destination();

    @Override
    void close();
}
