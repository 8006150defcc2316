package dev.trackit.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trackit.api.Cell;
import dev.trackit.api.Execution;
import dev.trackit.api.Notebook;
import dev.trackit.api.Session;
import dev.trackit.benchmarks.data.Executions;
import dev.trackit.benchmarks.data.GrowingLineage;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.benchmarks.data.SavesToLog;
import dev.trackit.benchmarks.data.TokenScan;
import dev.trackit.benchmarks.data.WireToLog;
import dev.trackit.benchmarks.measure.Cost;
import dev.trackit.core.record.SnapshotCodec;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.jupyter.notebook.NotebookReading;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the cost of capture within bounds. Only what does not depend on the machine and on what else it does is checked: allocation, which is exact, and
 * ratios of processor time of things that run in turn, of which the cheapest rounds count.
 *
 * <p>When a guard breaks: run it alone, to be sure; {@code java -jar benchmarks/target/benchmarks.jar -prof gc NAME} with the benchmark that the message
 * names shows the cost, before and after the change that is suspected. Make the code cheaper; raise a bound only together with the reason, in the same
 * commit.
 */
class CostGuardTest {
    private static final String ADVICE = " See the Javadoc of this class for what to do. The benchmark that shows it: ";
    private static final String[] PRODUCT_THREADS = {"trackit-"};

    @TempDir
    Path folder;

    @Test
    void digestAndSnapshotStayWithinFivePercentOfACellOfFiftyMilliseconds() {
        NotebookReader reader = new NotebookReader();
        NotebookReading former = reader.read(Notebooks.typical(folder), List.of(), (NotebookReading) null);
        Notebook before = former.notebook();
        Path edited = Notebooks.typicalEdited(folder);
        List<Cell> known = before.cells();
        double[] sink = {0};
        long iterations = iterationsOfFiftyMilliseconds(sink);
        Cost[] cost = Cost.compare(
                150,
                50,
                () -> {
                    Notebook now = reader.read(edited, known, former).notebook();
                    SnapshotCodec.contentDigest(now);
                    SnapshotCodec.changedIds(now, before);
                },
                () -> sink[0] += work(iterations),
                () -> TokenScan.sha256(edited));
        double perCell = cost[0].ratioTo(cost[1]);
        assertThat(sink[0]).isPositive();
        // A JVM that runs with its first compiler only does without the processor's SHA-256, and says nothing about a
        // user's.
        assumeThat(cost[2].ratioTo(cost[1])).as("SHA-256 alone, of a cell").isLessThan(0.02);
        assertThat(perCell)
                .as("A save of a notebook of 50 cells costs " + percent(perCell) + " of a cell of about 50 ms." + ADVICE
                        + "SnapshotBenchmark")
                .isLessThan(0.05);
    }

    @Test
    void anExecutionAllocatesLittleOnItsWayFromTheWireToTheLog() {
        int batch = 2_000;
        List<String> code = PythonCells.session(200, 3);
        try (WireToLog line = new WireToLog(folder, false)) {
            long leanest = Long.MAX_VALUE;
            for (int round = 0; round < 8; round++) {
                List<List<byte[]>> messages = line.next(batch, code);
                long before = Cost.bytesOfThreads(PRODUCT_THREADS);
                line.take(messages);
                leanest = Math.min(leanest, Cost.bytesOfThreads(PRODUCT_THREADS) - before);
            }
            assertThat(line.recorded()).isEqualTo(8L * batch);
            assertThat(leanest / batch)
                    .as("Bytes allocated for one small execution of four messages." + ADVICE + "RecordBenchmark")
                    .isLessThan(18_000);
        }
    }

    @Test
    void aSaveThatChangesNothingWritesNothingAndAllocatesLittle() {
        NotebookReader reader = new NotebookReader();
        Notebook notebook = reader.read(Notebooks.oneMegabyte(folder));
        try (SavesToLog saves = new SavesToLog(folder, notebook)) {
            long written = saves.written();
            long leanest = Long.MAX_VALUE;
            for (int round = 0; round < 10; round++) {
                long before = Cost.bytesOfThreads(PRODUCT_THREADS);
                saves.take(notebook);
                leanest = Math.min(leanest, Cost.bytesOfThreads(PRODUCT_THREADS) - before);
            }
            assertThat(saves.written()).isEqualTo(written);
            assertThat(leanest)
                    .as("Bytes allocated by the recorder for an unchanged save of 200 cells." + ADVICE
                            + "SnapshotBenchmark.recordUnchanged")
                    .isLessThan(1_000_000);
        }
    }

    @Test
    void addingAnExecutionCostsTheSameAfterTenThousandAsAfterAHundred() {
        int few = 100;
        int many = 10_000;
        int added = 100;
        Session session = Executions.session(folder);
        List<Execution> executions = Executions.of(PythonCells.session(many + 40 * added, 5));
        GrowingLineage large = new GrowingLineage(session);
        executions.subList(0, many).forEach(large::add);
        int[] next = {many};
        Cost[] cost = {new Cost(Long.MAX_VALUE, 0), new Cost(Long.MAX_VALUE, 0)};
        for (int round = 0; round < 20; round++) {
            // What is added to both is of the same kind but not the same; over the rounds that evens out.
            GrowingLineage small = new GrowingLineage(session);
            executions.subList(0, few).forEach(small::add);
            cost[0] = cheaper(
                    cost[0],
                    Cost.once(() -> executions.subList(few, few + added).forEach(small::add)));
            cost[1] = cheaper(
                    cost[1],
                    Cost.once(() -> executions.subList(next[0], next[0] + added).forEach(large::add)));
            next[0] += added;
        }
        assertThat(cost[1].ratioTo(cost[0]))
                .as("Adding an execution after 10,000 costs so many times as much as after 100." + ADVICE
                        + "GrowthBenchmark")
                .isLessThan(4);
    }

    /** How much arithmetic takes 50 ms here and now, by its cheapest round. */
    private static long iterationsOfFiftyMilliseconds(double[] sink) {
        long iterations = 1_000_000;
        Cost[] cost = Cost.compare(5, 20, () -> sink[0] += work(iterations));
        return Math.max(1, iterations * 50_000_000 / cost[0].nanos());
    }

    /** What a cell does, as far as a processor is concerned. */
    private static double work(long iterations) {
        double sum = 1;
        for (long i = 1; i <= iterations; i++) {
            sum += Math.sqrt(sum) / i;
        }
        return sum;
    }

    private static Cost cheaper(Cost a, Cost b) {
        return a.nanos() <= b.nanos() ? a : b;
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 1000) / 10.0 + " %";
    }
}
