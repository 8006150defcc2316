package dev.trackit.runner.doctor;

import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.FolderArgument;
import dev.trackit.runner.cli.Progress;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.runner.read.RecordJson;
import java.nio.file.Path;
import java.util.List;
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
        Examination examination = Examination.of(where, data);
        try (Progress progress = console().progress("looking at", examination.parts())) {
            return examination.look(progress::done);
        }
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
