package dev.trackit.jupyter.watch;

import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a listener was told, for tests: waits with a deadline instead of sleeping. */
final class Seen implements CaptureListener {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final List<CaptureEvent> events = new ArrayList<>();

    @Override
    public synchronized void on(CaptureEvent event) {
        events.add(event);
        notifyAll();
    }

    synchronized List<CaptureEvent> all() {
        return List.copyOf(events);
    }

    synchronized <T extends CaptureEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until so many events satisfy the condition, and returns the last of them. */
    synchronized <T extends CaptureEvent> T await(int count, Class<T> type, Predicate<T> condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            List<T> found = all(type).stream().filter(condition).toList();
            if (found.size() >= count) {
                return found.get(found.size() - 1);
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(
                        "Waited in vain for " + count + " " + type.getSimpleName() + ", saw " + events);
            }
            try {
                wait(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    CaptureEvent.NotebookSaved awaitSaved(Path path) {
        return await(
                1, CaptureEvent.NotebookSaved.class, e -> e.notebook().path().equals(path));
    }

    /** Waits for a save whose first cell has this source. */
    CaptureEvent.NotebookSaved awaitSaved(Path path, String source) {
        return await(
                1,
                CaptureEvent.NotebookSaved.class,
                e -> e.notebook().path().equals(path)
                        && e.notebook().cells().get(0).source().equals(source));
    }
}
