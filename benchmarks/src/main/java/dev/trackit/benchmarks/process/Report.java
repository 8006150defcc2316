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
                "| workload | without | with ÷ without, median [95 %] | nothing ÷ nothing | target | agent's CPU | agent's memory |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        SvgPlot plot = new SvgPlot("Time with the agent ÷ time without (grey: nothing ÷ nothing)", 0.9, 1.15);
        for (WorkloadReport report : reports) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.3f s | %.4f [%.4f, %.4f] | %.4f [%.4f, %.4f] | < %.3f | %.2f s | %.0f MB |%n",
                    report.workload().text(),
                    report.plainSeconds(),
                    report.ratio().median(),
                    report.ratio().low(),
                    report.ratio().high(),
                    report.control().median(),
                    report.control().low(),
                    report.control().high(),
                    1 + report.workload().targetPercent() / 100,
                    report.cpuSeconds(),
                    report.residentMegabytes()));
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
        text.append("\nEach round runs the workload in fresh kernels, with the agent and twice without, in turn; ")
                .append(reports.isEmpty() ? 0 : reports.get(0).ratios().length)
                .append(" rounds. The intervals are of the median, by bootstrap.\n\n![ratios](notebook.svg)\n");
        Files.writeString(folder.resolve("notebook.md"), text);
        Files.writeString(folder.resolve("notebook.svg"), plot.svg());
    }
}
