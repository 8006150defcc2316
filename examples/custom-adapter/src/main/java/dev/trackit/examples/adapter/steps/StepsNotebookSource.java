package dev.trackit.examples.adapter.steps;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.NotebookSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches a folder for {@code *.steps} files by reading them again and again, which is good enough for small files on any file system. The tool has
 * no kernels, so there are saves to report and no executions. Safe for use by several threads.
 */
public final class StepsNotebookSource implements NotebookSource {
    private static final long EVERY_MILLIS = 250;

    private final Path folder;
    private final Clock clock;
    private final Map<Path, Digest> seen = new HashMap<>();
    private @Nullable ScheduledExecutorService thread;
    private volatile boolean closed;
    private volatile String warning = "";

    StepsNotebookSource(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    // region start
    @Override
    public synchronized void start(CaptureListener listener) {
        if (thread != null) {
            throw new IllegalStateException("A source is started once.");
        }
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watching = new Thread(task, "steps-source");
            watching.setDaemon(true);
            return watching;
        });
        if (!closed) {
            thread.scheduleWithFixedDelay(() -> look(listener), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
    // endregion

    private void look(CaptureListener listener) {
        try {
            Set<Path> gone = new HashSet<>(seen.keySet());
            for (Path file : notebooks()) {
                gone.remove(file);
                readAndReport(file, listener);
            }
            for (Path file : gone) {
                seen.remove(file);
                report(new CaptureEvent.NotebookDeleted(file, clock.instant()), listener);
            }
            warning = "";
        } catch (CaptureException e) {
            warning = String.valueOf(e.getMessage());
        }
    }

    private void readAndReport(Path file, CaptureListener listener) {
        Notebook notebook;
        try {
            notebook = read(file);
        } catch (CaptureException e) {
            return; // Half-written, most likely: it is read again at the next turn.
        }
        if (!notebook.digest().equals(seen.put(file, notebook.digest()))) {
            report(new CaptureEvent.NotebookSaved(notebook, clock.instant()), listener);
        }
    }

    private void report(CaptureEvent event, CaptureListener listener) {
        if (closed) {
            return;
        }
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            warning = "The listener failed: " + e; // An exception would end the watching for good.
        }
    }

    @Override
    public List<Path> notebooks() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> reads(file) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CaptureException("The folder " + folder + " cannot be read.", e);
        }
    }

    @Override
    public boolean reads(Path file) {
        return file.toString().endsWith(StepsFile.SUFFIX);
    }

    @Override
    public Notebook read(Path file) {
        return StepsFile.read(file);
    }

    @Override
    public List<KernelStatus> kernels() {
        return List.of();
    }

    @Override
    public List<String> warnings() {
        String now = warning;
        return now.isEmpty() ? List.of() : List.of(now);
    }

    @Override
    public void close() {
        closed = true;
        ScheduledExecutorService watching;
        synchronized (this) {
            watching = thread;
        }
        if (watching != null) {
            watching.shutdownNow();
            try {
                // Nothing may be reported after this method returned, so the last look is waited for.
                if (!watching.awaitTermination(10, TimeUnit.SECONDS)) {
                    warning = "The watching did not end in time.";
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
