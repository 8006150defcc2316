package dev.trackit.runner.read;

import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.FolderArgument;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trackit ls}: the notebooks that have a record. */
@Command(
        name = "ls",
        sortOptions = false,
        description = "List the notebooks that have a record, those with the latest activity first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit ls                      those of the folder you are in",
            "  trackit ls --since 2026-03-01 --tag baseline --min-cells 10",
            "  trackit ls ~/research --json    one JSON object a line, for scripts",
        })
public final class LsCommand extends RunnerCommand {
    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    /** Called by the table of commands. */
    public LsCommand() {}

    @Override
    protected int run() {
        Path where = folder.in(environment());
        try (TrackitReader reader = new Workspace(environment(), program().store()).open(where)) {
            List<NotebookSummary> notebooks = reader.notebooks();
            if (notebooks.isEmpty()) {
                throw Failure.of(
                        ExitCodes.NOTHING,
                        "No notebook has been recorded in " + environment().display(reader.dataFolder()) + " yet.",
                        "Record while you work: " + environment().command() + " up");
            }
            RecordFilter wanted = filter.read(environment());
            List<NotebookSummary> fitting = wanted.isOpen()
                    ? notebooks
                    : notebooks.stream()
                            .filter(n -> wanted.accepts(reader.timeline(n.id())))
                            .toList();
            if (fitting.isEmpty()) {
                throw Failure.of(
                        ExitCodes.NOTHING, "None of " + Wording.count(notebooks.size(), "notebook") + " fits.");
            }
            if (json) {
                fitting.forEach(n -> printJson(n, reader.timeline(n.id())));
            } else {
                printTable(fitting);
            }
            return ExitCodes.FINE;
        }
    }

    private void printJson(NotebookSummary notebook, Timeline timeline) {
        console().json(g -> {
            g.writeStartObject();
            g.writeStringField("notebook", notebook.id().value());
            g.writeStringField("name", notebook.name());
            Path path = notebook.path();
            RecordJson.text(g, "path", path == null ? null : path.toString());
            g.writeBooleanField("exists", path != null && Files.exists(path));
            g.writeNumberField("executions", notebook.executions());
            g.writeNumberField("records", notebook.records());
            RecordJson.time(g, "lastActivity", Optional.ofNullable(notebook.lastActivity()));
            g.writeNumberField("cells", RecordFilter.cells(timeline));
            g.writeArrayFieldStart("tags");
            for (String tag : RecordFilter.tags(timeline)) {
                g.writeString(tag);
            }
            g.writeEndArray();
            g.writeEndObject();
        });
    }

    private void printTable(List<NotebookSummary> notebooks) {
        Style style = console().style();
        int names = 8;
        for (NotebookSummary notebook : notebooks) {
            names = Math.max(names, TerminalText.width(label(notebook)));
        }
        names = Math.min(names, Math.max(20, console().columns() - 45));
        console().line(style.bold(TerminalText.pad("Notebook", names) + "  Executions  Last activity"));
        for (NotebookSummary notebook : notebooks) {
            String label = TerminalText.pad(TerminalText.fit(label(notebook), names), names);
            String executions =
                    TerminalText.pad(String.format(java.util.Locale.ROOT, "%,10d", notebook.executions()), 10);
            String last = notebook.lastActivity() == null
                    ? ""
                    : Wording.ago(notebook.lastActivity(), environment().clock().instant());
            console().line(style.cyan(label) + "  " + executions + "  " + last + remark(notebook, style));
        }
    }

    private String label(NotebookSummary notebook) {
        Path path = notebook.path();
        return path == null ? notebook.name() : environment().display(path);
    }

    private static String remark(NotebookSummary notebook, Style style) {
        Path path = notebook.path();
        if (path == null) {
            return style.dim("  (a kernel whose notebook is not known)");
        }
        return Files.exists(path) ? "" : style.dim("  (the file is gone)");
    }
}
