package dev.trackit.runner.lineage;

import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.summary.diff.Difference;
import dev.trackit.summary.diff.Difference.Change;
import dev.trackit.summary.diff.Difference.Level;
import dev.trackit.summary.diff.Run;
import dev.trackit.summary.diff.RunDiff;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit diff}: what is different between two runs, and what can explain it. */
@Command(
        name = "diff",
        sortOptions = false,
        description = {
            "Show what is different between two runs of a notebook, or between two notebooks: input files, cells, steps on data, and results; what can "
                    + "explain the most of what came out comes first.",
            "",
            "A run is told by its end: an execution (12), a session (session:2), an experiment (experiment:1, see summary --experiment 0), or a time.",
            "Without --from, the last run is compared with the session before it, or with what was run before a cell was edited.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit diff titanic                          the last run with the one before",
            "  trackit diff titanic --from 8 --to 21",
            "  trackit diff titanic --from session:1",
            "  trackit diff titanic --from yesterday --json",
            "  trackit diff baseline.ipynb tuned.ipynb",
        })
public final class DiffCommand extends RunnerCommand {
    private static final int LONGEST = 500;

    @Parameters(
            arity = "1..2",
            paramLabel = "NOTEBOOK",
            description = "One recorded notebook, or two notebooks or .ipynb files.")
    private List<String> notebooks = new ArrayList<>();

    @Option(names = "--from", paramLabel = "POINT", description = "Where the first run ends.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "POINT", description = "Where the second run ends; without it, at the end.")
    private @Nullable String to;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    /** Called by the table of commands. */
    public DiffCommand() {}

    @Override
    protected int run() {
        LoadedLineage lineage = new LineageLoader(program(), null).load(notebooks);
        LoadedLineage.Loaded first = lineage.notebooks().get(0);
        LoadedLineage.Loaded second =
                lineage.notebooks().get(lineage.notebooks().size() - 1);
        RunPoints earlier = new RunPoints(environment(), lineage, first);
        RunPoints later = new RunPoints(environment(), lineage, second);
        ExecutionNode end = to == null ? later.last() : later.named("--to", to);
        ExecutionNode begin = from != null
                ? earlier.named("--from", from)
                : notebooks.size() > 1 ? earlier.last() : earlier.before(end);
        if (begin == end) {
            throw Failure.of(ExitCodes.USAGE, "Both points are execution #" + end.sequence() + ".");
        }
        RunDiff diff = RunDiff.between(Run.endingWith(lineage.graph(), begin), Run.endingWith(lineage.graph(), end));
        if (json) {
            console().json(g -> DiffJson.write(g, diff));
        } else {
            print(diff);
        }
        return ExitCodes.FINE;
    }

    private void print(RunDiff diff) {
        Style style = console().style();
        console().line(style.dim("from ") + run(diff.before()) + style.dim("  to ") + run(diff.after()));
        if (diff.isEmpty()) {
            console().line("Nothing is different.");
            return;
        }
        // The steps of a cell that is new or gone are in its code.
        List<Difference> causes = diff.causes().stream()
                .filter(d -> d.level() != Level.TRANSFORMATION || inChangedCell(diff, d))
                .toList();
        List<Difference> explaining =
                causes.stream().filter(d -> !d.explains().isEmpty()).toList();
        List<Difference> rest =
                causes.stream().filter(d -> d.explains().isEmpty()).toList();
        print("What came out", diff.results());
        print("What can explain it", explaining);
        print(explaining.isEmpty() ? "What was changed" : "What else was changed", rest);
    }

    private static boolean inChangedCell(RunDiff diff, Difference step) {
        return diff.causes(Level.CELL).stream()
                .filter(cell -> cell.change() == Change.CHANGED)
                .anyMatch(cell -> (step.later() != null && cell.later() == step.later())
                        || (step.earlier() != null && cell.earlier() == step.earlier()));
    }

    private String run(Run run) {
        ExecutionNode end = run.end();
        String name = notebooks.size() > 1 ? TerminalText.line(end.notebook()) + " " : "";
        return name + SliceWords.place(end) + ", execution #" + end.sequence()
                + end.execution()
                        .startedAt()
                        .map(t -> ", "
                                + t.atZone(environment().zone())
                                        .toLocalDateTime()
                                        .withNano(0))
                        .orElse("");
    }

    private void print(String heading, List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        console().line("");
        console().line(console().style().bold(heading));
        differences.forEach(this::print);
    }

    private void print(Difference difference) {
        Style style = console().style();
        String where = where(difference);
        String what = TerminalText.line(subject(difference));
        console().line("  " + mark(difference.change(), style) + " " + what + style.dim(where));
        boolean oneLine =
                !difference.before().contains("\n") && !difference.after().contains("\n");
        if (difference.level() == Level.RESULT && oneLine && difference.change() == Change.CHANGED) {
            console().line("      " + value(difference.before()) + " → " + value(difference.after()));
        } else if (difference.change() != Change.MOVED || difference.level() != Level.CELL) {
            lines(difference.before(), style.red("-"));
            lines(difference.after(), style.green("+"));
        } else {
            console().line("      " + difference.before() + " → " + difference.after());
        }
        if (!difference.explains().isEmpty()) {
            List<String> shown = difference.explains().stream().limit(4).toList();
            int more = difference.explains().size() - shown.size();
            console()
                    .line(style.dim("      can explain: " + TerminalText.line(String.join("; ", shown))
                            + (more > 0 ? "; and " + Wording.count(more, "other") : "")));
        }
    }

    private static String subject(Difference difference) {
        return switch (difference.level()) {
            case INPUT -> "input file " + difference.subject();
            case CELL -> "cell: " + difference.subject();
            case TRANSFORMATION -> difference.subject();
            case RESULT -> difference.subject();
        };
    }

    private static String where(Difference difference) {
        ExecutionNode old = difference.earlier();
        ExecutionNode now = difference.later();
        return "  " + (old == null ? "" : "#" + old.sequence())
                + (old == null || now == null || old == now ? "" : " → ")
                + (now == null || old == now ? "" : "#" + now.sequence());
    }

    private static String value(String text) {
        return text.isEmpty() ? "nothing" : TerminalText.line(text);
    }

    private void lines(String text, String mark) {
        List<String> lines = text.lines().toList();
        lines.stream().limit(8).forEach(line -> console()
                .line("      " + mark + " " + TerminalText.fit(line, LONGEST)));
        if (lines.size() > 8) {
            console().line("      " + mark + " … " + Wording.count(lines.size() - 8, "further line"));
        }
    }

    private static String mark(Change change, Style style) {
        return switch (change) {
            case ADDED -> style.green("+");
            case REMOVED -> style.red("-");
            case CHANGED -> style.yellow("~");
            case MOVED -> style.dim("↕");
        };
    }
}
