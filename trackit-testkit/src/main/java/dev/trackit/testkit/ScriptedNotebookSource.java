package dev.trackit.testkit;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Execution;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.CaptureListener;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.NotebookSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A source that reports what a test tells it to, in the thread of the test. It keeps the contract of sources as long as the test does: what
 * is emitted before {@link #start} is refused, what is emitted after {@link #close} is ignored. Safe for use by several threads.
 */
public final class ScriptedNotebookSource implements NotebookSource {
    private final Map<Path, Notebook> notebooks = new TreeMap<>();
    private final Map<String, KernelStatus> kernels = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable CaptureListener listener;
    private boolean closed;

    /** A source that has seen nothing yet. */
    public ScriptedNotebookSource() {}

    /**
     * Reports an event.
     *
     * @throws IllegalStateException if the source was not started
     */
    public void emit(CaptureEvent event) {
        CaptureListener to;
        synchronized (this) {
            if (listener == null) {
                throw new IllegalStateException("Start the source before it reports anything.");
            }
            to = closed ? null : listener;
            if (to != null && event instanceof CaptureEvent.NotebookSaved saved) {
                notebooks.put(saved.notebook().path(), saved.notebook());
            }
        }
        if (to != null) {
            to.on(requireNonNull(event, "event"));
        }
    }

    /** Reports that a session began. */
    public void started(Session session, NotebookMatch match) {
        emit(new CaptureEvent.SessionStarted(session, match));
    }

    /** Reports that it became known to which notebook a session belongs. */
    public void matched(String session, NotebookMatch match, Instant at) {
        emit(new CaptureEvent.SessionMatched(session, match, at));
    }

    /** Reports an execution without payloads. */
    public void finished(Execution execution) {
        emit(new CaptureEvent.ExecutionFinished(execution, Map.of()));
    }

    /** Reports a save; the notebook can be read from then on. */
    public void saved(Notebook notebook, Instant at) {
        emit(new CaptureEvent.NotebookSaved(notebook, at));
    }

    /** Reports the end of a session. */
    public void ended(String session, String reason, Instant at) {
        emit(new CaptureEvent.SessionEnded(session, reason, at));
    }

    /** Lets a notebook be found and read, without an event. */
    public synchronized ScriptedNotebookSource holding(Notebook notebook) {
        notebooks.put(notebook.path(), notebook);
        return this;
    }

    /** Sets what is seen of one kernel. */
    public synchronized ScriptedNotebookSource kernel(KernelStatus kernel) {
        kernels.put(kernel.kernelId(), kernel);
        return this;
    }

    /** Adds a warning. */
    public synchronized ScriptedNotebookSource warning(String warning) {
        warnings.add(requireNonNull(warning, "warning"));
        return this;
    }

    /** Whether the source was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Whether the source was started. */
    public synchronized boolean isStarted() {
        return listener != null;
    }

    @Override
    public synchronized void start(CaptureListener to) {
        if (listener != null) {
            throw new IllegalStateException("A source is started once.");
        }
        listener = requireNonNull(to, "listener");
    }

    @Override
    public synchronized List<Path> notebooks() {
        return List.copyOf(notebooks.keySet());
    }

    @Override
    public boolean reads(Path file) {
        return file.toString().endsWith(".ipynb");
    }

    @Override
    public synchronized Notebook read(Path file) {
        Notebook notebook = notebooks.get(file.toAbsolutePath().normalize());
        if (notebook == null) {
            throw new CaptureException("The script holds no notebook " + file + ".");
        }
        return notebook;
    }

    @Override
    public synchronized List<KernelStatus> kernels() {
        return List.copyOf(kernels.values());
    }

    @Override
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
