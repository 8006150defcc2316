package dev.trackit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.ConfigurationException;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.LogLockedException;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.core.timeline.Snapshot;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.core.timeline.TimelineFollower;
import dev.trackit.spi.CaptureListener;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.ProviderContext;
import dev.trackit.testkit.InMemoryLineageStoreProvider;
import dev.trackit.testkit.ScriptedNotebookSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final InMemoryLineageStoreProvider disk = new InMemoryLineageStoreProvider();
    private final ScriptedNotebookSource source = new ScriptedNotebookSource();

    private LineageStore store() {
        return disk.open(
                ProviderContext.builder(folder, folder.resolve(".trackit")).build());
    }

    private Trackit.Builder builder() {
        return Trackit.builder().watchedFolder(folder).store(store()).source(source);
    }

    private void run(String session, String name, String... codes) {
        source.started(
                Session.builder(session, "kernel-" + session).language("python").build(),
                NotebookMatch.of(NotebookMatch.Basis.SERVER, folder.resolve(name)));
        int count = 1;
        for (String code : codes) {
            source.finished(Execution.builder(session + "-" + count, session, code)
                    .executionCount(count++)
                    .build());
        }
    }

    @Test
    void anEmbedderCapturesAndReadsInAFewLines() {
        try (Trackit trackit = builder().start()) {
            run("s1", "titanic.ipynb", "a = 1", "b = 2");
            assertThat(trackit.flush(PATIENCE)).isTrue();
            TrackitReader reader = trackit.reader();
            NotebookSummary found = reader.find("titanic");
            assertThat(found.executions()).isEqualTo(2);
            assertThat(found.path()).isEqualTo(folder.resolve("titanic.ipynb"));
            assertThat(reader.timeline(found.id()).executions())
                    .extracting(Execution::code)
                    .containsExactly("a = 1", "b = 2");
        }
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void aBuilderThatIsNotStartedStartsNothingAndCreatesNothing() throws Exception {
        int threads = Thread.activeCount();
        Trackit.builder().watchedFolder(folder).store("jsonl").source("jupyter").allKernels(true);
        assertThat(Thread.activeCount()).isEqualTo(threads);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aStoreThatWasGivenStaysOpenAndClosingTwiceIsHarmless() {
        LineageStore given = store();
        Trackit trackit = Trackit.builder()
                .watchedFolder(folder)
                .store(given)
                .source(source)
                .start();
        trackit.close();
        trackit.close();
        assertThat(given.logs()).isNotEmpty();
        assertThat(trackit.status().running()).isFalse();
    }

    @Test
    void withoutAStoreOnTheClassPathTheErrorNamesTheArtifact() {
        assertThatThrownBy(() -> Trackit.builder()
                        .watchedFolder(folder)
                        .source(source)
                        .classLoader(new ClassLoader(null) {})
                        .start())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dev.trackit:trackit-store-jsonl");
    }

    @Test
    void aSecondTrackitOnTheSameDataIsRefusedAndOneElsewhereIsNot() {
        try (Trackit first = builder().start()) {
            assertThatThrownBy(() -> Trackit.builder()
                            .watchedFolder(folder)
                            .store(store())
                            .source(new ScriptedNotebookSource())
                            .start())
                    .isInstanceOf(LogLockedException.class);
            try (Trackit elsewhere = Trackit.builder()
                    .watchedFolder(folder.resolve("other"))
                    .store(new InMemoryLineageStoreProvider()
                            .open(ProviderContext.builder(folder, folder).build()))
                    .source(new ScriptedNotebookSource())
                    .start()) {
                run("s1", "a.ipynb", "x");
                assertThat(first.flush(PATIENCE)).isTrue();
                assertThat(elsewhere.reader().notebooks()).isEmpty();
            }
        }
    }

    @Test
    void listenersAreToldOfWhatIsDurable() throws InterruptedException {
        List<String> told = new CopyOnWriteArrayList<>();
        CountDownLatch three = new CountDownLatch(3);
        TrackitListener listener = new TrackitListener() {
            @Override
            public void onExecution(NotebookId notebook, Execution execution) {
                told.add(execution.code());
                three.countDown();
                throw new IllegalStateException("a listener's own fault");
            }

            @Override
            public void onSnapshot(NotebookId notebook, Snapshot snapshot) {
                told.add("saved " + snapshot.changedCells());
                three.countDown();
            }

            @Override
            public void onGap(NotebookId notebook, Gap gap) {
                told.add("gap");
            }
        };
        try (Trackit trackit = builder().listener(listener).start()) {
            run("s1", "a.ipynb", "x", "y");
            source.saved(notebook("a.ipynb", "x"), Instant.now());
            assertThat(trackit.flush(PATIENCE)).isTrue();
            assertThat(three.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(told).containsExactlyInAnyOrder("x", "y", "saved [c0]").containsSubsequence("x", "y");
    }

    @Test
    void statusTellsOfKernelsAndOfWhatWasRecorded() {
        source.kernel(new KernelStatus(
                        "kernel-s1",
                        "s1",
                        "python3",
                        "python",
                        KernelStatus.State.IDLE,
                        NotebookMatch.unknown(),
                        "",
                        2,
                        0,
                        0,
                        0,
                        99))
                .warning("The limit of watches is reached.");
        try (Trackit trackit = builder().start()) {
            run("s1", "a.ipynb", "x", "y");
            assertThat(trackit.flush(PATIENCE)).isTrue();
            TrackitStatus status = trackit.status();
            assertThat(status.kernels()).singleElement().satisfies(kernel -> {
                assertThat(kernel.recorded()).isEqualTo(2);
                assertThat(kernel.notebook())
                        .isEqualTo(trackit.reader().find("a").id());
            });
            assertThat(status.warnings()).containsExactly("The limit of watches is reached.");
            assertThat(status.store().healthy()).isTrue();
            assertThat(status.store().written()).isGreaterThan(3);
            assertThat(status.queue().events()).isZero();
            assertThat(status.lastExecutionAt()).isPresent();
        }
    }

    @Test
    void aSourceThatFailsToStartIsClosedAndNothingStaysBehind() {
        NotebookSource broken = new BrokenSource();
        assertThatThrownBy(() -> Trackit.builder()
                        .watchedFolder(folder)
                        .store(store())
                        .source(source)
                        .source(broken)
                        .start())
                .hasMessage("no such bus");
        assertThat(source.isClosed()).isTrue();
        Trackit.builder()
                .watchedFolder(folder)
                .store(store())
                .source(new ScriptedNotebookSource())
                .start()
                .close();
    }

    @Test
    void aSourceThatThrowsWhenAskedIsAWarningInTheStatus() {
        BrokenSource broken = new BrokenSource();
        broken.starts = true;
        try (Trackit trackit = Trackit.builder()
                .watchedFolder(folder)
                .store(store())
                .source(broken)
                .start()) {
            assertThat(trackit.status().warnings()).singleElement().asString().contains("no such bus");
        }
    }

    @Test
    void notebooksAreFoundByIdPathNameOrUniquePart() {
        try (Trackit trackit = builder().start()) {
            run("s1", "titanic.ipynb", "x");
            run("s2", "deep/titanic.ipynb", "x");
            run("s3", "Iris Flowers.ipynb", "x");
            assertThat(trackit.flush(PATIENCE)).isTrue();
            TrackitReader reader = trackit.reader();
            assertThat(reader.find("iris").name()).isEqualTo("Iris Flowers.ipynb");
            assertThat(reader.find("deep/titanic.ipynb").path()).isEqualTo(folder.resolve("deep/titanic.ipynb"));
            assertThat(reader.find(folder.resolve("titanic.ipynb").toString()).path())
                    .isEqualTo(folder.resolve("titanic.ipynb"));
            NotebookSummary iris = reader.find("Iris Flowers");
            assertThat(reader.find(iris.id().value())).isEqualTo(iris);
            assertThatThrownBy(() -> reader.find("titanic"))
                    .isInstanceOfSatisfying(UnknownNotebookException.class, e -> {
                        assertThat(e.ambiguous()).isTrue();
                        assertThat(e.candidates()).hasSize(2);
                        assertThat(e).hasMessageContaining("\"titanic\" names 2 notebooks");
                    });
            assertThatThrownBy(() -> reader.find("titanik"))
                    .isInstanceOf(UnknownNotebookException.class)
                    .hasMessageContaining("Did you mean:")
                    .hasMessageContaining("titanic.ipynb");
            assertThatThrownBy(() -> reader.find("")).isInstanceOf(UnknownNotebookException.class);
        }
    }

    @Test
    void aReaderFollowsWhatIsRecordedMeanwhile() {
        try (Trackit trackit = builder().start()) {
            run("s1", "a.ipynb", "x");
            assertThat(trackit.flush(PATIENCE)).isTrue();
            try (TimelineFollower follower =
                    trackit.reader().follow(trackit.reader().find("a").id())) {
                assertThat(follower.poll()).hasSize(2);
                source.finished(
                        Execution.builder("s1-9", "s1", "y").executionCount(9).build());
                assertThat(trackit.flush(PATIENCE)).isTrue();
                assertThat(follower.poll())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                TimelineEntry.Executed.class,
                                e -> assertThat(e.execution().code()).isEqualTo("y"));
                assertThat(follower.poll()).isEmpty();
                assertThat(follower.timeline().executions()).hasSize(2);
            }
        }
    }

    @Test
    void savedNotebooksAreImportedWithAndWithoutCapture() {
        source.holding(notebook("a.ipynb", "x", "y"));
        try (Importer importer = builder().openImporter()) {
            assertThat(importer.importNotebook(folder.resolve("a.ipynb")).added())
                    .isEqualTo(2);
            assertThat(importer.importNotebook(folder.resolve("a.ipynb")).known())
                    .isEqualTo(2);
            assertThat(importer.reader().notebooks()).hasSize(1);
        }
        ScriptedNotebookSource again = new ScriptedNotebookSource().holding(notebook("a.ipynb", "x", "y", "z"));
        try (Trackit trackit = Trackit.builder()
                .watchedFolder(folder)
                .store(store())
                .source(again)
                .start()) {
            assertThat(trackit.importNotebook(folder.resolve("a.ipynb")).added())
                    .isEqualTo(1);
        }
    }

    @Test
    void theDataFolderIsFoundUpwardsAsGitFindsItsOwn() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        assertThat(DataFolder.locate(deep)).isEqualTo(deep.resolve(".trackit"));
        Files.createDirectory(folder.resolve(".trackit"));
        assertThat(DataFolder.locate(deep)).isEqualTo(folder.resolve(".trackit"));
    }

    private Notebook notebook(String name, String... sources) {
        List<Cell> cells = new java.util.ArrayList<>();
        for (String code : sources) {
            cells.add(Cell.builder("c" + cells.size(), cells.size(), CellType.CODE, code)
                    .executionCount(cells.size() + 1)
                    .outputs(List.of(Output.stream("stdout", code)))
                    .build());
        }
        return Notebook.builder(folder.resolve(name), Digest.ofText(String.join("\n", sources)))
                .modifiedAt(Instant.now().plusSeconds(60))
                .cells(cells)
                .build();
    }

    private static final class BrokenSource implements NotebookSource {
        private boolean starts;

        @Override
        public void start(CaptureListener listener) {
            if (!starts) {
                throw new IllegalStateException("no such bus");
            }
        }

        @Override
        public List<Path> notebooks() {
            throw new IllegalStateException("no such bus");
        }

        @Override
        public boolean reads(Path file) {
            return false;
        }

        @Override
        public Notebook read(Path file) {
            throw new IllegalStateException("no such bus");
        }

        @Override
        public List<KernelStatus> kernels() {
            throw new IllegalStateException("no such bus");
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {
            throw new IllegalStateException("no such bus");
        }
    }
}
