package dev.trackit.runner.check;

import dev.trackit.api.LogId;
import dev.trackit.api.Verification;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitReader;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Progress;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit verify}: whether the logs are what was written. */
@Command(
        name = "verify",
        sortOptions = false,
        description = {
            "Check the logs against their own chain of digests, from the first byte to the last, and name what is wrong.",
            "",
            "Changes nothing, and needs no lock: the agent may be running. Exit code 4 if a record was changed or lost.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit verify                  all logs",
            "  trackit verify titanic          the logs of one notebook",
            "  trackit verify --json | jq 'select(.intact | not)'",
        })
public final class VerifyCommand extends RunnerCommand {
    @Parameters(arity = "0..*", paramLabel = "NOTEBOOK", description = "Only of these notebooks.")
    private List<String> notebooks = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line, one for each log.")
    private boolean json;

    /** Called by the table of commands. */
    public VerifyCommand() {}

    @Override
    protected int run() {
        Workspace workspace = new Workspace(environment(), program().store());
        try (TrackitReader reader = notebooks.isEmpty() ? workspace.open() : workspace.openFor(notebooks.get(0))) {
            List<LogId> logs = logs(reader, workspace);
            long records = 0;
            int broken = 0;
            try (Progress progress = console().progress("checking", logs.size())) {
                for (int i = 0; i < logs.size(); i++) {
                    progress.done(i, logs.get(i).toString());
                    Verification result = reader.store().verify(logs.get(i));
                    records += result.records();
                    broken += result.intact() ? 0 : 1;
                    if (json) {
                        printJson(result);
                    } else {
                        printFindings(result);
                    }
                }
            }
            if (!json) {
                summary(logs.size(), records, broken);
            }
            return broken > 0 ? ExitCodes.BROKEN : ExitCodes.FINE;
        }
    }

    private List<LogId> logs(TrackitReader reader, Workspace workspace) {
        if (notebooks.isEmpty()) {
            return reader.store().logs();
        }
        List<LogId> logs = new ArrayList<>();
        for (String named : notebooks) {
            NotebookSummary found = workspace.find(reader, named);
            logs.addAll(reader.logs(found.id()));
        }
        return logs;
    }

    private void printJson(Verification result) {
        console().json(g -> {
            g.writeStartObject();
            g.writeStringField("log", result.log().toString());
            g.writeBooleanField("intact", result.intact());
            g.writeNumberField("records", result.records());
            g.writeNumberField("bytes", result.bytes());
            g.writeArrayFieldStart("findings");
            for (Verification.Finding finding : result.findings()) {
                g.writeStartObject();
                g.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
                g.writeStringField("place", finding.place());
                g.writeStringField("message", finding.message());
                g.writeEndObject();
            }
            g.writeEndArray();
            g.writeEndObject();
        });
    }

    private void printFindings(Verification result) {
        Style style = console().style();
        for (Verification.Finding finding : result.findings()) {
            boolean bad = finding.severity() == Verification.Severity.BROKEN;
            String word = bad ? style.red("broken") : style.yellow("notice");
            console().line(word + "  " + result.log() + "  " + TerminalText.line(finding.place()));
            console().line("        " + TerminalText.line(finding.message()));
        }
    }

    private void summary(int logs, long records, int broken) {
        Style style = console().style();
        String checked = Wording.count(logs, "log") + " with " + Wording.count(records, "intact record") + " checked";
        console()
                .line(
                        broken == 0
                                ? style.green("intact") + "  " + checked + "."
                                : style.red("BROKEN") + "  " + checked + "; "
                                        + Wording.count(broken, "log is", "logs are") + " not what was written.");
    }
}
