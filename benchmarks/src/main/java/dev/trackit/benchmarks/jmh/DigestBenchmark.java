package dev.trackit.benchmarks.jmh;

import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.core.record.SnapshotCodec;
import dev.trackit.jupyter.notebook.NotebookReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a digest cost over plain SHA-256 of the same bytes: of a cell's source, of a notebook file's bytes, of a notebook's content?
 * Target: at most 1.1 times.
 *
 * <p>{@code java -jar benchmarks.jar DigestBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DigestBenchmark {
    private String cell = "";
    private byte[] cellBytes = new byte[0];
    private byte[] file = new byte[0];
    private Notebook notebook;

    /** Makes the data. */
    @Setup
    public void setUp() throws IOException {
        cell = String.join("\n", PythonCells.session(12, 7));
        cellBytes = cell.getBytes(StandardCharsets.UTF_8);
        Path folder = Notebooks.temporaryFolder();
        Path path = Notebooks.oneMegabyte(folder);
        file = Files.readAllBytes(path);
        notebook = new NotebookReader().read(path);
        Notebooks.delete(folder);
    }

    /** A cell's source of about a thousand characters. */
    @Benchmark
    public Digest cell() {
        return Digest.ofText(cell);
    }

    /** Baseline of {@link #cell}: its bytes are there already. */
    @Benchmark
    public byte[] cellSha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(cellBytes);
    }

    /** The bytes of a notebook file of 1 MB. */
    @Benchmark
    public Digest file() {
        return Digest.of(file);
    }

    /** Baseline of {@link #file}. */
    @Benchmark
    public byte[] fileSha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(file);
    }

    /** The content digest of a notebook of 200 cells that was read: their sources' digests are there already. */
    @Benchmark
    public Digest content() {
        return SnapshotCodec.contentDigest(notebook);
    }
}
