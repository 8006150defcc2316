package dev.trackit.core.record;

import static dev.trackit.core.record.Capture.FOLDER;
import static dev.trackit.core.record.Capture.NOTEBOOK;
import static dev.trackit.core.record.Capture.START;
import static dev.trackit.core.record.Capture.cell;
import static dev.trackit.core.record.Capture.execution;
import static dev.trackit.core.record.Capture.notebook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.CellMatch;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Gap;
import dev.trackit.api.LogId;
import dev.trackit.api.LogLockedException;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.spi.CaptureEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecorderTest {

    @Test
    void anExecutionIsRecordedWithAllItsValuesAndReadBackEqual() {
        try (Capture capture = new Capture()) {
            Execution given = execution("e1", "s1", 1, "df = read()\n")
                    .status(ExecutionStatus.ERROR)
                    .outputs(List.of(
                            Output.stream("stdout", "x".repeat(5_000)),
                            Output.builder(Output.Type.DISPLAY, "image/png")
                                    .text("<Figure>")
                                    .payload(Digest.ofText("picture"), 7)
                                    .displayId("d1")
                                    .build(),
                            Output.error("ValueError", "Traceback …")))
                    .notes(List.of("A note."))
                    .build();
            capture.started("s1", NOTEBOOK)
                    .on(new CaptureEvent.ExecutionFinished(
                            given, Map.of(Digest.ofText("picture"), "picture".getBytes(StandardCharsets.UTF_8))));

            Timeline timeline = capture.timeline(NOTEBOOK);
            assertThat(timeline.executions())
                    .containsExactly(given.toBuilder().sequence(1).build());
            assertThat(timeline.path()).contains(NOTEBOOK);
            assertThat(timeline.sessions()).singleElement().satisfies(s -> assertThat(s.session())
                    .isEqualTo(Capture.session("s1")));
            assertThat(capture.store.payload(capture.id(NOTEBOOK), Digest.ofText("picture")))
                    .isPresent();
        }
    }

    @Test
    void aCodeThatRunsAgainIsStoredOnceAndReadBackBothTimes() {
        String code = "print(1)  # long enough not to be written twice\n".repeat(10);
        String huge = "y = 1\n".repeat(20_000);
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, code))
                    .ran(execution("e2", "s1", 2, code))
                    .ran(execution("e3", "s1", 3, huge));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::code)
                    .containsExactly(code, code, huge);
            long inline = records(capture, NOTEBOOK).stream()
                    .filter(f -> f.hasText("code"))
                    .count();
            assertThat(inline).isEqualTo(1);
        }
    }

    @Test
    void textsThatStoodFarBackAreWrittenAgainSoThatTheTailCanBeReadAlone() {
        String code = "print('the same cell, again and again')\n".repeat(10);
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK);
            for (int i = 1; i <= 6_000; i++) {
                capture.ran(execution("e" + i, "s1", i, code));
            }
            capture.flushed();
            Timeline tail = Timeline.tail(capture.store, capture.id(NOTEBOOK), 10);
            assertThat(tail.whole()).isFalse();
            List<Execution> executions = tail.executions();
            assertThat(executions.subList(executions.size() - 10, executions.size()))
                    .allSatisfy(e -> assertThat(e.code()).isEqualTo(code));
            assertThat(executions.get(executions.size() - 1).sequence()).isEqualTo(6_000);
            assertThat(records(capture, NOTEBOOK).stream().filter(f -> f.hasText("code")))
                    .hasSizeBetween(2, 4);
        }
    }

    @Test
    void anExecutionReportedTwiceIsRecordedOnce() {
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK).ran(execution("e1", "s1", 1, "a")).ran(execution("e1", "s1", 1, "a"));
            assertThat(capture.timeline(NOTEBOOK).executions()).hasSize(1);
        }
    }

    @Test
    void aDisplayThatIsUpdatedLaterAmendsTheExecution() {
        Output before = Output.builder(Output.Type.DISPLAY, "text/plain")
                .text("0 %")
                .displayId("p")
                .build();
        Output after = Output.builder(Output.Type.DISPLAY, "text/plain")
                .text("100 %")
                .displayId("p")
                .build();
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, "show()").outputs(List.of(before)))
                    .ran(execution("e2", "s1", 2, "update()"))
                    .ran(execution("e1", "s1", 1, "show()").outputs(List.of(after)));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(
                            e -> e.id() + e.outputs().stream().map(Output::text).toList())
                    .containsExactly("e1[100 %]", "e2[]");
        }
    }

    @Test
    void recoveredExecutionsThatWereSeenLiveAreNotRecordedAgainAfterARestartOfTheAgent() {
        Capture first = new Capture();
        try (first) {
            first.started("s1", NOTEBOOK).ran(execution("e1", "s1", 1, "a")).ran(execution("e2", "s1", 2, "b"));
        }
        try (Capture second = new Capture(first.disk)) {
            second.started("s1", NOTEBOOK)
                    .ran(execution("r1", "s1", 1, "a").origin(Origin.RECOVERED))
                    .ran(execution("r2", "s1", 2, "b").origin(Origin.RECOVERED))
                    .ran(execution("r3", "s1", 3, "c").origin(Origin.RECOVERED))
                    .ran(execution("e4", "s1", 4, "d"))
                    .ran(execution("e2", "s1", 2, "b"));
            Timeline timeline = second.timeline(NOTEBOOK);
            assertThat(timeline.executions()).extracting(Execution::id).containsExactly("e1", "e2", "r3", "e4");
            assertThat(second.recorder().counters().recoveredOfKernel("kernel-of-s1"))
                    .as("recovered: only what the log did not have")
                    .isEqualTo(1);
            assertThat(timeline.executions()).extracting(Execution::sequence).containsExactly(1L, 2L, 3L, 4L);
            assertThat(timeline.sessions()).hasSize(1);
            assertThat(timeline.gaps()).isEmpty();
        }
    }

    @Test
    void aLiveRecordReplacesTheRecoveredOneOfTheSameRun() {
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK)
                    .ran(execution("r1", "s1", 1, "sleep(9)").origin(Origin.RECOVERED))
                    .ran(execution("e1", "s1", 1, "sleep(9)"));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(e -> e.id() + " " + e.sequence())
                    .containsExactly("e1 1");
        }
    }

    @Test
    void aSessionThatEndedWhileTheAgentWasStoppedLeavesAGapAndItsEnd() {
        Capture first = new Capture();
        try (first) {
            first.started("s1", NOTEBOOK).ran(execution("e1", "s1", 1, "a"));
        }
        try (Capture second = new Capture(first.disk)) {
            second.clock.advance(Duration.ofHours(3));
            second.recorder();
            second.clock.advance(Duration.ofMinutes(1));
            second.started("other", FOLDER.resolve("other.ipynb")).flushed().flushed();
            Timeline timeline = second.timeline(NOTEBOOK);
            assertThat(timeline.gaps()).singleElement().satisfies(gap -> {
                assertThat(gap.reason()).isEqualTo(Gap.Reason.AGENT_STOPPED);
                assertThat(gap.session()).isEqualTo("s1");
                assertThat(gap.from()).contains(START);
                assertThat(gap.to()).contains(START.plus(Duration.ofHours(3)));
            });
            assertThat(timeline.sessions()).singleElement().satisfies(s -> assertThat(s.ended())
                    .isTrue());
        }
    }

    @Test
    void aNotebookThatChangedWhileTheAgentWasStoppedGetsAGapAndWhatTheFileStillHolds() {
        Capture first = new Capture();
        try (first) {
            first.saved(notebook(NOTEBOOK, cell("c1", 0, "a = 1"), cell("c2", 1, "b = 2")));
        }
        try (Capture second = new Capture(first.disk)) {
            second.clock.advance(Duration.ofHours(1));
            second.saved(notebook(NOTEBOOK, cell("c1", 0, "a = 1", 1, "x"), cell("c2", 1, "b = 2")));
            Timeline timeline = second.timeline(NOTEBOOK);
            assertThat(timeline.gaps()).extracting(Gap::reason).containsExactly(Gap.Reason.AGENT_STOPPED);
            assertThat(timeline.executions())
                    .extracting(e -> e.code() + " " + e.origin())
                    .containsExactly("a = 1 SAVED");
        }
    }

    @Test
    void aSecondAgentOnTheSameStoreIsRefused() {
        Capture first = new Capture();
        try (first) {
            first.recorder();
            Capture second = new Capture(first.disk);
            assertThatThrownBy(second::recorder).isInstanceOf(LogLockedException.class);
        }
    }

    @Test
    void executionsOfAKernelWhoseNotebookBecomesKnownLaterAreAdoptedInOrder() {
        try (Capture capture = new Capture()) {
            capture.started("s1", NotebookMatch.unknown())
                    .ran(execution("e1", "s1", 1, "a"))
                    .ran(execution("e2", "s1", 2, "b"));
            assertThat(capture.ids()).singleElement().satisfies(id -> assertThat(id.value())
                    .startsWith("kernel-python3-"));
            capture.on(new CaptureEvent.SessionMatched(
                            "s1", NotebookMatch.of(NotebookMatch.Basis.CODE, NOTEBOOK), START))
                    .ran(execution("e3", "s1", 3, "c"));
            Timeline timeline = capture.timeline(NOTEBOOK);
            assertThat(timeline.executions())
                    .extracting(e -> e.id() + " " + e.sequence())
                    .containsExactly("e1 1", "e2 2", "e3 3");
            assertThat(timeline.sessions()).hasSize(1);
        }
    }

    @Test
    void afterARestartOfTheAgentAnAdoptedSessionGoesOnWithoutDuplicates() {
        Capture first = new Capture();
        try (first) {
            first.started("s1", NotebookMatch.unknown())
                    .ran(execution("e1", "s1", 1, "a"))
                    .on(new CaptureEvent.SessionMatched(
                            "s1", NotebookMatch.of(NotebookMatch.Basis.CODE, NOTEBOOK), START))
                    .ran(execution("e2", "s1", 2, "b"));
        }
        try (Capture second = new Capture(first.disk)) {
            second.started("s1", NotebookMatch.unknown())
                    .ran(execution("r1", "s1", 1, "a").origin(Origin.RECOVERED))
                    .ran(execution("r2", "s1", 2, "b").origin(Origin.RECOVERED))
                    .ran(execution("e3", "s1", 3, "c"));
            assertThat(second.timeline(NOTEBOOK).executions())
                    .extracting(e -> e.id() + " " + e.sequence())
                    .containsExactly("e1 1", "e2 2", "e3 3");
        }
    }

    @Test
    void aKernelElsewhereIsNotRecordedUnlessItsNotebookTurnsOutToBeOurs() {
        dev.trackit.api.Session elsewhere = dev.trackit.api.Session.builder("s1", "k1")
                .workingFolder(Path.of("/somewhere/else"))
                .build();
        try (Capture capture = new Capture()) {
            capture.on(new CaptureEvent.SessionStarted(elsewhere, NotebookMatch.unknown()))
                    .ran(execution("e1", "s1", 1, "a"));
            assertThat(capture.ids()).isEmpty();
            capture.on(new CaptureEvent.SessionMatched(
                    "s1", NotebookMatch.of(NotebookMatch.Basis.COMMAND_LINE, NOTEBOOK), START));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::id)
                    .containsExactly("e1");
        }
    }

    @Test
    void aKernelOfANotebookOutsideTheFolderIsRecordedOnlyIfAllKernelsAre() {
        Path outside = Path.of("/other/there.ipynb");
        try (Capture capture = new Capture()) {
            capture.started("s1", outside).ran(execution("e1", "s1", 1, "a"));
            assertThat(capture.ids()).isEmpty();
        }
        Capture all = new Capture();
        all.settings.allKernels(true);
        try (all) {
            all.started("s1", outside).ran(execution("e1", "s1", 1, "a"));
            assertThat(all.timeline(outside).executions()).hasSize(1);
        }
    }

    @Test
    void twoKernelsOnOneNotebookShareItsLogInOrderOfArrival() {
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK)
                    .started("s2", NOTEBOOK)
                    .ran(execution("a1", "s1", 1, "a"))
                    .ran(execution("b1", "s2", 1, "a"))
                    .ran(execution("a2", "s1", 2, "b"));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(e -> e.session() + " " + e.id() + " " + e.sequence())
                    .containsExactly("s1 a1 1", "s2 b1 2", "s1 a2 3");
        }
    }

    @Test
    void oneKernelOnTwoNotebooksIsRecordedWhereItsCodeStands() {
        Path other = FOLDER.resolve("other.ipynb");
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "a = 1")))
                    .saved(notebook(other, cell("c1", 0, "b = 2")))
                    .started("s1", new NotebookMatch(NotebookMatch.Basis.SERVER, List.of(NOTEBOOK, other)))
                    .ran(execution("e1", "s1", 1, "a = 1"))
                    .ran(execution("e2", "s1", 2, "b = 2"))
                    .ran(execution("e3", "s1", 3, "c = 3"));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::id)
                    .containsExactly("e1");
            assertThat(capture.timeline(other).executions())
                    .extracting(Execution::id)
                    .containsExactly("e2", "e3");
        }
    }

    @Test
    void aKernelThatMovesToAnotherNotebookIsRecordedThereFromThenOn() {
        Path other = FOLDER.resolve("other.ipynb");
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, "a"))
                    .on(new CaptureEvent.SessionMatched(
                            "s1", NotebookMatch.of(NotebookMatch.Basis.SERVER, other), START))
                    .ran(execution("e2", "s1", 2, "b"));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::id)
                    .containsExactly("e1");
            assertThat(capture.timeline(other).executions())
                    .extracting(Execution::id)
                    .containsExactly("e2");
        }
    }

    @Test
    void stepsOfTheClockDoNotChangeTheOrder() {
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK).ran(execution("e1", "s1", 1, "a")).flushed();
            capture.clock.advance(Duration.ofDays(-2));
            capture.ran(execution("e2", "s1", 2, "b").startedAt(START.minus(Duration.ofDays(2))))
                    .flushed();
            capture.clock.advance(Duration.ofDays(5));
            capture.ran(execution("e3", "s1", 3, "c"));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::id)
                    .containsExactly("e1", "e2", "e3");
        }
    }

    @Test
    void aMissedEventStandsInTheLogOfItsSession() {
        try (Capture capture = new Capture()) {
            Gap gap = Gap.builder(Gap.Reason.ATTACHED_LATE, "Three executions.")
                    .session("s1")
                    .missing(3)
                    .build();
            capture.started("s1", NOTEBOOK)
                    .on(new CaptureEvent.Missed(gap, START))
                    .ran(execution("e4", "s1", 4, "d"));
            assertThat(capture.timeline(NOTEBOOK).gaps()).containsExactly(gap);
        }
    }

    @Test
    void anExecutionOfASessionThatWasNeverAnnouncedIsHeldUntilItsNotebookIsKnown() {
        try (Capture capture = new Capture()) {
            capture.ran(execution("e1", "lost", 1, "a"))
                    .started("lost", NOTEBOOK)
                    .ran(execution("e2", "lost", 2, "b"));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::id)
                    .containsExactly("e1", "e2");
        }
    }

    @Test
    void redactionIsAppliedToCodeSourcesAndOutputsBeforeTheyAreRecorded() {
        Capture capture = new Capture();
        capture.settings.redaction(text -> text.replace("secret", "***"));
        try (capture) {
            capture.started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, "key = 'secret'").outputs(List.of(Output.stream("stdout", "secret"))))
                    .saved(notebook(NOTEBOOK, cell("c1", 0, "key = 'secret'", 1, "secret")));
            capture.flushed();
            assertThat(records(capture, NOTEBOOK).toString())
                    .doesNotContain("secret")
                    .contains("***");
        }
    }

    @Test
    void aNotebookThatIsNotTrackedAnyMoreIsNotRecorded() {
        try (Capture capture = new Capture()) {
            capture.started("s1", NOTEBOOK).ran(execution("e1", "s1", 1, "a")).flushed();
            capture.recorder().untrack(NOTEBOOK);
            capture.ran(execution("e2", "s1", 2, "b")).flushed();
            capture.recorder().track(NOTEBOOK);
            capture.ran(execution("e3", "s1", 3, "c"));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::id)
                    .containsExactly("e1", "e3");
        }
    }

    @Test
    void anExecutionIsMatchedToItsCellAndSettledByALaterSave() {
        try (Capture capture = new Capture()) {
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "x"), cell("c2", 1, "x")))
                    .started("s1", NOTEBOOK)
                    .ran(execution("e1", "s1", 1, "x"))
                    .flushed();
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(e -> e.cell().basis())
                    .containsExactly(CellMatch.Basis.AMBIGUOUS);
            capture.saved(notebook(NOTEBOOK, cell("c1", 0, "x"), cell("c2", 1, "x", 1, "out")));
            assertThat(capture.timeline(NOTEBOOK).executions())
                    .extracting(Execution::cell)
                    .containsExactly(CellMatch.of(CellMatch.Basis.CODE_AND_COUNT, "c2", 1));
        }
    }

    static List<Fields> records(Capture capture, Path notebook) {
        NotebookId id = capture.id(notebook);
        List<Fields> records = new java.util.ArrayList<>();
        try (var reader = capture.store.reader(LogId.capture(id), 0)) {
            for (var r = reader.next(); r.isPresent(); r = reader.next()) {
                records.add(Fields.of(r.get()));
            }
        }
        return records;
    }
}
