package dev.trackit.benchmarks.process;

import dev.trackit.benchmarks.data.NotebookWriter;
import dev.trackit.benchmarks.data.Notebooks;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a real kernel feels of the agent. One agent runs beside it all, as it does for days; a round starts three fresh kernels: one that is recorded, and two that are not. They run the
 * same blocks of cells in turn, in an order that changes; while one that is not recorded works, the agent's process is stopped, so that there is none. The
 * time of a recorded block to the mean of the two others is the cost; that of the two others to each other is what the machine does by itself, against which
 * the cost must be seen. Blocks that are compared are seconds apart, so that a machine that is slower for a minute is so for all three.
 *
 * <p>{@code java -jar benchmarks.jar process [--quick] [--rounds N] [--workloads tiny,pandas,print,picture] [--trackit COMMAND] [--python PROGRAM] [--out
 * FOLDER]}
 */
public final class NotebookBench {
    private static final int KERNELS = 3;

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
        Path watched = Files.createDirectories(folder.resolve("watched"));
        List<WorkloadReport> reports = new ArrayList<>();
        try (Agent agent = Agent.start(options.program(), watched, runtime)) {
            for (Workload workload : options.workloads()) {
                out.println(workload.text() + ":");
                Rounds rounds = new Rounds(options.rounds(), workload.blocks(options.quick()));
                for (int round = 0; round < options.rounds(); round++) {
                    round(agent, project("watched/" + workload.id() + "-" + round), workload, rounds, round);
                    out.println("  " + rounds.sentence(round));
                }
                reports.add(rounds.report(workload));
                out.println("  " + reports.get(reports.size() - 1).sentence());
                Report.write(options.folder(), reports);
            }
        }
        out.println("Report: " + options.folder().resolve("notebook.md"));
    }

    private void round(Agent agent, Path watched, Workload workload, Rounds rounds, int round) throws IOException {
        List<KernelRun> kernels = new ArrayList<>();
        try {
            for (int which = 0; which < KERNELS; which++) {
                Path notebook = (which == 0 ? watched : project("plain-" + which)).resolve("bench.ipynb");
                kernels.add(KernelRun.start(options.python(), driver, workload, notebook, runtime));
            }
            for (KernelRun kernel : kernels) {
                kernel.awaitReady();
            }
            Workload.Blocks blocks = rounds.blocks();
            for (KernelRun kernel : kernels) {
                kernel.block(
                        blocks); // First times are another matter, and an agent that has just found a kernel must have
                // settled.
            }
            double before = agent.figures().cpuSeconds();
            for (int block = 0; block < blocks.count(); block++) {
                for (int turn = 0; turn < KERNELS; turn++) {
                    int which = (turn + block + round) % KERNELS;
                    if (which == 0) {
                        agent.resume();
                    } else {
                        agent.pause();
                    }
                    rounds.took(round, block, which, kernels.get(which).block(blocks));
                }
            }
            agent.resume();
            Agent.rest(500);
            ProcessFigures after = agent.figures();
            rounds.agent(round, after.cpuSeconds() - before, after.residentMegabytes(), agent.heapMegabytes());
        } finally {
            agent.resume();
            for (KernelRun kernel : kernels) {
                kernel.close();
            }
        }
    }

    private Path project(String name) throws IOException {
        Path project = Files.createDirectories(folder.resolve(name));
        NotebookWriter.write(project.resolve("bench.ipynb"), List.of("x = 1"), 0, 0, 1);
        return project;
    }
}
