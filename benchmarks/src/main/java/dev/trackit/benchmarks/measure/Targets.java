package dev.trackit.benchmarks.measure;

import dev.trackit.api.Cell;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.Notebook;
import dev.trackit.api.Session;
import dev.trackit.benchmarks.data.Executions;
import dev.trackit.benchmarks.data.GrowingLineage;
import dev.trackit.benchmarks.data.Lineages;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.data.PythonCells;
import dev.trackit.benchmarks.data.Stores;
import dev.trackit.benchmarks.data.TokenScan;
import dev.trackit.benchmarks.data.WireToLog;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.record.SnapshotCodec;
import dev.trackit.core.slice.Slicer;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.jupyter.notebook.NotebookReading;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogWriter;
import dev.trackit.spi.SessionAnalyzer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The core's figures against their targets, in about a minute and in processor time, so that a busy machine does not spoil them. JMH gives the exact figures.
 *
 * <p>{@code java -jar benchmarks.jar targets}
 */
public final class Targets {
    private static final List<String> GROUPS =
            List.of("digest", "snapshot", "read", "record", "log", "analysis", "slice");

    private final PrintStream out;
    private final NotebookReader reader = new NotebookReader();
    private final Session session = Executions.session(Path.of("/data"));

    private Targets(PrintStream out) {
        this.out = out;
    }

    /** Measures and prints a table. @param groups which: {@code digest}, {@code snapshot}, {@code read}, {@code record}, {@code log}, {@code analysis}, {@code slice}; none for all */
    public static void print(PrintStream out, List<String> groups) throws IOException {
        Path folder = Notebooks.temporaryFolder();
        try {
            new Targets(out).measure(folder, groups);
        } finally {
            Notebooks.delete(folder);
        }
    }

    private void measure(Path folder, List<String> groups) throws IOException {
        for (String group : groups.isEmpty() ? GROUPS : groups) {
            switch (group) {
                case "digest" -> digest();
                case "snapshot" -> snapshot(folder);
                case "read" -> hundredMegabytes(folder);
                case "record" -> record(folder);
                case "log" -> log(folder);
                case "analysis" -> analysis();
                case "slice" -> slices();
                default -> throw new IllegalArgumentException("No group \"" + group + "\", only " + GROUPS);
            }
        }
    }

    private void digest() {
        String text = String.join("\n", PythonCells.session(12, 7));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Cost[] cost = Cost.compare(
                300,
                300,
                () -> repeat(100, () -> Digest.ofText(text)),
                () -> repeat(100, () -> Digest.sha256().digest(bytes)));
        say("digest of a cell of " + bytes.length + " bytes", "%.2f × SHA-256", cost[0].ratioTo(cost[1]), "1.1 ×");
        byte[] file = new byte[1 << 20];
        cost = Cost.compare(
                50, 100, () -> Digest.of(file), () -> Digest.sha256().digest(file));
        say("digest of 1 MB", "%.2f × SHA-256", cost[0].ratioTo(cost[1]), "1.1 ×");
    }

    private void snapshot(Path folder) {
        Path first = Notebooks.oneMegabyte(folder);
        Path second = Notebooks.oneMegabyteEdited(folder);
        NotebookReading former = reader.read(first, List.of(), (NotebookReading) null);
        Notebook before = former.notebook();
        List<Cell> known = before.cells();
        Cost[] cost = Cost.compare(
                200,
                200,
                () -> {
                    Notebook now = reader.read(second, known, former).notebook();
                    SnapshotCodec.contentDigest(now);
                    SnapshotCodec.changedIds(now, before);
                },
                () -> TokenScan.of(second),
                () -> reader.read(second),
                () -> TokenScan.sha256(second),
                () -> SnapshotCodec.contentDigest(before));
        say("digest and snapshot of 1 MB, one cell changed", "%.2f × token scan", cost[0].ratioTo(cost[1]), "1.5 ×");
        say("  in milliseconds", "%.2f", cost[0].nanos() / 1e6, "");
        say("  token scan", "%.2f", cost[1].nanos() / 1e6, "");
        say("  reading alone", "%.2f", cost[2].nanos() / 1e6, "");
        say("  SHA-256 alone", "%.2f", cost[3].nanos() / 1e6, "");
        say("  content digest alone", "%.2f", cost[4].nanos() / 1e6, "");
        say("  allocation of it, MB", "%.2f", cost[0].bytes() / 1e6, "");
    }

