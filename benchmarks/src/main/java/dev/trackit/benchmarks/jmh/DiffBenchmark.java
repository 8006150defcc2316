package dev.trackit.benchmarks.jmh;

import dev.trackit.api.CellMatch;
import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.benchmarks.data.Executions;
import dev.trackit.benchmarks.data.Lineages;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.core.lineage.ExternalObserver;
import dev.trackit.core.lineage.LineageBuilder;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.summary.diff.Run;
import dev.trackit.summary.diff.RunDiff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the comparison of two runs of a notebook cost, at 50 and 500 cells of which one in ten was edited, and none?
 *
 * <p>{@code java -jar benchmarks.jar DiffBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DiffBenchmark {
    /** How many cells each run has. */
    @Param({"50", "500"})
    public int cells = 50;

    private Run first;
    private Run again;
    private Run edited;

    /** Builds the graph of a run, the same run again, and one with edited cells. */
    @Setup
    public void setUp() {
        List<String> code = PythonCells.session(cells, 5);
        List<String> changed = new ArrayList<>(code);
        for (int i = 5; i < cells; i += 10) {
            changed.set(i, changed.get(i) + "\nprint(\"edited\")");
        }
        Session[] sessions = {session("first"), session("again"), session("edited")};
        LineageGraph graph = new LineageBuilder(List.of(Lineages.analyzer()), ExternalObserver.noop())
                .add("titanic.ipynb", sessions[0], executions(sessions[0], code))
                .add("titanic.ipynb", sessions[1], executions(sessions[1], code))
                .add("titanic.ipynb", sessions[2], executions(sessions[2], changed))
                .build();
        first = last(graph, sessions[0]);
        again = last(graph, sessions[1]);
        edited = last(graph, sessions[2]);
    }

    private static Session session(String id) {
        return Session.builder(id, "kernel-1")
                .kernelName("python3")
                .language("python")
                .workingFolder(Path.of("/data"))
                .build();
    }

    private static List<Execution> executions(Session session, List<String> code) {
        List<Execution> executions = new ArrayList<>(code.size());
        for (Execution execution : Executions.of(code)) {
            int index = executions.size();
            executions.add(Execution.builder(session.id() + "-" + index, session.id(), execution.code())
                    .sequence(index + 1L)
                    .executionCount(index + 1)
                    .startedAt(execution.startedAt().orElseThrow())
                    .finishedAt(execution.finishedAt().orElseThrow())
                    .outputs(execution.outputs())
                    .cell(CellMatch.of(CellMatch.Basis.CELL_ID, "cell-" + index, index))
                    .build());
        }
        return executions;
    }

    private static Run last(LineageGraph graph, Session session) {
        var nodes = graph.executions(session);
        return Run.endingWith(graph, nodes.get(nodes.size() - 1));
    }

    /** One cell in ten has a line more. */
    @Benchmark
    public RunDiff edited() {
        return RunDiff.between(first, edited);
    }

    /** Nothing is different. */
    @Benchmark
    public RunDiff same() {
        return RunDiff.between(first, again);
    }

    /** Baseline: the texts of the cells, one by one. */
    @Benchmark
    public int plainTexts() {
        int different = 0;
        for (int i = 0; i < cells; i++) {
            String was = first.cells().get(i).execution().code();
            different += was.equals(edited.cells().get(i).execution().code()) ? 0 : 1;
        }
        return different;
    }
}
