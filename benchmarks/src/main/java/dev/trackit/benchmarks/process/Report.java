package dev.trackit.benchmarks.process;

import dev.trackit.benchmarks.measure.Machine;
import dev.trackit.benchmarks.measure.SvgPlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes what was measured as Markdown with a plot. Immutable. */
final class Report {
    private Report() {}

    static void write(Path folder, List<WorkloadReport> reports) throws IOException {
        StringBuilder text = new StringBuilder(2_000);
        text.append("# A real kernel with and without the agent\n\n")
                .append(Machine.describe())
                .append("\n\n");
        text.append(
                "| workload | without | with ÷ without, median [95 %] | nothing ÷ nothing | target | agent's CPU for a cell | agent's memory, heap in use |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        SvgPlot plot = new SvgPlot("Time with the agent ÷ time without (grey: nothing ÷ nothing)", 0.85, 1.15);
        for (WorkloadReport report : reports) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f ms | %.4f [%.4f, %.4f] | %.4f [%.4f, %.4f] | < %.3f | %.1f ms | %.0f MB, %.0f MB |%n",
                    report.workload().text(),
                    report.plainSeconds() * 1_000,
                    report.ratio().median(),
                    report.ratio().low(),
                    report.ratio().high(),
                    report.control().median(),
                    report.control().low(),
                    report.control().high(),
                    1 + report.workload().targetPercent() / 100,
                    report.cpuSeconds() * 1_000,
                    report.residentMegabytes(),
                    report.heapMegabytes()));
            plot.row(
                    report.workload().text(),
                    report.ratios(),
                    report.ratio().low(),
                    report.ratio().high(),
                    true);
            plot.row(
                    "",
                    report.controls(),
                    report.control().low(),
                    report.control().high(),
                    false);
        }
        text.append(
                        "\nOne agent runs all the while. In each round three fresh kernels, one recorded and two not, run the same blocks of cells in turn; while one")
                .append(
                        " that is not recorded runs, the agent's process is stopped. The intervals are of the median of all blocks, by bootstrap over")
                .append(" rounds and blocks.\n\n![ratios](notebook.svg)\n");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("notebook.md"), text);
        Files.writeString(folder.resolve("notebook.svg"), plot.svg());
    }
}
