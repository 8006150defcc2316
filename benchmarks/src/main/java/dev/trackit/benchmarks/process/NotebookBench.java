package dev.trackit.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.benchmarks.data.NotebookWriter;
import dev.trackit.benchmarks.data.Notebooks;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * What a real kernel feels of the agent. Each round runs a workload three times in fresh kernels: without the agent, with it, and without it
 * again, in an order that changes from round to round. The ratio of "with" to "without" is the cost; the ratio of "without" to "without" is
 * what the machine does by itself, against which the cost must be seen.
 *
 * <p>{@code java -jar benchmarks.jar process [--rounds N] [--workloads tiny,pandas,print,picture] [--trackit COMMAND] [--python PROGRAM] [--out
 * FOLDER]}
 */
public final class NotebookBench {
    private final PrintStream out;
    private final BenchOptions options;
    private final Path folder;
    private final Path runtime;
    private final Path driver;

    private NotebookBench(PrintStream out, BenchOptions options, Path folder) throws IOException {
        this.out = out;
        this.options = options;
        this.folder = folder;
        this.runtime = Files.createDirectories(folder.resolve("runtime"));
        this.driver = folder.resolve("driver.py");
        try (InputStream resource = Objects.requireNonNull(NotebookBench.class.getResourceAsStream("driver.py"))) {
            Files.copy(resource, driver, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Runs. */
    public static void run(PrintStream out, List<String> arguments) throws IOException {
        BenchOptions options = BenchOptions.parse(arguments);
        Path folder = Notebooks.temporaryFolder();
        try {
            new NotebookBench(out, options, folder).measure();
        } finally {
            Notebooks.delete(folder);
        }
    }

    private void measure() throws IOException {
        List<WorkloadReport> reports = new ArrayList<>();
        for (Workload workload : options.workloads()) {
            out.println(workload.text() + ":");
            reports.add(measure(workload));
            out.println("  " + reports.get(reports.size() - 1).sentence());
        }
        Files.createDirectories(options.folder());
        Report.write(options.folder(), reports);
        out.println("Report: " + options.folder().resolve("notebook.md"));
    }

    private WorkloadReport measure(Workload workload) throws IOException {
        int rounds = options.rounds();
        double[] with = new double[rounds];
        double[] control = new double[rounds];
        double[] cpu = new double[rounds];
        double[] resident = new double[rounds];
        double plainMedian = 0;
        for (int round = 0; round < rounds; round++) {
            double[] seconds = new double[3];
            for (int turn = 0; turn < 3; turn++) {
                int which = (turn + round) % 3;
                if (which == 1) {
                    seconds[1] = withAgent(workload, cpu, resident, round);
                } else {
                    seconds[which] = kernel(workload, project("plain"));
                }
            }
            double plain = (seconds[0] + seconds[2]) / 2;
            with[round] = seconds[1] / plain;
            control[round] = seconds[2] / seconds[0];
            plainMedian += plain / rounds;
            out.printf(
                    Locale.ROOT,
                    "  round %d of %d: with %.3f s, without %.3f and %.3f s; agent %.2f s of processor, %.0f MB%n",
                    round + 1,
                    rounds,
                    seconds[1],
                    seconds[0],
                    seconds[2],
                    cpu[round],
                    resident[round]);
        }
        return new WorkloadReport(
                workload,
                plainMedian,
                with,
                control,
                Interval.of(with),
                Interval.of(control),
                Interval.median(cpu),
                DoubleStream.of(resident).max().orElse(0));
    }

    private double withAgent(Workload workload, double[] cpu, double[] resident, int round) throws IOException {
        Path project = project("watched-" + workload.id() + "-" + round);
        try (Agent agent = Agent.start(options.program(), project, runtime)) {
            double before = agent.figures().cpuSeconds();
            double seconds = kernel(workload, project);
            ProcessFigures after = agent.figures();
            cpu[round] = after.cpuSeconds() - before;
            resident[round] = after.residentMegabytes();
            return seconds;
        }
    }

    private Path project(String name) throws IOException {
        Path project = Files.createDirectories(folder.resolve(name));
        NotebookWriter.write(project.resolve("bench.ipynb"), List.of("x = 1"), 0, 0, 1);
        return project;
    }

    /** Runs the workload in a fresh kernel. Returns the median of its cells' times, or their sum for tiny cells, whose single times are all noise. */
    private double kernel(Workload workload, Path project) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        options.python(),
                        driver.toString(),
                        workload.id(),
                        project.resolve("bench.ipynb").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JUPYTER_RUNTIME_DIR", runtime.toString());
        Process process = builder.start();
        JsonNode answer = new ObjectMapper().readTree(process.getInputStream());
        JsonNode times = answer.path("seconds");
        if (times.isEmpty()) {
            throw new IOException(
                    "The kernel ran nothing. It needs " + options.python() + " with ipykernel and pandas.");
        }
        double[] seconds = new double[times.size()];
        Arrays.setAll(seconds, i -> times.get(i).asDouble());
        return workload == Workload.TINY ? DoubleStream.of(seconds).sum() : Interval.median(seconds);
    }
}
