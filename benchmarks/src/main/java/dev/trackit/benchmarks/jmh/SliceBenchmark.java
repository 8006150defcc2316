package dev.trackit.benchmarks.jmh;

import dev.trackit.api.Session;
import dev.trackit.benchmarks.data.Executions;
import dev.trackit.benchmarks.data.Lineages;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.slice.Slice;
import dev.trackit.core.slice.Slicer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
 * What does a slice cost after 100, 1,000 and 10,000 executions: of a session of many data frames, where a value depends on little, and of a chain in which
 * each execution depends on the one before, so that the slice holds all? Targets: below 10 ms at 1,000, below 100 ms at 10,000.
 *
 * <p>{@code java -jar benchmarks.jar SliceBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SliceBenchmark {
    /** How many executions. */
    @Param({"100", "1000", "10000"})
    public int executions = 100;

    /** Whether each execution depends on the one before. */
    @Param({"false", "true"})
    public boolean chain;

    private final Session session = Executions.session(Path.of("/data"));
    private LineageGraph graph = new LineageGraph();

    /** Builds the graph. */
    @Setup
    public void setUp() {
        List<String> code = chain ? PythonCells.chain(executions) : PythonCells.session(executions, 5);
        graph = Lineages.graph(session, Executions.of(code));
    }

    /** The slice of a data frame. */
    @Benchmark
    public Optional<Slice> slice() {
        return new Slicer(graph).variable(session, chain ? "df" : "df3");
    }

    /** Baseline: looking at each execution once. */
    @Benchmark
    public int walk() {
        int statements = 0;
        for (ExecutionNode node : graph.executions()) {
            statements += node.statements().size();
        }
        return statements;
    }
}
