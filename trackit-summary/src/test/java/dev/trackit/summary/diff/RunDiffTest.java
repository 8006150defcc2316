package dev.trackit.summary.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Digest;
import dev.trackit.api.Output;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.summary.diff.Difference.Change;
import dev.trackit.summary.diff.Difference.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunDiffTest {
    private int reads;
    private final LineageGraph graph = new LineageGraph((execution, file) ->
            Optional.of(new ExternalDataset.State(Digest.ofText("content " + reads++), 10, Instant.EPOCH)));

    private static Output printed(String text) {
        return Output.stream("stdout", text);
    }

    private ExecutionNode session(String id, String mean, String unrelated) {
        Cells session = new Cells(graph, "titanic", id);
        session.run(0, "df = pd.read_csv('raw.csv')", "R raw.csv", "W df");
        session.run(1, unrelated, "W x");
        session.outputs(List.of(printed("mean: " + mean)));
        return session.run(2, "print('mean:', df.mean())", "R df");
    }

    @Test
    void anInputFileThatIsAnotherExplainsTheResultThatRestsOnItAndComesFirst() {
        ExecutionNode first = session("s1", "29.7", "x = 1");
        ExecutionNode second = session("s2", "31.2", "x = 2");
        RunDiff diff = RunDiff.between(Run.endingWith(graph, first), Run.endingWith(graph, second));

        assertThat(diff.results()).singleElement().satisfies(r -> {
            assertThat(r.subject()).isEqualTo("mean");
            assertThat(r.before()).isEqualTo("29.7");
            assertThat(r.after()).isEqualTo("31.2");
        });
        assertThat(diff.causes()).extracting(Difference::level).containsExactly(Level.INPUT, Level.CELL);
        assertThat(diff.causes().get(0).explains()).containsExactly("mean");
        assertThat(diff.causes().get(1).subject()).isEqualTo("x = 2");
        assertThat(diff.causes().get(1).change()).isEqualTo(Change.CHANGED);
        assertThat(diff.causes().get(1).explains()).isEmpty();
    }

    @Test
    void aRunHoldsTheLastExecutionOfEachCell() {
        Cells session = new Cells(graph, "titanic", "s1");
        session.run(0, "a = 1", "W a");
        ExecutionNode early = session.run(1, "b = 1", "W b");
        session.run(0, "a = 2", "W a");
        Run run = Run.endingWith(graph, early);
        assertThat(run.executions()).hasSize(2);
        ExecutionNode late = session.run(2, "c = 1", "W c");
        assertThat(Run.endingWith(graph, late).cells())
                .extracting(n -> n.execution().code().strip())
                .containsExactly("a = 2", "b = 1", "c = 1");
        RunDiff diff = RunDiff.between(run, Run.endingWith(graph, late));
        assertThat(diff.causes())
                .extracting(Difference::change)
                .containsExactlyInAnyOrder(Change.CHANGED, Change.ADDED);
    }

    @Test
    void aFileThatBothRunsWroteIsAResultAndIsComparedByItsDigest() {
        ExecutionNode first = writing("s1", "a", "clean.csv");
        ExecutionNode second = writing("s2", "b", "clean.csv");
        ExecutionNode third = writing("s3", "b", "other.csv");

        RunDiff diff = RunDiff.between(Run.endingWith(graph, first), Run.endingWith(graph, second));
        assertThat(diff.results()).singleElement().satisfies(r -> {
            assertThat(r.change()).isEqualTo(Change.CHANGED);
            assertThat(r.subject()).isEqualTo("clean.csv");
            assertThat(r.before()).startsWith("10 bytes").isNotEqualTo(r.after());
        });
        assertThat(diff.causes(Level.CELL).get(0).explains()).containsExactly("clean.csv");
        assertThat(RunDiff.between(Run.endingWith(graph, second), Run.endingWith(graph, third))
                        .results())
                .as("what one run alone wrote")
                .isEmpty();
    }

    private ExecutionNode writing(String session, String value, String file) {
        Cells scripted = new Cells(graph, "titanic", session);
        scripted.run(0, "x = '" + value + "'", "W x");
        return scripted.run(1, "x.to_csv('" + file + "')", "R x", "W " + file);
    }

    @Test
    void editedCellsFindEachOtherInNotebooksOfThousands() {
        int cells = 3_000;
        Cells old = new Cells(graph, "before", "s1");
        Cells now = new Cells(graph, "after", "s2");
        ExecutionNode first = null;
        ExecutionNode second = null;
        for (int i = 0; i < cells; i++) {
            first = old.run(i, "frame_" + i + " = clean(raw, part=" + i + ")", "W frame_" + i);
            second = now.run(i, "frame_" + i + " = clean(raw, part=" + i + ", strict=True)", "W frame_" + i);
        }
        RunDiff diff = RunDiff.between(
                Run.endingWith(graph, requireNonNull(first)), Run.endingWith(graph, requireNonNull(second)));
        assertThat(diff.causes(Level.CELL)).hasSize(cells).allSatisfy(d -> assertThat(d.change())
                .isEqualTo(Change.CHANGED));
    }

    @Test
    void theCellsOutsideTheLongestCommonOrderWereMoved() {
        Cells old = new Cells(graph, "before", "s1");
        Cells now = new Cells(graph, "after", "s2");
        ExecutionNode first = null;
        ExecutionNode second = null;
        for (int i = 0; i < 6; i++) {
            first = old.run(i, "v" + i + " = " + i, "W v" + i);
            int other = List.of(1, 2, 5, 3, 4, 0).get(i);
            second = now.run(i, "v" + other + " = " + other, "W v" + other);
        }
        RunDiff diff = RunDiff.between(
                Run.endingWith(graph, requireNonNull(first)), Run.endingWith(graph, requireNonNull(second)));
        assertThat(diff.causes(Level.CELL))
                .allSatisfy(d -> assertThat(d.change()).isEqualTo(Change.MOVED))
                .extracting(Difference::subject)
                .containsExactlyInAnyOrder("v0 = 0", "v5 = 5");
    }
}
