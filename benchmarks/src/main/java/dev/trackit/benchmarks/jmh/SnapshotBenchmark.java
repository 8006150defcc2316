package dev.trackit.benchmarks.jmh;

import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.SavesToLog;
import dev.trackit.benchmarks.data.TokenScan;
import dev.trackit.core.record.SnapshotCodec;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.jupyter.notebook.NotebookReading;
import dev.trackit.jupyter.notebook.PayloadSink;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a save of a notebook of 1 MB cost of which one cell of 200 changed: read the file, tell what changed, write it down?
 * Target: reading with digests and finding the change takes at most 1.5 times a token scan of the file by Jackson.
 *
 * <p>{@code java -jar benchmarks.jar SnapshotBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SnapshotBenchmark {
    private final NotebookReader reader = new NotebookReader();
    private Path folder = Path.of("");
    private Path first = Path.of("");
    private Path second = Path.of("");
    private List<Cell> known = List.of();
    private NotebookReading former;
    private Notebook before;
    private Notebook edited;
    private SavesToLog saves;
    private boolean flip;

    /** Writes the notebook in both states. */
    @Setup
    public void setUp() {
        folder = Notebooks.temporaryFolder();
        first = Notebooks.oneMegabyte(folder);
        second = Notebooks.oneMegabyteEdited(folder);
        former = reader.read(first, List.of(), (NotebookReading) null);
        before = former.notebook();
        edited = SavesToLog.at(first, reader.read(second));
        known = before.cells();
        saves = new SavesToLog(folder, before);
    }

    /** Deletes it. */
    @TearDown
    public void tearDown() {
        saves.close();
        Notebooks.delete(folder);
    }

    /** From the file to the list of what changed, as the agent does it for a notebook that it read before. */
    @Benchmark
    public List<String> digestAndCompare() {
        Notebook now = reader.read(second, known, former).notebook();
        Digest content = SnapshotCodec.contentDigest(now);
        return content.hex().isEmpty() ? List.of() : SnapshotCodec.changedIds(now, before);
    }

    /** The same for a notebook of which nothing is held: the first save, or one above 4 MB. */
    @Benchmark
    public List<String> digestAndCompareAfresh() {
        Notebook now = reader.read(second, known, PayloadSink.NONE);
        Digest content = SnapshotCodec.contentDigest(now);
        return content.hex().isEmpty() ? List.of() : SnapshotCodec.changedIds(now, before);
    }

    /** From what was read to the acknowledged line, in turn the one and the other state; with the way to the recorder's thread and back. */
    @Benchmark
    public void record() {
        flip = !flip;
        saves.take(flip ? edited : before);
    }

    /** The same save again: nothing is to be written. */
    @Benchmark
    public void recordUnchanged() {
        saves.take(before);
    }

    /** Baseline: Jackson's tokens of the same file, values not read. */
    @Benchmark
    public long tokenScan() throws IOException {
        return TokenScan.of(second);
    }

    /** Baseline: plain SHA-256 of the file. */
    @Benchmark
    public byte[] sha256() throws IOException {
        return TokenScan.sha256(second);
    }
}
