package dev.trackit.core.diff;

import static dev.trackit.core.lineage.Scripted.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Digest;
import dev.trackit.api.Output;
import dev.trackit.core.diff.Difference.Change;
import dev.trackit.core.diff.Difference.Level;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.Scripted;
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
        Scripted session = new Scripted(graph, "titanic", id);
        session.runCell(0, line("df = pd.read_csv('raw.csv')", "R f:raw.csv", "W b:df=o:1", "W o:1@df"));
        session.runCell(1, line(unrelated, "W b:x"));
        session.outputs(List.of(printed("mean: " + mean)));
        return session.runCell(2, line("print('mean:', df.mean())", "R b:df", "R o:1@df"));
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
        Scripted session = new Scripted(graph, "titanic", "s1");
        session.runCell(0, line("a = 1", "W b:a"));
        ExecutionNode early = session.runCell(1, line("b = 1", "W b:b"));
        session.runCell(0, line("a = 2", "W b:a"));
        Run run = Run.endingWith(graph, early);
        assertThat(run.executions()).hasSize(2);
        ExecutionNode late = session.runCell(2, line("c = 1", "W b:c"));
        assertThat(Run.endingWith(graph, late).cells())
                .extracting(n -> n.execution().code().strip())
                .containsExactly("a = 2", "b = 1", "c = 1");
        RunDiff diff = RunDiff.between(run, Run.endingWith(graph, late));
        assertThat(diff.causes())
                .extracting(Difference::change)
                .containsExactlyInAnyOrder(Change.CHANGED, Change.ADDED);
    }
}
