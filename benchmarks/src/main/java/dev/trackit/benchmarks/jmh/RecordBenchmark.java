package dev.trackit.benchmarks.jmh;

import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.benchmarks.data.WireMessages;
import dev.trackit.benchmarks.data.WireToLog;
import dev.trackit.jupyter.wire.MessageSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many small executions per second go from the bytes of their messages (four each: busy, input, a printed line, idle) to an
 * acknowledged line in the log? Target: above 100,000 on one core, without force. Run it with {@code taskset -c 0} for one core; with more, taking messages,
 * making executions and writing lines overlap.
 *
 * <p>{@code java -jar benchmarks.jar RecordBenchmark -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {
    private static final int EXECUTIONS = 5_000;

    /** Whether lines are forced to disk. */
    @Param({"false", "true"})
    public boolean forced;

    private final List<String> code = PythonCells.session(200, 3);
    private final MessageSigner signer =
            MessageSigner.of("hmac-sha256", WireMessages.KEY.getBytes(StandardCharsets.UTF_8));
    private Path folder = Path.of("");
    private WireToLog line;
    private List<List<byte[]>> messages = List.of();

    /** Opens a log. */
    @Setup
    public void setUp() {
        folder = Notebooks.temporaryFolder();
        line = new WireToLog(folder, forced);
    }

    /** New messages: a message that comes again is refused. */
    @Setup(Level.Invocation)
    public void prepare() {
        messages = line.next(EXECUTIONS, code);
    }

    /** Deletes the log. */
    @TearDown
    public void tearDown() {
        line.close();
        Notebooks.delete(folder);
    }

    /** The whole way. */
    @Benchmark
    @OperationsPerInvocation(EXECUTIONS)
    public void wireToLog() {
        line.take(messages);
    }

    /** Baseline: nothing but the check of the signatures. */
    @Benchmark
    @OperationsPerInvocation(EXECUTIONS)
    public int signaturesOnly() {
        int right = 0;
        for (List<byte[]> frames : messages) {
            right += signer.verify(frames.get(2), frames.subList(3, 7)) ? 1 : 0;
        }
        return right;
    }
}
