package dev.trackit.benchmarks.process;

import dev.trackit.api.NotebookId;
import dev.trackit.benchmarks.data.Notebooks;
import dev.trackit.benchmarks.measure.Machine;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.TimelineEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whether the agent keeps up with many kernels at once, 50 if nothing else is said: all of them run cells at the same time, and what is in the logs
 * afterwards is counted. Prints what the agent took for it, and what it holds. Linux only.
 *
 * <p>{@code java -jar benchmarks.jar crowd [--kernels N] [--cells N] [--trackit COMMAND] [--python PROGRAM]}
 */
public final class CrowdBench {
    private static final List<String> USUALLY = List.of("--kernels", "50");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private CrowdBench() {}

    /** What the logs hold. */
    private record Recorded(long executions, long gaps) {}

    /** Runs. @throws IOException also where an execution is missing */
    public static void run(PrintStream out, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(USUALLY);
        all.addAll(arguments);
        BenchOptions options = BenchOptions.parse(all);
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
        out.println(Machine.describe());
        try (Agent agent = Agent.start(options.program(), project, runtime);
                ManyKernels kernels = ManyKernels.start(options, folder, project, runtime)) {
            double before = agent.figures().cpuSeconds();
            double seconds = kernels.run(options.cells());
            long expected = (long) options.kernels() * (options.cells() + 1);
            Recorded recorded = recorded(project, expected);
            ProcessFigures now = agent.figures();
            out.printf(
                    Locale.ROOT,
                    "%d kernels ran %d cells each at once in %.1f s: %,d of %,d executions recorded, %d gaps.%n"
                            + "The agent took %.2f s of processor for it, and holds %.0f MB, %.0f MB of heap.%n",
                    options.kernels(),
                    options.cells(),
                    seconds,
                    recorded.executions(),
                    expected,
                    recorded.gaps(),
                    now.cpuSeconds() - before,
                    now.residentMegabytes(),
                    agent.heapMegabytes());
            if (recorded.executions() != expected) {
                throw new IOException((expected - recorded.executions()) + " executions are missing");
            }
        }
    }

    /** Waits until all are there, or a minute. */
    private static Recorded recorded(Path project, long expected) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Recorded seen = count(project);
        while (seen.executions() < expected && System.nanoTime() < end) {
            Agent.rest(200);
            seen = count(project);
        }
        return seen;
    }

    private static Recorded count(Path project) {
        long executions = 0;
        long gaps = 0;
        try (TrackitReader reader = Trackit.builder().watchedFolder(project).open()) {
            for (NotebookSummary notebook : reader.notebooks()) {
                NotebookId id = notebook.id();
                for (TimelineEntry entry : reader.timeline(id).entries()) {
                    executions += entry instanceof TimelineEntry.Executed ? 1 : 0;
                    gaps += entry instanceof TimelineEntry.Missed ? 1 : 0;
                }
            }
        }
        return new Recorded(executions, gaps);
    }
}
