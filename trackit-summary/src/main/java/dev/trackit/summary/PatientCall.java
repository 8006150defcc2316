package dev.trackit.summary;

import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.spi.EgressGate;
import dev.trackit.spi.SummaryContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a summarizer or judge, in a thread of its own, so that one that never answers holds nobody: the caller who gives up has a moment later
 * an answer of some kind, and so has one whose patience is at its end. What is left behind is interrupted, may send nothing more and show nothing
 * more, and each call that it had under way is told to the log as given up.
 */
final class PatientCall implements SummaryContext {
    /** How long a summarizer that was told to give up may take to do so. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final String GIVEN_UP = "GIVEN_UP";
    private static final long LOOK_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(PatientCall.class);

    private final SummaryContext context;
    private final Duration patience;
    private final Set<EgressGate.Permit> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /**
     * A call.
     *
     * @param patience how long to wait for the answer
     */
    PatientCall(SummaryContext context, Duration patience) {
        this.context = context;
        this.patience = patience;
    }

    /**
     * Calls, and waits.
     *
     * @param work what asks the summarizer
     * @throws SummarizerException that of the summarizer, or one that says that it did not answer
     */
    <T> T run(Function<SummaryContext, T> work) {
        FutureTask<T> task = new FutureTask<>(() -> work.apply(this));
        Thread thread = new Thread(task, "trackit-summarizer");
        thread.setDaemon(true);
        thread.start();
        long end = System.nanoTime() + patience.toNanos();
        long grace = Long.MAX_VALUE;
        try {
            while (true) {
                try {
                    return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    long now = System.nanoTime();
                    if (grace == Long.MAX_VALUE && context.cancelled()) {
                        grace = now + GRACE.toNanos();
                    }
                    if (now > grace) {
                        throw leave(task, Reason.CANCELLED, "The summary was given up; the summarizer did not listen.");
                    } else if (now > end) {
                        throw leave(
                                task,
                                Reason.TIMEOUT,
                                "The summarizer gave no answer within " + patience.toMillis() / 1000.0 + " s.");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw leave(task, Reason.CANCELLED, "The summary was given up.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            } else if (e.getCause() instanceof Error fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            end();
        }
    }

    /** What a summarizer still has under way when its answer is there, or has failed, is told now: later there may be no log to tell it to. */
    private void end() {
        over = true;
        underWay.forEach(permit -> permit.done(GIVEN_UP, -1, -1));
    }

    private SummarizerException leave(FutureTask<?> task, Reason reason, String message) {
        over = true;
        task.cancel(true);
        LOG.warn("{}", message);
        return new SummarizerException(reason, message);
    }

    @Override
    public EgressGate gate() {
        EgressGate gate = context.gate();
        return (purpose, destination, text) -> {
            if (over) {
                throw new SummarizerException(Reason.CANCELLED, "Nothing was sent: the summary was given up.");
            }
            Tracked permit = new Tracked(gate.request(purpose, destination, text));
            underWay.add(permit);
            if (over) { // Meanwhile; whoever left may not have seen this permit.
                permit.done(GIVEN_UP, -1, -1);
                throw new SummarizerException(Reason.CANCELLED, "Nothing was sent: the summary was given up.");
            }
            return permit;
        };
    }

    @Override
    public void progress(String text) {
        if (!over) {
            context.progress(text);
        }
    }

    @Override
    public boolean cancelled() {
        return over || context.cancelled();
    }

    @Override
    public Clock clock() {
        return context.clock();
    }

    /** A permit whose end is told once, by whoever is first. */
    private final class Tracked implements EgressGate.Permit {
        private final EgressGate.Permit permit;

        Tracked(EgressGate.Permit permit) {
            this.permit = permit;
        }

        @Override
        public String text() {
            return permit.text();
        }

        @Override
        public void done(String outcome, long inputTokens, long outputTokens) {
            if (underWay.remove(this)) {
                permit.done(outcome, inputTokens, outputTokens);
            }
        }
    }
}
