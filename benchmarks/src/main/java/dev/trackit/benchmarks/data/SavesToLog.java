package dev.trackit.benchmarks.data;

import dev.trackit.api.Notebook;
import dev.trackit.core.record.Recorder;
import dev.trackit.core.record.RecorderSettings;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.LineageStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Saves of one notebook, recorded without force. Used by one thread. */
public final class SavesToLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LineageStore store;
    private final Recorder recorder;

    /** Records the first save. */
    public SavesToLog(Path folder, Notebook first) {
        store = Stores.open(folder.resolve(".trackit"), false);
        recorder = Recorder.start(
                store, new RecorderSettings().watchedFolder(folder).fileExists(path -> true));
        recorder.track(first.path());
        take(first);
    }

    /** This notebook, as if it stood at another path. */
    public static Notebook at(Path path, Notebook notebook) {
        return Notebook.builder(path, notebook.digest())
                .format(notebook.format())
                .language(notebook.language())
                .kernelName(notebook.kernelName())
                .cells(notebook.cells())
                .bytes(notebook.bytes())
                .modifiedAt(notebook.modifiedAt())
                .build();
    }

    /** Records a save and waits until it is acknowledged. */
    public void take(Notebook notebook) {
        recorder.on(new CaptureEvent.NotebookSaved(notebook, Instant.now()));
        if (!recorder.flush(PATIENCE)) {
            throw new IllegalStateException(
                    "Not recorded in time: " + recorder.counters().lastFailure());
        }
    }

    /** How many records were written. */
    public long written() {
        return recorder.counters().written();
    }

    @Override
    public void close() {
        recorder.close(PATIENCE);
        store.close();
    }
}
