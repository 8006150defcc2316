package dev.trackit.benchmarks.jmh;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.Verification;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.Stores;
import dev.trackit.benchmarks.data.TokenScan;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is a log of 100,000 records (about 35 MB) read, and verified, against plain SHA-256 and a token scan by Jackson of the same bytes?
 * Target of verifying: above 300 MB/s on one core.
 *
 * <p>{@code java -jar benchmarks.jar LogReadBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogReadBenchmark {
    private static final int RECORDS = 100_000;

    private Path folder = Path.of("");
    private Path segment = Path.of("");
    private LineageStore store;

    /** Writes the log. */
    @Setup
    public void setUp() throws IOException {
        folder = Notebooks.temporaryFolder();
        store = Stores.open(folder, false);
        List<LineageRecord> records = Stores.records(1_000);
        try (LogWriter writer = store.writer(Stores.LOG)) {
            for (int i = 0; i < RECORDS / records.size(); i++) {
                writer.append(records);
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            segment = files.filter(f -> f.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Deletes it. */
    @TearDown
    public void tearDown() {
        store.close();
        Notebooks.delete(folder);
    }

    /** All records. */
    @Benchmark
    public long read() {
        try (LogReader reader = store.reader(Stores.LOG, 0)) {
            while (reader.next().isPresent()) {}
            return reader.position();
        }
    }

    /** The whole chain of digests. */
    @Benchmark
    public Verification verify() {
        return store.verify(Stores.LOG);
    }

    /** The last ten records, from opening the store. */
    @Benchmark
    public long openNearItsEnd() {
        try (LineageStore opened = Stores.open(folder, false);
                LogReader reader = opened.reader(Stores.LOG, RECORDS - 10)) {
            while (reader.next().isPresent()) {}
            return reader.position();
        }
    }

    /** Baseline of reading: Jackson's tokens of the same file. */
    @Benchmark
    public long tokenScan() throws IOException {
        return TokenScan.of(segment);
    }

    /** Baseline of verifying: plain SHA-256 of the same file. */
    @Benchmark
    public byte[] sha256() throws IOException {
        return TokenScan.sha256(segment);
    }
}
