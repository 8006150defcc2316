package dev.trackit.benchmarks.jmh;

import dev.trackit.api.Analysis;
import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.benchmarks.data.Executions;
import dev.trackit.benchmarks.data.Lineages;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.parse.Parser;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.SessionAnalyzer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the analysis of a 10-line cell and of a 50-cell notebook cost, beyond parsing it? Target: a 50-cell notebook, warm, below 5 ms.
 *
 * <p>{@code java -jar benchmarks.jar AnalysisBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnalysisBenchmark {
    private final CodeAnalyzer analyzer = Lineages.analyzer();
    private final Session session = Executions.session(Path.of("/data"));
    private final Execution cell = Executions.of(PythonCells.TEN_LINES, 1);
    private final List<Execution> notebook = Executions.of(PythonCells.session(50, 5));

    /** A 10-line cell in a new session. */
    @Benchmark
    public Analysis tenLines() {
        return analyzer.begin(session).analyze(cell);
    }

    /** Baseline of {@link #tenLines}: parsing only. */
    @Benchmark
    public ParsedCell tenLinesParsed() {
        return Parser.parseCell(cell.code());
    }

    /** Fifty cells of a session, in order. */
    @Benchmark
    public int notebook() {
        SessionAnalyzer analysis = analyzer.begin(session);
        int statements = 0;
        for (Execution execution : notebook) {
            statements += analysis.analyze(execution).statements().size();
        }
        return statements;
    }

    /** Baseline of {@link #notebook}: parsing only. */
    @Benchmark
    public int notebookParsed() {
        int problems = 0;
        for (Execution execution : notebook) {
            problems += Parser.parseCell(execution.code()).problems().size();
        }
        return problems;
    }
}
