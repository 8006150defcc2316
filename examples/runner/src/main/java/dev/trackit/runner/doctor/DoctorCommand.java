package dev.trackit.runner.doctor;

import dev.trackit.core.discovery.Providers;
import dev.trackit.jupyter.discovery.DiscoveryOptions;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.FolderArgument;
import dev.trackit.runner.cli.Progress;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trackit doctor}: what in the surroundings hinders capture. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Look at Python, Jupyter, kernels, the folder, the adapters and the store, and say what is wrong and what to do.",
            "",
            "Changes nothing. Exit code 1 if there is a problem.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  trackit doctor", "  trackit doctor ~/research --json | jq 'select(.level == \"problem\")'"})
public final class DoctorCommand extends RunnerCommand {
    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Option(names = "--json", description = "One JSON object a line, one for each thing that was looked at.")
    private boolean json;

    /** Called by the table of commands. */
    public DoctorCommand() {}

    @Override
    protected int run() {
        Path where = folder.in(environment());
        Workspace workspace = new Workspace(environment(), program().store());
        Path data = workspace.data(where);
        List<Finding> findings = look(where, data);
        if (json) {
            findings.forEach(this::printJson);
        } else {
            print(findings);
        }
        boolean problems = findings.stream().anyMatch(f -> f.level() == Finding.Level.PROBLEM);
        return problems ? ExitCodes.FINDINGS : ExitCodes.FINE;
    }

    private List<Finding> look(Path where, Path data) {
        Map<String, Supplier<Check>> checks = new LinkedHashMap<>();
        checks.put("Java", () -> DoctorCommand::java);
        checks.put("Python", PythonCheck::new);
        checks.put(
                "Jupyter",
                () -> new JupyterCheck(
                        DiscoveryOptions.of(ProviderContext.builder(where, data).build())
                                .runtimeFolders()));
        checks.put("the folder", () -> new WatchCheck(where));
        checks.put("adapters", () -> new ProviderCheck(Providers.defaultLoader()));
        checks.put("the store", () -> new StoreCheck(data));
        List<Finding> findings = new ArrayList<>();
        try (Progress progress = console().progress("looking at", checks.size())) {
            int done = 0;
            for (Map.Entry<String, Supplier<Check>> check : checks.entrySet()) {
                progress.done(done++, check.getKey());
                findings.addAll(check.getValue().get().look());
            }
        }
        return findings;
    }

    private static List<Finding> java() {
        long heap = Runtime.getRuntime().maxMemory();
        return List.of(Finding.fine(
                "java",
                "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", up to "
                        + Wording.bytes(heap) + " of memory"));
    }

    private void printJson(Finding finding) {
        console().json(g -> {
            g.writeStartObject();
            g.writeStringField("area", finding.area());
            g.writeStringField("level", RecordJson.word(finding.level()));
            g.writeStringField("finding", finding.text());
            RecordJson.text(g, "advice", finding.advice().isEmpty() ? null : finding.advice());
            g.writeEndObject();
        });
    }

    private void print(List<Finding> findings) {
        Style style = console().style();
        String area = "";
        for (Finding finding : findings) {
            String heading = finding.area().equals(area) ? "" : finding.area();
            area = finding.area();
            String mark =
                    switch (finding.level()) {
                        case FINE -> style.green("ok ");
                        case NOTE -> style.dim("·  ");
                        case PROBLEM -> style.red("!! ");
                    };
            console().line(style.bold(TerminalText.pad(heading, 10)) + mark + TerminalText.line(finding.text()));
            if (!finding.advice().isEmpty()) {
                console().line(" ".repeat(13) + style.cyan("→ " + TerminalText.line(finding.advice())));
            }
        }
        long problems = findings.stream()
                .filter(f -> f.level() == Finding.Level.PROBLEM)
                .count();
        console().line("");
        console()
                .line(
                        problems == 0
                                ? style.green("Nothing hinders the capture.")
                                : style.red(Wording.count(problems, "problem") + " found."));
    }
}
