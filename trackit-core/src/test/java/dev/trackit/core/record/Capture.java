package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.LogId;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.ProviderContext;
import dev.trackit.testkit.FixedClock;
import dev.trackit.testkit.InMemoryLineageStoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recorder on a store in memory, and short words for what sources report. */
final class Capture implements AutoCloseable {
    static final Path FOLDER = Path.of("/data/project");
    static final Path NOTEBOOK = FOLDER.resolve("titanic.ipynb");
    static final Instant START = Instant.parse("2026-05-04T08:00:00Z");
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final FixedClock clock = FixedClock.at(START);
    final InMemoryLineageStoreProvider disk;
    final LineageStore store;
    final List<Path> missingFiles = new ArrayList<>();
    final RecorderSettings settings;
    private @Nullable Recorder recorder;

    Capture() {
        this(new InMemoryLineageStoreProvider());
    }

    Capture(InMemoryLineageStoreProvider disk) {
        this(
                disk,
                disk.open(ProviderContext.builder(FOLDER, FOLDER.resolve(".trackit"))
                        .build()));
    }

    Capture(InMemoryLineageStoreProvider disk, LineageStore store) {
        this.disk = disk;
        this.store = store;
        this.settings = new RecorderSettings()
                .clock(clock)
                .watchedFolder(FOLDER)
                .fileExists(path -> !missingFiles.contains(path))
                .firstRetry(Duration.ofMillis(5));
    }

    Recorder recorder() {
        Recorder running = recorder;
        if (running == null) {
            running = Recorder.start(store, settings);
            recorder = running;
        }
        return running;
    }

    Capture on(CaptureEvent event) {
        recorder().on(event);
        return this;
    }

    Capture started(String session, NotebookMatch match) {
        return on(new CaptureEvent.SessionStarted(session(session), match));
    }

    Capture started(String session, Path notebook) {
        return started(session, NotebookMatch.of(NotebookMatch.Basis.SERVER, notebook));
    }

    Capture ran(Execution.Builder execution) {
        return on(new CaptureEvent.ExecutionFinished(execution.build(), Map.of()));
    }

    Capture saved(Notebook notebook) {
        return on(new CaptureEvent.NotebookSaved(notebook, clock.instant()));
    }

    Capture ended(String session) {
        return on(new CaptureEvent.SessionEnded(session, "Shut down.", clock.instant()));
    }

    Capture flushed() {
        if (!recorder().flush(PATIENCE)) {
            throw new AssertionError("Not flushed: " + recorder().counters().lastFailure());
        }
        return this;
    }

    Timeline timeline(Path notebook) {
        flushed();
        return Timeline.read(store, id(notebook));
    }

    NotebookId id(Path notebook) {
        return NotebookIndex.read(store).at(notebook).orElseThrow();
    }

    List<NotebookId> ids() {
        flushed();
        return store.logs().stream()
                .map(LogId::notebook)
                .distinct()
                .filter(id -> !id.equals(RecordTypes.AGENT_LOG.notebook()))
                .toList();
    }

    @Override
    public void close() {
        if (recorder != null && !recorder.close(PATIENCE)) {
            throw new AssertionError("Not closed: " + recorder.counters().lastFailure());
        }
    }

    static Session session(String id) {
        return Session.builder(id, "kernel-of-" + id)
                .kernelName("python3")
                .language("python")
                .workingFolder(FOLDER)
                .startedAt(START)
                .build();
    }

    static Execution.Builder execution(String id, String session, int count, String code) {
        return Execution.builder(id, session, code)
                .executionCount(count)
                .startedAt(START.plusSeconds(count))
                .finishedAt(START.plusSeconds(count).plusMillis(10));
    }

    static Notebook notebook(Path path, Cell.Builder... cells) {
        List<Cell> built = new ArrayList<>();
        for (Cell.Builder cell : cells) {
            built.add(cell.build());
        }
        return Notebook.builder(
                        path,
                        Digest.ofText(built.stream()
                                .map(c -> c.id() + c.source() + c.executionCount() + c.outputs() + c.timing())
                                .toList()
                                .toString()))
                .format("4.5")
                .language("python")
                .kernelName("python3")
                .modifiedAt(START.plusSeconds(60))
                .cells(built)
                .build();
    }

    static Cell.Builder cell(String id, int index, String source) {
        return Cell.builder(id, index, CellType.CODE, source);
    }

    static Cell.Builder cell(String id, int index, String source, int count, String printed) {
        return cell(id, index, source).executionCount(count).outputs(List.of(Output.stream("stdout", printed)));
    }
}
