package dev.trackit.runner.lineage;

import dev.trackit.core.lineage.SavedExecutions;
import dev.trackit.core.slice.PythonScript;
import dev.trackit.core.slice.ReplayComparison;
import dev.trackit.core.slice.Slice;
import dev.trackit.core.slice.SliceNotebook;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit slice}: the few lines that make a variable or a file. */
@Command(
        name = "slice",
        sortOptions = false,
        description = "Write the few lines that make a variable or a file, as a script or a notebook.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit slice analysis.ipynb --var df                     the script, on standard output",
            "  trackit slice analysis.ipynb --var df -o df.ipynb         as a notebook",
            "  trackit slice prepare.ipynb model.ipynb --file out.csv    across notebooks",
            "  trackit slice analysis.ipynb --var df --at 7              as it was after execution 7",
            "  trackit slice analysis.ipynb --all --replay               run each again and compare",
        })
public final class SliceCommand extends RunnerCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "NOTEBOOK",
            description = "The notebook, recorded or an .ipynb file; then others that wrote files it read.")
    private List<String> notebooks = new ArrayList<>();

    @Option(names = "--var", paramLabel = "NAME", description = "The variable to make; may be repeated.")
    private List<String> variables = new ArrayList<>();

    @Option(names = "--file", paramLabel = "PATH", description = "The file to make; may be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--all", description = "Every data frame, array and model that is there at the end.")
    private boolean all;

    @Option(names = "--at", paramLabel = "EXECUTION", description = "As it was after this execution, by its number.")
    private @Nullable Long at;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write: a .py or .ipynb file, or for several slices a folder.")
    private @Nullable String output;

    @Option(
            names = "--replay",
            description = "Run each slice in a kernel of its own, in a folder of its own, and compare with the record.")
    private boolean replay;

    @Option(names = "--json", description = "One JSON object a line for each slice.")
    private boolean json;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "Read the file, not the record: count (saved execution counts) or file (as the cells stand).")
    private SavedExecutions.@Nullable Order order;

    /** Called by the table of commands. */
    public SliceCommand() {}

    @Override
    protected int run() throws IOException {
        if (variables.isEmpty() && files.isEmpty() && !all) {
            throw Failure.of(ExitCodes.USAGE, "Say what to make: --var NAME, --file PATH, or --all.");
        }
        LoadedLineage lineage = new LineageLoader(program(), order).load(notebooks);
        List<Slice> slices = slices(lineage);
        int exitCode = ExitCodes.FINE;
        for (Slice slice : slices) {
            PythonScript script = PythonScript.of(slice);
            ReplayRun.Result result = replay ? ReplayRun.of(lineage.graph(), slice, ReplayRun.Watcher.NONE) : null;
            if (result != null && isFinding(result)) {
                exitCode = ExitCodes.FINDINGS;
            }
            if (output != null) {
                write(script, environment().resolve(output), slices.size() > 1);
            }
            if (json) {
                printJson(script, result);
            } else if (output == null) {
                console().print(TerminalText.clean(script.text()));
                if (slices.size() > 1) {
                    console().line("");
                }
            }
            if (result != null && !json) {
                tell(slice, result);
            }
        }
        return exitCode;
    }

    private static boolean isFinding(ReplayRun.Result result) {
        return result.verdict() == ReplayComparison.Verdict.DIFFERENT
                || result.verdict() == ReplayComparison.Verdict.COULD_NOT_RUN;
    }

    private void tell(Slice slice, ReplayRun.Result result) {
        String name = TerminalText.line(slice.target().name());
        console()
                .note(
                        switch (result.verdict()) {
                            case SAME ->
                                name + ": the replay gave the same, in "
                                        + Wording.count(result.compared(), "comparison") + ".";
                            case DIFFERENT -> name + ": the replay gave something else.";
                            case NOT_COMPARABLE -> name + ": it ran, but the record shows nothing to compare with.";
                            case COULD_NOT_RUN -> name + ": it could not run. " + TerminalText.line(result.reason());
                        });
        for (ReplayComparison.Difference difference : result.differences()) {
            console()
                    .note("  " + TerminalText.line(difference.where()) + ": recorded \""
                            + TerminalText.fit(difference.recorded(), 60) + "\", replayed \""
                            + TerminalText.fit(difference.replayed(), 60) + "\"");
        }
    }

    private List<Slice> slices(LoadedLineage lineage) {
        SliceFinder finder = new SliceFinder(lineage, environment());
        List<Slice> slices = new ArrayList<>();
        variables.forEach(variable -> slices.add(finder.variable(variable, at)));
        files.forEach(file -> slices.add(finder.file(file, at)));
        if (all) {
            slices.addAll(finder.datasets());
        }
        return slices;
    }

    private void write(PythonScript script, Path target, boolean several) throws IOException {
        Path file = target;
        if (several || Files.isDirectory(target)) {
            Files.createDirectories(target);
            file = target.resolve(script.slice().target().name().replaceAll("[^\\w.-]+", "_") + ".py");
        }
        String text = file.toString().endsWith(".ipynb") ? SliceNotebook.text(script) : script.text();
        Files.writeString(file, text, StandardCharsets.UTF_8);
        console().note("Written: " + environment().display(file));
    }

    private void printJson(PythonScript script, ReplayRun.@Nullable Result result) {
        console().json(g -> {
            g.writeStartObject();
            SliceJson.write(g, script, SliceJson.More.NONE);
            if (result != null) {
                SliceJson.replay(g, result);
            }
            g.writeEndObject();
        });
    }
}
