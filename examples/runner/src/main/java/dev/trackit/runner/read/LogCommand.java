package dev.trackit.runner.read;

import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.core.timeline.TimelineFollower;
import dev.trackit.core.timeline.TimelineStream;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.summary.outline.Activity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit log}: what was executed in a notebook, in order. */
@Command(
        name = "log",
        sortOptions = false,
        description = {
            "Show what was executed in notebooks, in order, with times, cells and results.",
            "",
            "NOTEBOOK is a path, a name, an id, or a part of these that only one notebook has; without one, all are shown.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit log titanic                       the whole record of titanic.ipynb",
            "  trackit log titanic --last 20             its end",
            "  trackit log titanic --since 2h --status error",
            "  trackit log titanic --grep 'fillna|dropna'",
            "  trackit log --since today --tag baseline  of all notebooks",
            "  trackit log titanic --follow              go on as it grows, until Ctrl-C",
            "  trackit log titanic --json | jq -r 'select(.type==\"execution\") | .code'",
        })
public final class LogCommand extends RunnerCommand {
    private static final long POLL_MILLIS = 250;

    @Parameters(arity = "0..*", paramLabel = "NOTEBOOK", description = "The notebooks; without any, all.")
    private List<String> notebooks = new ArrayList<>();

    @Option(
            names = "--json",
            description = "One JSON object a line: executions, and gaps where something could not be seen.")
    private boolean json;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            description = "Only the last N executions.")
    private int last = -1;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as the record grows, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private LogFilter filter = new LogFilter();

    /** Called by the table of commands. */
    public LogCommand() {}

    @Override
    protected int run() throws InterruptedException {
        if (last < -1) {
            throw Failure.of(ExitCodes.USAGE, "--last needs a number from 0, not " + last + ".");
        }
        if (follow && notebooks.size() != 1) {
            throw Failure.of(ExitCodes.USAGE, "--follow needs one notebook.");
        }
        RecordFilter common = filter.common(environment());
        Workspace workspace = new Workspace(environment(), program().store());
        try (TrackitReader reader = notebooks.isEmpty() ? workspace.open() : workspace.openFor(notebooks.get(0))) {
            if (json) {
                // For the labels: what the analyzers know is read beside the log. If that fails, the next call says so.
                CompletableFuture.runAsync(reader::analyzers);
            }
            List<NotebookSummary> found = notebooks.isEmpty()
                    ? reader.notebooks()
                    : notebooks.stream()
                            .map(name -> workspace.find(reader, name))
                            .toList();
            if (follow) {
                return follow(reader, found.get(0), common);
            }
            boolean narrow = common.narrowsExecutions() || !filter.isOpen();
            long shown = 0;
            for (NotebookSummary notebook : found) {
                shown += show(reader, notebook, common, notebooks.size() == 1);
            }
            if (!json && shown == 0 && found.size() != 1) {
                console().line(narrow ? "No execution fits." : "No notebook fits.");
            }
            return shown == 0 && (narrow || common.narrowsNotebooks()) ? ExitCodes.NOTHING : ExitCodes.FINE;
        }
    }

    /** Shows one notebook, and answers how many executions it showed. */
    private long show(TrackitReader reader, NotebookSummary found, RecordFilter common, boolean alone) {
        boolean open = filter.isOpen() && common.isOpen();
        if (open && last < 0 && alone) {
            return stream(reader, found);
        }
        boolean tail = last > 0 && open;
        Timeline timeline = tail ? reader.tail(found.id(), last) : reader.timeline(found.id());
        if (!common.acceptsCells(RecordFilter.cells(timeline)) && common.narrowsNotebooks()) {
            if (alone && !json) {
                console().line("It has " + Wording.count(RecordFilter.cells(timeline), "cell") + ".");
            }
            return 0;
        }
        LogFilter.Compiled compiled = filter.compile(common, timeline);
        List<TimelineEntry> chosen =
                newest(timeline.entries().stream().filter(compiled::accepts).toList());
        long executions =
                chosen.stream().filter(TimelineEntry.Executed.class::isInstance).count();
        if (executions == 0 && !alone) {
            return 0;
        }
        if (!alone && !json) {
            console().line(console().style().bold(TerminalText.line(name(found))));
        }
        Output output = output(reader, found, timeline);
        chosen.forEach(output::write);
        if (!json) {
            footer(timeline.executions().size(), executions, timeline.damaged());
        }
        return executions;
    }

    /** Shows all of one notebook while its log is being read. */
    private long stream(TrackitReader reader, NotebookSummary found) {
        try (TimelineStream stream = reader.stream(found.id())) {
            if (json) {
                CellLabels labels = new CellLabels(reader.analyzers());
                labels.know(stream.sessions());
                stream.forEach(entry -> writeJson(entry, name(found), labels::next));
            } else {
                LogPrinter printer = new LogPrinter(console(), environment());
                printer.know(stream.sessions());
                stream.forEach(printer::print);
                footer(stream.executions(), stream.executions(), stream.damaged());
            }
            return stream.executions();
        }
    }

    private int follow(TrackitReader reader, NotebookSummary found, RecordFilter common) throws InterruptedException {
        try (TimelineFollower follower = reader.follow(found.id())) {
            follower.poll();
            Timeline timeline = follower.timeline();
            LogFilter.Compiled compiled = filter.compile(common, timeline);
            Output output = output(reader, found, timeline);
            Set<String> shown = new HashSet<>();
            timeline.executions().forEach(e -> shown.add(e.id()));
            newest(timeline.entries().stream().filter(compiled::accepts).toList())
                    .forEach(output::write);
            console().flush();
            while (true) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                List<TimelineEntry> fresh = follower.poll();
                if (!fresh.isEmpty()) {
                    output.know(follower.timeline());
                    compiled.know(follower.timeline());
                    fresh.stream()
                            .filter(compiled::accepts)
                            .filter(entry -> isNews(entry, shown))
                            .forEach(output::write);
                }
                // Also tells when nobody reads any more: then it ends.
                console().flush();
            }
        }
    }

    // Of an execution that was shown more may become known later: its cell, outputs from the saved file. It is not
    // shown twice.
    private static boolean isNews(TimelineEntry entry, Set<String> shown) {
        return !(entry instanceof TimelineEntry.Executed executed)
                || shown.add(executed.execution().id());
    }

    /** The last N executions and what happened between them. */
    private List<TimelineEntry> newest(List<TimelineEntry> entries) {
        if (last < 0) {
            return entries;
        }
        int from = entries.size();
        int left = last;
        while (from > 0 && left > 0) {
            from--;
            if (entries.get(from) instanceof TimelineEntry.Executed) {
                left--;
            }
        }
        return entries.subList(from, entries.size());
    }

    private void footer(long all, long shown, long damaged) {
        if (all == 0) {
            console().line("Nothing has been executed yet.");
        } else if (shown == 0) {
            console().line("None of " + Wording.count(all, "execution") + " fits.");
        }
        if (damaged > 0) {
            console()
                    .error(
                            Wording.count(damaged, "damaged record was", "damaged records were") + " passed over.",
                            List.of("What is wrong: " + environment().command() + " verify"));
        }
    }

    private interface Output {
        void write(TimelineEntry entry);

        default void know(Timeline timeline) {}
    }

    private Output output(TrackitReader reader, NotebookSummary found, Timeline timeline) {
        if (json) {
            CellLabels labels = new CellLabels(reader.analyzers());
            labels.know(timeline);
            return new Output() {
                @Override
                public void write(TimelineEntry entry) {
                    writeJson(entry, name(found), labels::of);
                }

                @Override
                public void know(Timeline newer) {
                    labels.know(newer);
                }
            };
        }
        LogPrinter printer = new LogPrinter(console(), environment());
        Output people = new Output() {
            @Override
            public void write(TimelineEntry entry) {
                printer.print(entry);
            }

            @Override
            public void know(Timeline newer) {
                printer.know(sessions(newer).toList());
            }
        };
        people.know(timeline);
        return people;
    }

    private static String name(NotebookSummary found) {
        Path path = found.path();
        return path == null ? found.id().value() : path.toString();
    }

    private static Stream<Session> sessions(Timeline timeline) {
        return timeline.sessions().stream().map(SessionSpan::session);
    }

    private void writeJson(TimelineEntry entry, String name, Function<Execution, List<Activity>> labels) {
        if (entry instanceof TimelineEntry.Executed executed) {
            Execution execution = executed.execution();
            console().json(g -> RecordJson.execution(g, execution, name, labels.apply(execution)));
        } else if (entry instanceof TimelineEntry.Missed missed) {
            console().json(g -> RecordJson.gap(g, missed.gap(), missed.at(), name));
        }
    }
}
