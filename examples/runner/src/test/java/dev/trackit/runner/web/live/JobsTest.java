package dev.trackit.runner.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.runner.Waiting;
import dev.trackit.runner.web.http.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final Jobs<Slow> jobs = new Jobs<>("jobs-test");

    @Test
    void oneRunsAtATime() {
        Slow first = new Slow();
        jobs.start(id -> first);
        assertThatThrownBy(() -> jobs.start(id -> new Slow())).isInstanceOf(Problem.class);
        first.mayEnd.countDown();
    }

    @Test
    void afterOneWasCancelledTheNextWaitsUntilItHasClearedUpAndIsNotTurnedAway() throws Exception {
        Slow first = new Slow();
        Slow second = new Slow();
        jobs.start(id -> first);
        first.cancel();
        CompletableFuture<Boolean> alone = new CompletableFuture<>();
        Thread starting = new Thread(() -> jobs.start(id -> {
            alone.complete(first.ended);
            return second;
        }));
        starting.start();
        Waiting.until(
                "the second to wait for the first",
                Duration.ofSeconds(60),
                () -> starting.getState() == Thread.State.TIMED_WAITING || alone.isDone());
        assertThat(alone).as("begun while the first clears up").isNotDone();
        first.mayEnd.countDown();
        assertThat(alone.get(60, TimeUnit.SECONDS)).isTrue();
        second.mayEnd.countDown();
        starting.join();
    }

    /** Ends when it may, however early it was cancelled. */
    private static final class Slow implements Jobs.Job {
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private volatile boolean cancelled;
        private volatile boolean ended;

        @Override
        public void run() {
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ended = true;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean over() {
            return cancelled;
        }
    }
}
