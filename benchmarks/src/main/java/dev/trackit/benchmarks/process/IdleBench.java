package dev.trackit.benchmarks.process;

import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.measure.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the agent costs while nothing happens: kernels run and are idle, and its processor time is taken over a while, thread by thread. Also what memory it
 * holds with so many kernels. Linux only.
 *
 * <p>{@code java -jar benchmarks.jar idle [--kernels N] [--seconds N] [--trackit COMMAND] [--python PROGRAM]}
 */
public final class IdleBench {
    /** Kernels that are new are looked at more often, and what a program does first is compiled: neither is being idle. */
    private static final long SETTLE_MILLIS = 60_000;

    private static final double TICKS_PER_SECOND = 100;

    private IdleBench() {}

    /** Runs. */
    public static void run(PrintStream out, List<String> arguments) throws IOException {
        BenchOptions options = BenchOptions.parse(arguments);
        Path folder = Notebooks.temporaryFolder();
        try {
            measure(out, options, folder);
        } finally {
            Notebooks.delete(folder);
        }
    }

    private static void measure(PrintStream out, BenchOptions options, Path folder) throws IOException {
        Path runtime = Files.createDirectories(folder.resolve("runtime"));
        Path project = Files.createDirectories(folder.resolve("project"));
        ManyKernels.notebooks(project, options.kernels());
        try (Agent agent = Agent.start(options.program(), project, runtime);
                ManyKernels kernels = ManyKernels.start(options, folder, project, runtime)) {
            kernels.run(1);
            out.println(Machine.describe());
            out.printf(Locale.ROOT, "The agent started in %.2f s.%n", agent.secondsToStart());
            Agent.rest(SETTLE_MILLIS);
            report(out, agent, options);
        }
    }

    private static void report(PrintStream out, Agent agent, BenchOptions options) throws IOException {
        Map<String, Double> before = threads(agent.pid());
        double start = agent.figures().cpuSeconds();
        long at = System.nanoTime();
        Agent.rest(options.seconds() * 1_000L);
        double seconds = (System.nanoTime() - at) / 1e9;
        ProcessFigures now = agent.figures();
        out.printf(
                Locale.ROOT,
                "Idle with %d kernels: %.2f %% of a core over %.0f s (target below 0.5 %% with 5), %.0f MB resident, %.0f MB of heap.%n",
                options.kernels(),
                100 * (now.cpuSeconds() - start) / seconds,
                seconds,
                now.residentMegabytes(),
                agent.heapMegabytes());
        Map<String, Double> after = threads(agent.pid());
        after.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) -> Double.compare(b, a)))
                .filter(e -> e.getValue() - before.getOrDefault(e.getKey(), 0.0) > 0)
                .forEach(e -> out.printf(
                        Locale.ROOT,
                        "  %-20s %.2f %%%n",
                        e.getKey(),
                        100 * (e.getValue() - before.getOrDefault(e.getKey(), 0.0)) / seconds));
    }

    /** Processor seconds by thread name. */
    private static Map<String, Double> threads(long pid) throws IOException {
        Map<String, Double> threads = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                String stat = Files.readString(task.resolve("stat"));
                int close = stat.lastIndexOf(')');
                String name = stat.substring(stat.indexOf('(') + 1, close);
                String[] fields = stat.substring(close + 2).split(" ");
                double ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
                threads.merge(name, ticks / TICKS_PER_SECOND, Double::sum);
            }
        }
        return threads;
    }
}
