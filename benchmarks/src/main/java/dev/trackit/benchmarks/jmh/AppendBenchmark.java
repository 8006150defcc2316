package dev.trackit.benchmarks.jmh;

import dev.trackit.api.LineageRecord;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.Stores;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does appending a record of about 290 bytes cost, in batches of 1 and of 1,000, with and without a force to disk, against a raw
 * append of as many bytes to a file?
 *
 * <p>{@code java -jar benchmarks.jar AppendBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {
    private static final int LINE_BYTES = 290;

    /** Records in a batch. */
    @Param({"1", "1000"})
    public int batch = 1;

    /** Whether each batch is forced. */
    @Param({"false", "true"})
    public boolean forced;

    private Path folder = Path.of("");
    private List<LineageRecord> records = List.of();
    private LineageStore store;
    private LogWriter writer;
    private FileChannel raw;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** Opens a log and a file. */
    @Setup(Level.Iteration)
    public void setUp() throws IOException {
        folder = Notebooks.temporaryFolder();
        records = Stores.records(batch);
        store = Stores.open(folder, forced);
        writer = store.writer(Stores.LOG);
        raw = FileChannel.open(folder.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        bytes = ByteBuffer.allocateDirect(batch * LINE_BYTES);
    }

    /** Deletes them. */
    @TearDown(Level.Iteration)
    public void tearDown() throws IOException {
        writer.close();
        store.close();
        raw.close();
        Notebooks.delete(folder);
    }

    /** Encodes, chains, writes, and forces if so. */
    @Benchmark
    public long append() {
        return writer.append(records);
    }

    /** Baseline: as many bytes to a file. */
    @Benchmark
    public int rawAppend() throws IOException {
        int written = raw.write(bytes.clear());
        if (forced) {
            raw.force(false);
        }
        return written;
    }
}
