package dev.trackit.runner.web.live;

import dev.trackit.runner.web.http.Problem;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Things that take long and run one at a time, each in a thread of its own: replays, questions to a summarizer. The last few can still be asked about.
 * Safe for use by several threads.
 */
public final class Jobs<J extends Jobs.Job> {
    private static final int REMEMBERED = 16;
    private static final long CLEARING_UP_NANOS = 20_000_000_000L;

    private final String name;
    private final Map<String, J> jobs = new LinkedHashMap<>();
    private @Nullable J running;
    private boolean closed;

    /** One of them. */
    public interface Job extends Runnable {
        /** Runs it, until it is done or this thread is interrupted. Never throws. */
        @Override
        void run();

        /** Asks it to end soon, from any thread. */
        void cancel();

        /** Whether how it ended is known: it is done, or was cancelled, and only clears up. */
        boolean over();
    }

    /** @param name of the threads */
    public Jobs(String name) {
        this.name = name;
    }

    /**
     * Starts one. Whoever read that one has ended may start another at once: if that one still clears up, this waits for it.
     *
     * @return its id
     * @throws Problem with 409 if one runs already
     */
    public synchronized String start(Function<String, J> maker) {
        awaitClearedUp();
        if (running != null || closed) {
            throw Problem.of(409, "One is running already.").todo("Wait until it has ended, or cancel it.");
        }
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        J job = maker.apply(id);
        running = job;
        jobs.put(id, job);
        Iterator<J> eldest = jobs.values().iterator();
        while (jobs.size() > REMEMBERED && eldest.hasNext()) {
            eldest.next();
            eldest.remove();
        }
        Thread thread = new Thread(() -> run(job), name);
        thread.setDaemon(true);
        thread.start();
        return id;
    }

    private void awaitClearedUp() {
        long began = System.nanoTime();
        while (running != null && running.over()) {
            long left = CLEARING_UP_NANOS - (System.nanoTime() - began);
            if (left <= 0) {
                return;
            }
            try {
                // Without the lock, so that it can be told of the end. At least a millisecond: zero would be without
                // end.
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void run(J job) {
        try {
            job.run();
        } finally {
            synchronized (this) {
                running = null;
                notifyAll();
            }
        }
    }

    /** The one with this id, if it is remembered. */
    public synchronized Optional<J> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** Ends what runs, and starts nothing more. */
    public void close() {
        J job;
        synchronized (this) {
            closed = true;
            job = running;
        }
        if (job != null) {
            job.cancel();
        }
    }
}
