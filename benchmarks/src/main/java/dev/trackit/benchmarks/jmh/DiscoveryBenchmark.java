package dev.trackit.benchmarks.jmh;

import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.jupyter.watch.NotebookWatcher;
import dev.trackit.jupyter.watch.WatchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * What does finding 10,000 notebooks cost, and reading what a list shows of each, against walking the same folders?
 *
 * <p>{@code java -jar benchmarks.jar DiscoveryBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DiscoveryBenchmark {
    /** How many notebooks. */
    @Param("10000")
    public int notebooks = 10_000;

    private final NotebookReader reader = new NotebookReader();
    private Path folder = Path.of("");
    private Path tree = Path.of("");

    /** Writes them. */
    @Setup
    public void setUp() {
        folder = Notebooks.temporaryFolder();
        tree = Notebooks.tree(folder, notebooks);
    }

    /** Deletes them. */
    @TearDown
    public void tearDown() {
        Notebooks.delete(folder);
    }

    /** By name. */
    @Benchmark
    public List<Path> find() {
        try (NotebookWatcher watcher = watcher()) {
            return watcher.notebooks();
        }
    }

    /** By name, and what a list shows of each. */
    @Benchmark
    public long findAndLook() {
        try (NotebookWatcher watcher = watcher()) {
            return watcher.notebooks().stream()
                    .mapToLong(file -> reader.facts(file).cells())
                    .sum();
        }
    }

    /** Baseline: the walk alone. */
    @Benchmark
    public long walk() throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".ipynb"))
                    .count();
        }
    }

    private NotebookWatcher watcher() {
        return new NotebookWatcher(tree, WatchOptions.builder().build(), reader, event -> {});
    }
}
