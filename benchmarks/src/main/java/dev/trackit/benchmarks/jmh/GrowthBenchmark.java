package dev.trackit.benchmarks.jmh;

import dev.trackit.api.Analysis;
import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.benchmarks.data.Executions;
import dev.trackit.benchmarks.data.GrowingLineage;
import dev.trackit.benchmarks.data.Lineages;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.spi.SessionAnalyzer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does adding one execution to the lineage cost, analysis included, after a history of 100, 1,000 and 10,000? It must not grow with the
 * history. Baselines: the history of 100, and the analysis alone. Each measured batch adds 100 executions to a history that is made anew.
 *
 * <p>{@code java -jar benchmarks.jar GrowthBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 15, batchSize = 100)
@Measurement(iterations = 15, batchSize = 100)
public class GrowthBenchmark {
    private static final int BATCH = 100;

    /** Executions before. */
    @Param({"100", "1000", "10000"})
    public int history = 100;

    private final Session session = Executions.session(Path.of("/data"));
    private List<Execution> executions = List.of();
    private GrowingLineage lineage = new GrowingLineage(session);
    private SessionAnalyzer analyzer = Lineages.analyzer().begin(session);
    private int next;

    /** Makes the executions. */
    @Setup
    public void setUp() {
        executions = Executions.of(PythonCells.session(history + BATCH, 5));
    }

    /** Makes the history anew. */
    @Setup(Level.Iteration)
    public void build() {
        lineage = new GrowingLineage(session);
        executions.subList(0, history).forEach(lineage::add);
        analyzer = Lineages.analyzer().begin(session);
        executions.subList(0, history).forEach(analyzer::analyze);
        next = history;
    }

    /** One more; the figure is for a hundred. */
    @Benchmark
    public ExecutionNode add() {
        return lineage.add(executions.get(next++));
    }

    /** Baseline: what one more means is found out, but added to no graph. */
    @Benchmark
    public Analysis analysisAlone() {
        return analyzer.analyze(executions.get(next++));
    }
}
