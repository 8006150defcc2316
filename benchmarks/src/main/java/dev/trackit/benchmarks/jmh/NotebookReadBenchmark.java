package dev.trackit.benchmarks.jmh;

import dev.trackit.api.Notebook;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.TokenScan;
import dev.trackit.jupyter.notebook.NotebookFacts;
import dev.trackit.jupyter.notebook.NotebookReader;
import java.io.IOException;
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
 * How fast is a notebook read, with its digests, against a plain token scan of the same file by Jackson, which keeps nothing?
 * Files: about 15 kB; 1 MB; 100 MB, nearly all pictures.
 *
 * <p>{@code java -jar benchmarks.jar NotebookReadBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NotebookReadBenchmark {
    /** Which file. */
    @Param({"small", "oneMegabyte", "hundredMegabytes"})
    public String size = "small";

    private final NotebookReader reader = new NotebookReader();
    private Path folder = Path.of("");
    private Path file = Path.of("");

    /** Writes the file. */
    @Setup
    public void setUp() {
        folder = Notebooks.temporaryFolder();
        file = switch (size) {
            case "small" -> Notebooks.small(folder);
            case "oneMegabyte" -> Notebooks.oneMegabyte(folder);
            default -> Notebooks.hundredMegabytes(folder);
        };
    }

    /** Deletes it. */
    @TearDown
    public void tearDown() {
        Notebooks.delete(folder);
    }

    /** All cells with the digests of file, sources and outputs. */
    @Benchmark
    public Notebook read() {
        return reader.read(file);
    }

    /** What a list shows. */
    @Benchmark
    public NotebookFacts facts() {
        return reader.facts(file);
    }

    /** Baseline: Jackson's tokens, values not read. */
    @Benchmark
    public long tokenScan() throws IOException {
        return TokenScan.of(file);
    }

    /** Baseline: plain SHA-256 of the file. */
    @Benchmark
    public byte[] sha256() throws IOException {
        return TokenScan.sha256(file);
    }
}
