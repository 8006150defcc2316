package dev.trackit.runner.demo;

import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.NotebookId;
import dev.trackit.core.TrackitListener;
import dev.trackit.core.timeline.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Sees what is recorded, and lets the story wait for it. Safe for use by several threads. */
final class Witness implements TrackitListener {
    private final List<Execution> executions = new ArrayList<>();
    private int snapshots;
    private int gaps;

    @Override
    public synchronized void onExecution(NotebookId notebook, Execution execution) {
        executions.add(execution);
        notifyAll();
    }

    @Override
    public synchronized void onSnapshot(NotebookId notebook, Snapshot snapshot) {
        snapshots++;
        notifyAll();
    }

    @Override
    public synchronized void onGap(NotebookId notebook, Gap gap) {
        gaps++;
        notifyAll();
    }

    synchronized int snapshots() {
        return snapshots;
    }

    synchronized int gaps() {
        return gaps;
    }

    /** Waits until so many executions were recorded; false if the patience was not enough. */
    synchronized boolean awaitExecutions(int wanted, Duration patience) throws InterruptedException {
        return await(() -> executions.size() >= wanted, patience);
    }

    /** Waits until so many saves were recorded; false if the patience was not enough. */
    synchronized boolean awaitSnapshots(int wanted, Duration patience) throws InterruptedException {
        return await(() -> snapshots >= wanted, patience);
    }

    private boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