    private void hundredMegabytes(Path folder) throws IOException {
        Path file = Notebooks.hundredMegabytes(folder);
        long size = Files.size(file);
        Cost[] cost =
                Cost.compare(3, 7, () -> reader.read(file), () -> TokenScan.of(file), () -> TokenScan.sha256(file));
        say("read of 100 MB", "%.0f MB/s", cost[0].megabytesPerSecond(size), "");
        say("  over a token scan", "%.2f ×", cost[0].ratioTo(cost[1]), "");
        say("  over SHA-256", "%.2f ×", cost[0].ratioTo(cost[2]), "");
        Files.delete(file);
    }

    private void record(Path folder) {
        int batch = 2_000; // 6 MB of messages: they come hot from the socket, not from far memory
        List<String> code = PythonCells.session(200, 3);
        try (WireToLog line = new WireToLog(folder.resolve("record"), false)) {
            double best = 0;
            long leanest = Long.MAX_VALUE;
            double capture = 0;
            for (int round = 0; round < 100; round++) {
                List<List<byte[]>> messages = line.next(batch, code);
                long bytes = Cost.bytesOfThreads("trackit-", "main");
                long captured = Cost.nanosOfThreads("trackit-capture");
                long nanos = Cost.nanosOfThreads("trackit-", "main");
                line.take(messages);
                double rate = batch * 1e9 / (Cost.nanosOfThreads("trackit-", "main") - nanos);
                if (rate > best) {
                    best = rate;
                    capture = (Cost.nanosOfThreads("trackit-capture") - captured) / 1e3 / batch;
                }
                leanest = Math.min(leanest, Cost.bytesOfThreads("trackit-", "main") - bytes);
            }
            say("executions from wire bytes to log line", "%,.0f per second of one core", best, "100,000");
            say("  of each on the capture thread, µs", "%.1f", capture, "");
            say("  of each elsewhere, µs", "%.1f", 1e6 / best - capture, "");
            say("  allocation of each, kB", "%.1f", leanest / 1e3 / batch, "");
        }
    }

    private void log(Path folder) {
        List<LineageRecord> records = Stores.records(1_000);
        try (LineageStore store = Stores.open(folder.resolve("log"), false)) {
            try (LogWriter writer = store.writer(Stores.LOG)) {
                Cost[] cost = Cost.compare(50, 100, () -> writer.append(records));
                say("append without force", "%,.0f records/s", 1e12 / cost[0].nanos(), "");
            }
            long size = store.verify(Stores.LOG).bytes();
            Cost[] cost = Cost.compare(5, 10, () -> store.verify(Stores.LOG));
            say("verify", "%.0f MB/s", cost[0].megabytesPerSecond(size), "300");
        }
    }

    private void analysis() {
        CodeAnalyzer analyzer = Lineages.analyzer();
        List<Execution> notebook = Executions.of(PythonCells.session(50, 5));
        Execution cell = Executions.of(PythonCells.TEN_LINES, 1);
        Cost[] cost = Cost.compare(
                400,
                200,
                () -> {
                    SessionAnalyzer analysis = analyzer.begin(session);
                    notebook.forEach(analysis::analyze);
                },
                () -> analyzer.begin(session).analyze(cell));
        say("analysis of a notebook of 50 cells", "%.2f ms", cost[0].nanos() / 1e6, "5 ms");
        say("analysis of a cell of 10 lines", "%.3f ms", cost[1].nanos() / 1e6, "");
    }

    private void slices() {
        for (int size : new int[] {100, 1_000, 10_000}) {
            for (boolean chain : new boolean[] {false, true}) {
                List<String> code = chain ? PythonCells.chain(size) : PythonCells.session(size, 5);
                LineageGraph graph = Lineages.graph(session, Executions.of(code));
                Cost[] cost = Cost.compare(10, 20, () -> new Slicer(graph).variable(session, chain ? "df" : "df3"));
                String what = (chain ? "slice of all of " : "slice at ") + size;
                say(what, "%.2f ms", cost[0].nanos() / 1e6, size == 100 ? "" : size == 1_000 ? "10 ms" : "100 ms");
            }
        }
        for (int history : new int[] {100, 1_000, 10_000}) {
            GrowingLineage lineage = new GrowingLineage(session);
            List<Execution> executions = Executions.of(PythonCells.session(history + 1_000, 5));
            executions.subList(0, history).forEach(lineage::add);
            int[] next = {history};
            Cost[] cost = Cost.compare(0, 10, () -> {
                for (int i = 0; i < 100; i++) {
                    lineage.add(executions.get(next[0]++));
                }
            });
            say("adding one execution after " + history, "%.1f µs", cost[0].nanos() / 1e5, "");
        }
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    private void say(String what, String format, double value, String target) {
        out.printf(
                Locale.ROOT,
                "%-48s %-36s %s%n",
                what,
                String.format(Locale.ROOT, format, value),
                target.isEmpty() ? "" : "target " + target);
    }
}
