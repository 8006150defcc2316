package dev.trackit.core.record;

import static dev.trackit.core.record.Capture.FOLDER;
import static dev.trackit.core.record.Capture.NOTEBOOK;
import static dev.trackit.core.record.Capture.START;
import static dev.trackit.core.record.Capture.cell;
import static dev.trackit.core.record.Capture.execution;
import static dev.trackit.core.record.Capture.notebook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.core.timeline.Snapshot;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.spi.CaptureEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SavesTest {
    private static final Path COPY = FOLDER.resolve("copy.ipynb");

    @Test
    void adoptedExecutionsGetTheirCellsFromTheSaveThatSettledTheMatch() {
        try (Capture capture = new Capture()) {
            capture.started("s1", NotebookMatch.unknown())
                    .ran(execution("e1", "s1", 1, "a"))
                    .ran(execution("e2", "s1", 2, "b"))
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 1, "x"), cell("c2", 1, "b", 2, "y")))
                    .on(new CaptureEvent.SessionMatched(
                            "s1", NotebookMatch.of(NotebookMatch.Basis.CODE, NOTEBOOK), START));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(
                            e -> e.id() + " " + e.sequence() + " " + e.cell().cellId())
                    .containsExactly("e1 1 c1", "e2 2 c2");
        }
    }

    @Test
    void aSaveThatChangesNothingMakesNoRecord() {
        try (Capture capture = new Capture()) {
            Notebook notebook = notebook(NOTEBOOK, cell("c1", 0, "a"));
            capture.saved(notebook).flushed();
            int records = RecorderTest.records(capture, NOTEBOOK).size();
            capture.saved(notebook).saved(notebook).flushed();
            assertThat(RecorderTest.records(capture, NOTEBOOK)).hasSize(records);
        }
    }

    @Test
    void aSaveStoresOnlyTheCellsThatChanged() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a"), cell("c2", 1, "b"), cell("c3", 2, "c")))
                    .saved(notebook(NOTEBOOK, cell("c3", 0, "c"), cell("c1", 1, "a"), cell("c4", 2, "d")))
                    .flushed();
            List<Fields> records = RecorderTest.records(capture, NOTEBOOK);
            Fields last = records.get(records.size() - 1);
            assertThat(last.objects("cells")).extracting(c -> c.text("id")).containsExactly("c4");
            assertThat(last.texts("removed")).containsExactly("c2");
            assertThat(last.texts("order")).containsExactly("c3", "c1", "c4");
            Snapshot snapshot = capture.timeline(NOTEBOOK).snapshots().get(1);
            assertThat(snapshot.notebook().cells())
                    .extracting(c -> c.index() + c.id() + c.source())
                    .containsExactly("0c3c", "1c1a", "2c4d");
            assertThat(snapshot.changedCells()).containsExactly("c4");
            assertThat(snapshot.removedCells()).containsExactly("c2");
        }
    }

    @Test
    void eachOfManySavesIsReadBackAsItWas() {
        Random random = new Random(7);
        List<Notebook> given = new ArrayList<>();
        List<Cell.Builder> cells = new ArrayList<>();
        Capture capture = new Capture();
        try (capture) {
            for (int i = 0; i < 120; i++) {
                edit(random, cells, i);
                Notebook notebook = notebook(NOTEBOOK, numbered(cells));
                if (given.isEmpty() || !same(given.get(given.size() - 1), notebook)) {
                    given.add(notebook);
                }
                capture.saved(notebook);
            }
            assertThat(capture.timeline(NOTEBOOK).snapshots())
                    .extracting(s -> s.notebook().cells())
                    .isEqualTo(given.stream().map(Notebook::cells).toList());
        }
        try (Capture again = new Capture(capture.disk)) {
            edit(random, cells, 1_000);
            cells.add(cell("last", 0, "the end"));
            given.add(notebook(NOTEBOOK, numbered(cells)));
            again.saved(given.get(given.size() - 1));
            assertThat(again.timeline(NOTEBOOK).snapshots())
                    .extracting(s -> s.notebook().cells())
                    .isEqualTo(given.stream().map(Notebook::cells).toList());
        }
    }

    private static boolean same(Notebook a, Notebook b) {
        return SnapshotCodec.contentDigest(a).equals(SnapshotCodec.contentDigest(b));
    }

    private static void edit(Random random, List<Cell.Builder> cells, int step) {
        String source = ("line of step " + step + "\n").repeat(random.nextInt(30));
        int at = cells.isEmpty() ? 0 : random.nextInt(cells.size());
        switch (cells.isEmpty() ? 0 : random.nextInt(4)) {
            case 0 -> cells.add(at, cell("c" + step, 0, source));
            case 1 -> cells.set(at, cell(cells.get(at).build().id(), 0, source, step, "out " + step));
            case 2 -> cells.add(cells.remove(at));
            default -> {
                if (cells.size() > 3) {
                    cells.remove(at);
                }
            }
        }
    }

    private static Cell.Builder[] numbered(List<Cell.Builder> cells) {
        Cell.Builder[] numbered = new Cell.Builder[cells.size()];
        for (int i = 0; i < numbered.length; i++) {
            Cell c = cells.get(i).build();
            numbered[i] = cell(c.id(), i, c.source())
                    .executionCount(
                            c.executionCount().isPresent() ? c.executionCount().getAsInt() : null)
                    .outputs(c.outputs());
        }
        return numbered;
    }

    @Test
    void savesWithoutAKernelShowExecutionsInTheOrderOfTheirCounts() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a"), cell("c2", 1, "b")))
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 2, "A"), cell("c2", 1, "b", 1, "B")))
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 2, "A"), cell("c2", 1, "b2", 3, "B2")))
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 1, "A"), cell("c2", 1, "b2", 3, "B2")));
            Timeline timeline = capture.timeline(NOTEBOOK);
            assertThat(timeline.executions())
                    .extracting(e -> e.executionCount().getAsInt() + e.code() + " " + e.origin())
                    .containsExactly("1b SAVED", "2a SAVED", "3b2 SAVED", "1a SAVED");
            assertThat(timeline.sessions()).hasSize(2).allMatch(s -> !s.session()
                    .live());
            assertThat(timeline.executions()).allMatch(e -> e.cell().basis() == CellMatch.Basis.CELL_ID);
        }
    }

    @Test
    void savesOfANotebookWithALiveKernelAddNoExecutions() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a")))
                    .started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, "a"))
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 1, "A")))
                    .ended("s1")
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 1, "A"), cell("c2", 1, "")));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::id)
                    .containsExactly("e1");
        }
    }

    @Test
    void aSaveAfterTheKernelEndedAddsOnlyWhatWasNotCaptured() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a"), cell("c2", 1, "b")))
                    .started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, "a"))
                    .ended("s1")
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 1, "A"), cell("c2", 1, "b", 2, "B")));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(e -> e.code() + " " + e.origin())
                    .containsExactly("a LIVE", "b SAVED");
        }
    }

    @Test
    void whatWasReadFromASaveBeforeTheKernelWasFoundIsReplacedByTheKernelsHistory() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a")))
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 1, "A")))
                    .started("s1", NOTEBOOK)
                    .ran(execution("r1", "s1", 1, "a").origin(Origin.RECOVERED));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(e -> e.id() + " " + e.sequence())
                    .containsExactly("r1 1");
        }
    }

    @Test
    void outputsThatWereNotCapturedAreTakenFromTheSaveThatHoldsThem() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "flood()"), cell("c2", 1, "fail()")))
                    .started("s1", NOTEBOOK)
                    .ran(execution("r1", "s1", 1, "fail()").origin(Origin.RECOVERED))
                    .ran(execution("e2", "s1", 2, "flood()")
                            .notes(List.of(CaptureEvent.ExecutionFinished.OUTPUTS_INCOMPLETE)))
                    .saved(notebook(
                            NOTEBOOK,
                            cell("c1", 0, "flood()", 2, "all of it"),
                            cell("c2", 1, "fail()")
                                    .executionCount(1)
                                    .outputs(List.of(Output.error("ValueError", "Traceback")))));
            List<Execution> executions = capture.timeline(NOTEBOOK).executions();
            assertThat(executions.get(0).status()).isEqualTo(ExecutionStatus.ERROR);
            assertThat(executions.get(0).outputs()).hasSize(1);
            assertThat(executions.get(1).outputs()).extracting(Output::text).containsExactly("all of it");
            assertThat(executions.get(1).notes()).containsExactly("Outputs were taken from the saved notebook.");
        }
    }

    @Test
    void aRecoveredExecutionTakesItsOutputsFromTheNotebookThatWasSavedBefore() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a", 1, "A")))
                    .started("s1", NOTEBOOK)
                    .ran(execution("r1", "s1", 1, "a").origin(Origin.RECOVERED));
            assertThat(capture.timeline(NOTEBOOK).executions().get(0).outputs())
                    .extracting(Output::text)
                    .containsExactly("A");
        }
    }

    @Test
    void aRenamedNotebookKeepsItsIdAcrossARestartOfTheAgent() {
        Path renamed = FOLDER.resolve("sub/renamed.ipynb");
        Capture first = new Capture();
        NotebookId id;
        try (first) {
            first.saved(notebook(NOTEBOOK, cell("c1", 0, "a"))).flushed();
            id = first.id(NOTEBOOK);
            first.on(new CaptureEvent.NotebookMoved(NOTEBOOK, renamed, START)).flushed();
            assertThat(first.id(renamed)).isEqualTo(id);
        }
        try (Capture second = new Capture(first.disk)) {
            second.started("s1", renamed).ran(execution("e1", "s1", 1, "a"));
            assertThat(second.timeline(renamed).notebook()).isEqualTo(id);
            assertThat(second.timeline(renamed).path()).contains(renamed);
            assertThat(second.ids()).containsExactly(id);
        }
    }

    @Test
    void aRenameSeenAsANewFileIsRecognisedByItsContent() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a"))).flushed();
            NotebookId id = capture.id(NOTEBOOK);
            capture.missingFiles.add(NOTEBOOK);
            capture.saved(notebook(COPY, cell("c1", 0, "a"))).flushed();
            assertThat(capture.id(COPY)).isEqualTo(id);
        }
    }

    @Test
    void aCopyGetsAnIdOfItsOwnThatNamesTheOriginal() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a", 3, "A")))
                    .saved(notebook(COPY, cell("c1", 0, "a", 3, "A")))
                    .flushed();
            assertThat(capture.id(COPY)).isNotEqualTo(capture.id(NOTEBOOK));
            Fields head = RecorderTest.records(capture, COPY).get(0);
            assertThat(head.text("copiedFrom")).isEqualTo(capture.id(NOTEBOOK).value());
            assertThat(capture.timeline(COPY).executions()).isEmpty();
        }
    }

    @Test
    void aNotebookThatIsDeletedAndMadeAgainGoesOnInTheSameLog() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a"))).flushed();
            NotebookId id = capture.id(NOTEBOOK);
            capture.on(new CaptureEvent.NotebookDeleted(NOTEBOOK, START))
                    .saved(notebook(NOTEBOOK, cell("n1", 0, "new")))
                    .flushed();
            assertThat(capture.id(NOTEBOOK)).isEqualTo(id);
            assertThat(capture.timeline(NOTEBOOK).snapshots()).hasSize(2);
        }
    }

    @Test
    void aNotebookMovedOverAnotherTakesItsPlaceAndKeepsItsOwnLog() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a")))
                    .saved(notebook(COPY, cell("c1", 0, "other")))
                    .flushed();
            NotebookId moved = capture.id(COPY);
            capture.on(new CaptureEvent.NotebookMoved(COPY, NOTEBOOK, START)).flushed();
            assertThat(capture.id(NOTEBOOK)).isEqualTo(moved);
        }
    }

    @Test
    void notebooksThatAreOnlyFoundAreNotRecordedUntilTheyAreSavedOrAKernelRuns() {
        try (Capture capture = new Capture()) {
            Notebook old = Notebook.builder(NOTEBOOK, Digest.ofText("1"))
                    .modifiedAt(START.minus(Duration.ofDays(1)))
                    .cells(List.of(cell("c1", 0, "a").build()))
                    .build();
            capture.saved(old);
            assertThat(capture.ids()).isEmpty();
            capture.started("s1", NOTEBOOK).ran(execution("e1", "s1", 1, "a"));
            Timeline timeline = capture.timeline(NOTEBOOK);
            assertThat(timeline.snapshots()).hasSize(1);
            assertThat(timeline.executions().get(0).cell().cellId()).isEqualTo("c1");
        }
    }

    @Test
    void theFirstSaveOfANotebookThatWasFoundShowsWhatRanSince() {
        try (Capture capture = new Capture()) {
            capture.saved(Notebook.builder(NOTEBOOK, Digest.ofText("1"))
                            .modifiedAt(START.minus(Duration.ofDays(1)))
                            .cells(List.of(cell("c1", 0, "a", 7, "old").build()))
                            .build())
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "a", 7, "old"), cell("c2", 1, "b", 8, "new")));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::code)
                    .containsExactly("b");
        }
    }

    @Test
    void ifOnlyChosenNotebooksAreRecordedOthersAreNot() {
        Capture capture = new Capture();
        capture.settings.unnamedNotebooks(false, false);
        try (capture) {
            capture.recorder().track(COPY);
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a")))
                    .saved(notebook(COPY, cell("c1", 0, "b")))
                    .started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, "a"));
            assertThat(capture.ids())
                    .extracting(NotebookId::value)
                    .singleElement()
                    .asString()
                    .startsWith("copy-");
        }
    }

    @Test
    void importingTheSameContentAgainAddsNothingAndAChangedFileAddsWhatIsNew() {
        Capture capture = new Capture();
        try (SavedImport importer = new SavedImport(capture.store, capture.settings)) {
            Notebook notebook = notebook(
                    NOTEBOOK, cell("c1", 0, "b = a", 2, "B"), cell("c2", 1, "a = 1", 1, "A"), cell("c3", 2, "not run"));
            assertThat(importer.add(notebook)).isEqualTo(new SavedImport.Outcome(capture.id(NOTEBOOK), 2, 0, 1, true));
            assertThat(importer.add(notebook)).isEqualTo(new SavedImport.Outcome(capture.id(NOTEBOOK), 0, 2, 1, false));
            Notebook changed = notebook(
                    NOTEBOOK,
                    cell("c1", 0, "b = a", 2, "B"),
                    cell("c2", 1, "a = 1", 1, "A"),
                    cell("c3", 2, "not run", 3, "C"));
            assertThat(importer.add(changed).added()).isEqualTo(1);
        }
        Timeline timeline = Timeline.read(capture.store, capture.id(NOTEBOOK));
        assertThat(timeline.executions())
                .extracting(e -> e.sequence() + e.code() + e.origin())
                .containsExactly("1a = 1SAVED", "2b = aSAVED", "3not runSAVED");
        assertThat(timeline.sessions()).allMatch(s -> !s.session().live());
    }

    @Test
    void anImportDoesNotRepeatWhatWasCapturedLive() {
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, "a = 1"))
                    .flushed();
            SavedImport.Outcome outcome = capture.recorder()
                    .importSaved(
                            notebook(NOTEBOOK, cell("c1", 0, "a = 1", 1, "A"), cell("c2", 1, "b", 2, "B")),
                            Capture.PATIENCE);
            assertThat(outcome.added()).isEqualTo(1);
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::code)
                    .containsExactly("a = 1", "b");
        }
    }

    @Test
    void theAgentFindsANotebookThatAnotherProcessImportedMeanwhile() {
        Capture capture = new Capture();
        try (capture) {
            capture.recorder();
            try (SavedImport importer = new SavedImport(capture.store, capture.settings)) {
                importer.add(notebook(NOTEBOOK, cell("c1", 0, "a", 1, "A")));
            }
            capture.started("s1", NOTEBOOK).ran(execution("e1", "s1", 2, "b"));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(e -> e.sequence() + e.code())
                    .containsExactly("1a", "2b");
        }
    }

    @Test
    void timesThatTheFrontEndSavedTellTheCellExactly() {
        Notebook notebook = notebook(
                NOTEBOOK,
                cell("c1", 0, "x"),
                cell("c2", 1, "x").timing(Map.of("iopub.execute_input", "2026-05-04T08:00:01.123456Z")));
        Execution ran = execution("e1", "s1", 1, "x")
                .startedAt(START.plusSeconds(1).plusNanos(123_456_000))
                .build();
        assertThat(new CellMatcher(notebook).exact(ran)).isEqualTo(CellMatch.of(CellMatch.Basis.TIME, "c2", 1));
    }

    @Test
    void anEditedCellIsFoundByItsLikeness() {
        CellMatcher matcher = new CellMatcher(notebook(
                NOTEBOOK,
                cell("c1", 0, "df = pd.read_csv('train.csv')\ndf.head()"),
                cell("c2", 1, "df['Age'] = df['Age'].fillna(df['Age'].median())\nprint(df.shape)"),
                cell("c3", 2, "model.fit(X, y)")));
        Execution ran = execution("e1", "s1", 5, "df['Age'] = df['Age'].fillna(0)\nprint(df.shape)")
                .build();
        assertThat(matcher.exact(ran).basis()).isEqualTo(CellMatch.Basis.NONE);
        assertThat(matcher.edited(ran)).isEqualTo(CellMatch.of(CellMatch.Basis.EDITED, "c2", 1));
        assertThat(matcher.edited(execution("e2", "s1", 6, "import os").build()))
                .isEqualTo(CellMatch.unknown());
    }
}
