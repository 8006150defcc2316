package dev.trackit.runner.record;

import dev.trackit.api.StoreException;
import dev.trackit.api.TrackitException;
import dev.trackit.core.ImportResult;
import dev.trackit.core.Importer;
import dev.trackit.core.Trackit;
import dev.trackit.runner.agent.AgentLock;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.NotebookFiles;
import dev.trackit.runner.cli.Progress;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.runner.read.RecordJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit import}: the record that saved notebooks already hold. */
@Command(
        name = "import",
        sortOptions = false,
        description = {
            "Take the record that saved notebooks already hold: one execution for each cell with an execution count, in the order"
                    + " of the counts. Importing the same file again adds nothing.",
            "",
            "A file that cannot be read is reported, and the others are imported. Exit code 1 if some could not be read, 5 if none"
                    + " could.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit import analysis.ipynb",
            "  trackit import ~/research old/*.ipynb     folders with all notebooks below, and files",
            "  trackit import . --store /data/trackit    keep the record elsewhere",
        })
public final class ImportCommand extends RunnerCommand {
    private static final int LIST_UP_TO = 40;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Notebook files, or folders.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line, one for each file.")
    private boolean json;

    private int imported;
    private int failed;
    private long added;

    /** Called by the table of commands. */
    public ImportCommand() {}

    @Override
    protected int run() throws IOException {
        List<Path> notebooks = new NotebookFiles(environment()).of(files);
        if (notebooks.isEmpty()) {
            throw Failure.of(ExitCodes.NOTHING, "There is no notebook (.ipynb) in " + String.join(", ", files) + ".");
        }
        Workspace workspace = new Workspace(environment(), program().store());
        Path where = environment().workingFolder();
        Path data = workspace.data(where);
        Path watched = workspace.watchedFolder(data, where);
        refuseBesideAgent(data);
        try (Importer importer =
                Trackit.builder().watchedFolder(watched).dataFolder(data).openImporter()) {
            importAll(importer, notebooks);
        }
        if (!json) {
            summary(data);
        }
        return failed == 0 ? ExitCodes.FINE : imported == 0 ? ExitCodes.IO : ExitCodes.FINDINGS;
    }

    // The store refuses too, if one starts right now; this says it in the user's words.
    private void refuseBesideAgent(Path data) {
        OptionalLong agent = AgentLock.holder(data);
        if (agent.isPresent()) {
            throw Failure.of(
                    ExitCodes.LOCKED,
                    "An agent (process " + agent.getAsLong() + ") records into "
                            + environment().display(data) + ".",
                    "End it for the import (Ctrl-C in its window), or import into another place: --store DIR");
        }
    }

    private void importAll(Importer importer, List<Path> notebooks) {
        boolean list = notebooks.size() <= LIST_UP_TO;
        try (Progress progress = console().progress("importing", notebooks.size())) {
            for (int i = 0; i < notebooks.size(); i++) {
                Path file = notebooks.get(i);
                progress.done(i, environment().display(file));
                try {
                    ImportResult result = importer.importNotebook(file);
                    imported++;
                    added += result.added();
                    report(file, result, null, list);
                } catch (StoreException e) {
                    // The disk or the log: the next file would fare no better.
                    throw e;
                } catch (TrackitException e) {
                    failed++;
                    report(file, null, String.valueOf(e.getMessage()), true);
                }
            }
        }
    }

    private void report(Path file, @Nullable ImportResult result, @Nullable String error, boolean list) {
        if (json) {
            printJson(file, result, error);
        } else if (error != null) {
            String name = environment().display(file);
            String message = error.startsWith(name) || error.contains(file.toString()) ? error : name + ": " + error;
            console().note(console().errorStyle().red("not imported ") + TerminalText.line(message));
        } else if (result != null && list) {
            console().line(environment().display(file) + "  " + line(result));
        }
    }

    private static String line(ImportResult result) {
        String known = result.known() > 0 ? ", " + result.known() + " known before" : "";
        String never =
                result.notExecuted() > 0 ? ", " + Wording.count(result.notExecuted(), "cell") + " never executed" : "";
        return Wording.count(result.added(), "execution") + " added" + known + never;
    }

    private void printJson(Path file, @Nullable ImportResult result, @Nullable String error) {
        console().json(g -> {
            g.writeStartObject();
            g.writeStringField("file", file.toString());
            RecordJson.text(
                    g, "notebook", result == null ? null : result.notebook().value());
            g.writeNumberField("added", result == null ? 0 : result.added());
            g.writeNumberField("known", result == null ? 0 : result.known());
            g.writeNumberField("notExecuted", result == null ? 0 : result.notExecuted());
            RecordJson.text(g, "error", error);
            g.writeEndObject();
        });
    }

    private void summary(Path data) {
        Style style = console().style();
        String done =
                Wording.count(imported, "notebook") + " imported, " + Wording.count(added, "execution") + " added";
        console()
                .line(style.bold(done)
                        + (failed == 0
                                ? "."
                                : ", " + style.red(Wording.count(failed, "file") + " could not be read") + "."));
        console()
                .line(style.dim("In " + environment().display(data) + ". Next: "
                        + environment().command() + " ls"));
    }
}
