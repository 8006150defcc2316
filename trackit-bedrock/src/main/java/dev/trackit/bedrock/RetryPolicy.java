package dev.trackit.bedrock;

import dev.trackit.api.SummarizerException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to ask again: only after faults that pass, with full jitter (a random wait up to a bound that doubles), until a deadline.
 *
 * @param deadline the time for one request with all its attempts
 * @param first the bound of the first wait
 * @param longest the bound of all waits
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And Jitter</a>
 */
record RetryPolicy(Duration deadline, Duration first, Duration longest) {
    private static final int MOST_ATTEMPTS = 10;

    static RetryPolicy standard(Duration deadline) {
        return new RetryPolicy(deadline, Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    /** One attempt. */
    @FunctionalInterface
    interface Attempt<T> {
        T run(Duration remaining) throws InterruptedException;
    }

    <T> T run(Attempt<T> attempt) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        long bound = first.toMillis();
        for (int n = 1; ; n++) {
            try {
                return attempt.run(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
            } catch (SummarizerException e) {
                long wait = ThreadLocalRandom.current().nextLong(bound + 1);
                boolean late = System.nanoTime() + wait * 1_000_000 >= end;
                if (!e.retryable()
                        || e.reason() == SummarizerException.Reason.BAD_ANSWER
                        || late
                        || n >= MOST_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(wait);
                bound = Math.min(bound * 2, longest.toMillis());
            }
        }
    }
}
