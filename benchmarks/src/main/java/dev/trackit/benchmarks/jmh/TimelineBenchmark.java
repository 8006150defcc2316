package dev.trackit.benchmarks.jmh;

import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.benchmarks.data.Stores;
import dev.trackit.benchmarks.data.WireToLog;
import dev.trackit.core.record.NotebookIndex;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does folding a log into a timeline cost, of 1,000 and 10,000 executions, and of only its end, against reading its records and doing nothing with them?
 *
 * <p>{@code java -jar benchmarks.jar TimelineBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimelineBenchmark {
    /** How many executions the log has. */
    @Param({"1000", "10000"})
    public int executions = 1_000;

    private Path folder = Path.of("");
    private LineageStore store;
    private NotebookId notebook = Stores.NOTEBOOK;

    /** Records executions. */
    @Setup
    public void setUp() {
        folder = Notebooks.temporaryFolder();
        try (WireToLog line = new WireToLog(folder, false)) {
            line.take(line.next(executions, PythonCells.session(200, 3)));
        }
        store = Stores.open(folder.resolve(".trackit"), false);
        notebook = NotebookIndex.read(store).at(folder.resolve("titanic.ipynb")).orElseThrow();
    }

    /** Deletes the log. */
    @TearDown
    public void tearDown() {
        store.close();
        Notebooks.delete(folder);
    }

    /** The whole. */
    @Benchmark
    public Timeline whole() {
        return Timeline.read(store, notebook);
    }

    /** The last fifty executions. */
    @Benchmark
    public Timeline lastFifty() {
        return Timeline.tail(store, notebook, 50);
    }

    /** Baseline: the records. */
    @Benchmark
    public long recordsOnly() {
        try (LogReader reader = store.reader(LogId.capture(notebook), 0)) {
            while (reader.next().isPresent()) {}
            return reader.position();
        }
    }
}
