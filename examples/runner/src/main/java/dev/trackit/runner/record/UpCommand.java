package dev.trackit.runner.record;

import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.agent.AgentLock;
import dev.trackit.runner.agent.AgentStatusFile;
import dev.trackit.runner.agent.TrackingChoices;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit up}: the agent, in the foreground. */
@Command(
        name = "up",
        sortOptions = false,
        description = {
            "Record the notebooks of a folder while you work in them as always. Runs until Ctrl-C.",
            "",
            "Finds running kernels by itself, also those started before. It only listens: it runs no code, changes no notebook,"
                    + " and sends nothing out of this machine.",
            "",
            "The page shows what happens while it happens. Only this machine's browsers reach it, with the address that is printed,"
                    + " which is another one at each start.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit up                     record the folder you are in",
            "  trackit up ~/research          record that folder",
            "  trackit up --all-kernels       also kernels whose notebooks are elsewhere",
            "  trackit up --open              and open the page in the browser",
            "  trackit up --no-page > recorded.txt &",
            "                                 in the background, without the page",
        })
public final class UpCommand extends RunnerCommand {
    private static final Duration FLUSH = Duration.ofSeconds(8);
    private static final int PAGE_PORT = 8765;
    private static final int LARGEST_PORT = 65_535;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; without it, the one you are in.")
    private @Nullable String folder;

    @Option(
            names = "--all-kernels",
            description = "Record all kernels of this machine's user, not only those of notebooks below DIR.")
    private boolean allKernels;

    @Option(names = "--json", description = "One JSON object a line for each execution and gap, as it is recorded.")
    private boolean json;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The page's port, if it is free; without it 8765. 0 for any.")
    private int port = PAGE_PORT;

    @Option(names = "--open", description = "Open the page in the browser.")
    private boolean open;

    @Option(names = "--no-page", description = "Serve no page.")
    private boolean noPage;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<String> warned = new HashSet<>();

    /** Called by the table of commands. */
    public UpCommand() {}

    @Override
    protected int run() throws Exception {
        Path where =
                folder == null ? environment().workingFolder() : environment().resolve(folder);
        if (!Files.isDirectory(where)) {
            throw Failure.of(
                    ExitCodes.NOTHING, "There is no folder " + environment().display(where) + ".");
        }
        if (port < 0 || port > LARGEST_PORT) {
            throw Failure.of(
                    ExitCodes.USAGE, "--port needs a number from 0 to " + LARGEST_PORT + ", not " + port + ".");
        }
        Workspace workspace = new Workspace(environment(), program().store());
        // A folder that was named is the one to watch; without a name, the one whose data is found, as Git would.
        Path data = folder == null || program().store().isPresent()
                ? workspace.data(where)
                : where.resolve(Workspace.DATA_FOLDER);
        Path watched = folder == null ? workspace.watchedFolder(data, where) : where;
        Thread hook = new Thread(this::endInGoodOrder, "trackit-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            AgentLock lock = AgentLock.take(data);
            try {
                record(watched, data);
            } finally {
                lock.close();
            }
        } finally {
            stop.countDown();
            stopped.countDown();
        }
        return ExitCodes.FINE;
    }

    /** Runs when the process is asked to end (Ctrl-C, a signal): waits until everything is written, and ends it with success. */
    private void endInGoodOrder() {
        boolean asked = stop.getCount() > 0;
        stop.countDown();
        try {
            if (asked && stopped.await(20, TimeUnit.SECONDS)) {
                console().flush();
                Runtime.getRuntime().halt(ExitCodes.FINE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Path watched, Path data) throws InterruptedException, IOException {
        AgentStatusFile statusFile = new AgentStatusFile(data, watched);
        try (LiveLines lines = new LiveLines(console(), environment(), json)) {
            TrackitStatus last = capture(watched, data, statusFile, lines);
            farewell(last, lines);
        } finally {
            statusFile.remove();
        }
    }

    // The page closes before what waits is written, so that nobody is shown a record that ends.
    @SuppressWarnings("try") // Closing twice is harmless.
    private TrackitStatus capture(Path watched, Path data, AgentStatusFile statusFile, LiveLines lines)
            throws InterruptedException {
        try (LocalPage page = noPage ? null : new LocalPage(program(), port, open);
                Trackit trackit = start(watched, data, lines, page)) {
            lines.notebooksFrom(trackit.reader());
            TrackingChoices choices = new TrackingChoices(data, watched);
            choices.all().forEach((notebook, wanted) -> choose(trackit, notebook, wanted));
            greet(watched, data);
            if (page != null) {
                page.start(new AgentRecording(trackit, choices), this::tellPage);
            }
            watch(trackit, statusFile);
            if (page != null) {
                page.close();
            }
            if (!trackit.flush(FLUSH)) {
                console()
                        .error(
                                "Not everything could be written in time; what is missing stands in the log as a gap.",
                                List.of());
            }
            return trackit.status();
        }
    }

    private Trackit start(Path watched, Path data, LiveLines lines, @Nullable LocalPage page) {
        Trackit.Builder builder = Trackit.builder()
                .watchedFolder(watched)
                .dataFolder(data)
                .allKernels(allKernels)
                .listener(lines);
        if (page != null) {
            builder.listener(page.listener());
        }
        return builder.start();
    }

    private static void choose(Trackit trackit, Path notebook, boolean wanted) {
        if (wanted) {
            trackit.track(notebook);
        } else {
            trackit.untrack(notebook);
        }
    }

    /** Standard output is for records where a program reads it. */
    private void tellPage(String address) {
        if (json) {
            console().note("Page: " + address);
        } else {
            console().line(console().style().bold("Page ") + address);
            console().flush();
        }
    }

    private void watch(Trackit trackit, AgentStatusFile statusFile) throws InterruptedException {
        boolean failed = false;
        do {
            TrackitStatus status = trackit.status();
            try {
                statusFile.write(status);
                failed = false;
            } catch (IOException e) {
                if (!failed) {
                    failed = true;
                    console().error("Cannot write the status file: " + e.getMessage(), List.of());
                }
            }
            for (String warning : status.warnings()) {
                if (warned.add(warning)) {
                    console().note(console().errorStyle().yellow("! ") + TerminalText.line(warning));
                }
            }
        } while (!stop.await(1, TimeUnit.SECONDS));
    }

    private void greet(Path watched, Path data) {
        if (json) {
            return;
        }
        Style style = console().style();
        console().line(style.bold("Recording ") + watched + style.dim("  into " + data));
        console()
                .line(style.dim("Work in your notebooks as always. Ctrl-C ends it; \""
                        + environment().command() + " log NOTEBOOK\" shows what was recorded."));
        console().flush();
    }

    private void farewell(TrackitStatus status, LiveLines lines) {
        if (json) {
            return;
        }
        Style style = console().style();
        console().line("");
        console()
                .line(style.bold("Ended.") + " " + Wording.count(lines.executions(), "execution") + " and "
                        + Wording.count(lines.snapshots(), "save") + " recorded"
                        + (lines.gaps() == 0 ? "." : ", " + Wording.count(lines.gaps(), "gap") + "."));
        if (status.queue().dropped() > 0) {
            console()
                    .line(style.yellow("! " + Wording.count(status.queue().dropped(), "event")
                            + " came faster than they could be written; the log says where."));
        }
    }
}
