package dev.trackit.jupyter.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Keeps all events, and waits for what is to come. */
public final class SeenEvents implements CaptureListener {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<CaptureEvent> events = new ArrayList<>();

    @Override
    public synchronized void on(CaptureEvent event) {
        events.add(event);
        notifyAll();
    }

    /** All events so far. */
    public synchronized List<CaptureEvent> all() {
        return List.copyOf(events);
    }

    /** Waits until the events so far fulfil this. */
    public synchronized void await(String what, Predicate<SeenEvents> condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(this)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            assertThat(left)
                    .as("time left to wait for: " + what + "; seen: " + events)
                    .isPositive();
            wait(left);
        }
    }

    /** Executions in the order in which they were first reported, each as it was reported last. */
    public List<Execution> executions() {
        Map<String, Execution> byId = new LinkedHashMap<>();
        for (CaptureEvent event : all()) {
            if (event instanceof CaptureEvent.ExecutionFinished finished) {
                byId.put(finished.execution().id(), finished.execution());
            }
        }
        return new ArrayList<>(byId.values());
    }

    /** The codes of all executions, in order. */
    public List<String> codes() {
        return executions().stream().map(Execution::code).toList();
    }

    /** All gaps, in order. */
    public List<Gap> gaps() {
        return all().stream()
                .filter(CaptureEvent.Missed.class::isInstance)
                .map(e -> ((CaptureEvent.Missed) e).gap())
                .toList();
    }

    /** Events of one type, in order. */
    public <T extends CaptureEvent> List<T> of(Class<T> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for an execution of this code that ended, and returns it. */
    public Execution awaitCode(String code) throws InterruptedException {
        await("the end of " + code, seen -> seen.codes().contains(code));
        return executions().stream()
                .filter(e -> e.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
