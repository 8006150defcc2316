package dev.trackit.runner.demo;

import dev.trackit.api.CaptureException;
import dev.trackit.core.Trackit;
import dev.trackit.jupyter.client.PythonLocator;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.PrivateFiles;
import dev.trackit.runner.cli.Progress;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit demo}: a session from start to end. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Show what TrackIT does: writes a sample notebook and raw data into a folder, works through it as a person would, and"
                    + " records it meanwhile.",
            "",
            "On a real kernel where there is a Python with ipykernel; otherwise the saves of the notebook are replayed.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  trackit demo               into a new temporary folder", "  trackit demo ~/first-steps"})
public final class DemoCommand extends RunnerCommand {
    private static final String NOTEBOOK = "training-data.ipynb";

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "A folder, new or empty; without it, a new temporary one.")
    private @Nullable String folder;

    @Option(names = "--no-kernel", description = "Replay the saves even where there is a Python with ipykernel.")
    private boolean noKernel;

    /** Called by the table of commands. */
    public DemoCommand() {}

    @Override
    protected int run() throws Exception {
        Path where = folder();
        Style style = console().style();
        console().line(style.bold("A notebook session, recorded while it happens") + "  in " + where);
        SampleData.write(where);
        Optional<Path> python = noKernel ? Optional.empty() : python();
        boolean pandas = python.isEmpty() || PythonLocator.has(python.get(), "pandas");
        console().line(kernelLine(python, pandas));
        SampleNotebook notebook = new SampleNotebook(where.resolve(NOTEBOOK), Story.with(pandas));
        Path runtime = Files.createTempDirectory("trackit-demo-runtime");
        try {
            return perform(where, notebook, python, runtime, Story.with(pandas));
        } finally {
            removeFolder(runtime);
        }
    }

    private Path folder() throws IOException {
        if (folder == null) {
            // The real path: on some systems the temporary folder is a link, and kernels see the other name.
            return Files.createTempDirectory("trackit-demo-").toRealPath();
        }
        Path where = environment().resolve(folder);
        if (Files.isDirectory(where)) {
            try (Stream<Path> content = Files.list(where)) {
                if (content.findAny().isPresent()) {
                    throw Failure.of(
                            ExitCodes.USAGE,
                            environment().display(where)
                                    + " is not empty; the demonstration writes only into a new or empty folder.",
                            "Name another folder, or none for a temporary one.");
                }
            }
        } else {
            PrivateFiles.createFolder(where);
        }
        return where.toRealPath();
    }

    private Optional<Path> python() {
        try (Progress progress = console().progress("looking for a Python with ipykernel", 0)) {
            progress.done(0, "");
            return PythonLocator.withModules("ipykernel");
        }
    }

    private String kernelLine(Optional<Path> python, boolean pandas) {
        Style style = console().style();
        if (python.isPresent()) {
            return style.dim("A real kernel: " + python.get() + (pandas ? ", with pandas" : ", without pandas"));
        }
        return style.yellow(noKernel ? "Without a kernel, as asked: " : "There is no Python with ipykernel here: ")
                + "the saves of the notebook are replayed, and recorded from the file.";
    }

    private int perform(Path where, SampleNotebook notebook, Optional<Path> python, Path runtime, Story story)
            throws Exception {
        Path data = program().store().isPresent()
                ? new Workspace(environment(), program().store()).data(where)
                : where.resolve(Workspace.DATA_FOLDER);
        Witness witness = new Witness();
        try (Trackit trackit = Trackit.builder()
                .watchedFolder(where)
                .dataFolder(data)
                .option("jupyter.runtime-dir", runtime.toString())
                .listener(witness)
                .start()) {
            // As with a front end: the file is there before its kernel.
            notebook.save();
            trackit.track(notebook.file());
            if (!witness.awaitSnapshots(1, Performance.PATIENCE)) {
                console().error("The new notebook was not noticed.", List.of());
            }
            try (DemoKernel kernel = kernel(python, notebook.file(), runtime)) {
                Performance performance = new Performance(console(), story, notebook, kernel, witness);
                performance.play();
                trackit.flush(Duration.ofSeconds(20));
                return conclude(trackit, notebook.file(), performance, witness);
            }
        }
    }

    private DemoKernel kernel(Optional<Path> python, Path notebook, Path runtime) {
        if (python.isEmpty()) {
            return DemoKernel.replay();
        }
        try (Progress progress = console().progress("starting the kernel", 0)) {
            progress.done(0, "");
            return DemoKernel.start(python.get(), notebook, runtime);
        } catch (CaptureException e) {
            console()
                    .error(
                            "The kernel did not start: " + e.getMessage(),
                            List.of("The saves of the notebook are replayed instead. What is wrong: "
                                    + environment().command() + " doctor"));
            return DemoKernel.replay();
        }
    }

    private int conclude(Trackit trackit, Path notebook, Performance played, Witness witness) {
        Style style = console().style();
        List<String> differences = SelfCheck.differences(trackit.reader(), notebook, played);
        boolean whole = differences.isEmpty() && played.missed() == 0 && witness.gaps() == 0;
        String executions = Wording.count(played.answers().size(), "execution") + " and ";
        String saves = Wording.count(played.saves(), "save");
        console().line("");
        if (whole) {
            console()
                    .line(
                            style.green(style.bold("Recorded: ")) + executions + saves
                                    + ", all as they happened; nothing missing, nothing twice. Nobody changed the notebook for it.");
        } else {
            console().error("Not everything was recorded as it happened.", differences);
        }
        console().line("The log: " + trackit.reader().dataFolder());
        next(notebook);
        return whole ? ExitCodes.FINE : ExitCodes.FINDINGS;
    }

    private void next(Path notebook) {
        String trackit = environment().command();
        String name = environment().display(notebook);
        Path parent = notebook.getParent();
        String where = parent == null ? "." : environment().display(parent);
        String store = program().store().map(s -> " --store " + s).orElse("");
        console().line("");
        console().line(console().style().bold("Try now"));
        line(trackit + " log " + name + store, "what was executed, in order");
        line(trackit + " show 3 " + name + store, "the execution that failed, whole");
        line(trackit + " slice " + name + " --file train.csv" + store, "the few lines that make train.csv");
        line(trackit + " diff " + name + store, "why the mean age changed");
        line(trackit + " summary " + name + store, "the session in words");
        line(trackit + " verify " + name + store, "that the log is what was written");
        line(trackit + " up " + where + store, "record on, while you open it in Jupyter");
    }

    private void line(String command, String what) {
        console().line("  " + console().style().cyan(command));
        console().line(console().style().dim("      " + what));
    }

    private static void removeFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
