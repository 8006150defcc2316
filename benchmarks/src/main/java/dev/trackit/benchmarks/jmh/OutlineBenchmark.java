package dev.trackit.benchmarks.jmh;

import dev.trackit.api.Outline;
import dev.trackit.api.Session;
import dev.trackit.benchmarks.data.Executions;
import dev.trackit.benchmarks.data.Lineages;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.redact.Redactor;
import dev.trackit.summary.outline.OutlineRequest;
import dev.trackit.summary.outline.Outliner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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
 * What does the outline of a notebook cost that a summarizer gets, with and without redaction, at 50 and 500 executions?
 *
 * <p>{@code java -jar benchmarks.jar OutlineBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OutlineBenchmark {
    /** How many executions. */
    @Param({"50", "500"})
    public int executions = 50;

    private LineageGraph graph = new LineageGraph();
    private final Redactor redactor = Redactor.withSalt(new byte[32]);

    /** Builds the graph. */
    @Setup
    public void setUp() {
        Session session = Executions.session(Path.of("/data"));
        graph = Lineages.graph(session, Executions.of(PythonCells.session(executions, 5)));
    }

    /** As it is made for a summarizer. */
    @Benchmark
    public Outline redacted() {
        return outline(redactor);
    }

    /** Baseline: redaction does nothing. */
    @Benchmark
    public Outline plain() {
        return outline(UnaryOperator.identity());
    }

    private Outline outline(UnaryOperator<String> redaction) {
        return new Outliner(graph, redaction)
                .outline(new OutlineRequest("titanic", "all", graph.executions(), List.of(), List.of()));
    }
}
