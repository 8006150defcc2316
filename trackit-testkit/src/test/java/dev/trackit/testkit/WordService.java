package dev.trackit.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A service in the same process, and what was sent to it. Safe for use by several threads. */
final class WordService implements SummarizerContract.Destination {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile boolean failing;
    private volatile boolean hanging;

    /** Asks; a service that hangs answers nothing until the caller aborts. */
    String ask(String text, CountDownLatch abort) {
        receive(text);
        if (hanging) {
            try {
                abort.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new BrokenException("aborted");
        }
        if (failing) {
            throw new BrokenException("failing");
        }
        return "Words about " + text.length() + " characters.";
    }

    void receive(String text) {
        received.add(text);
    }

    @Override
    public List<String> received() {
        return List.copyOf(received);
    }

    @Override
    public void fail() {
        failing = true;
    }

    @Override
    public void hang() {
        hanging = true;
    }

    /** What a client of such a service throws. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message);
        }
    }
}
