package dev.trackit.runner.read;

import dev.trackit.api.CellMatch;
import dev.trackit.api.Execution;
import dev.trackit.api.Output;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit show}: one execution, whole. */
@Command(
        name = "show",
        sortOptions = false,
        description = {
            "Show one execution whole: its code, its outputs, and what is known of it.",
            "",
            "EXECUTION is its number in the log of NOTEBOOK, or its id, or the beginning of its id. NOTEBOOK can be left out where"
                    + " there is only one, and with an id.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit show 12 titanic          number 12 of titanic.ipynb",
            "  trackit show titanic#12          the same",
            "  trackit show 5b1d3c              the one whose id begins so",
            "  trackit show 12 titanic --json",
        })
public final class ShowCommand extends RunnerCommand {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    @Parameters(index = "0", paramLabel = "EXECUTION", description = "The execution.")
    private String execution = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NOTEBOOK", description = "The notebook.")
    private @Nullable String notebook;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    /** Called by the table of commands. */
    public ShowCommand() {}

    private record Found(NotebookSummary notebook, Execution execution) {}

    @Override
    protected int run() {
        String wanted = execution;
        String within = notebook;
        int hash = wanted.lastIndexOf('#');
        if (hash >= 0) {
            within = hash > 0 ? wanted.substring(0, hash) : within;
            wanted = wanted.substring(hash + 1);
        }
        Workspace workspace = new Workspace(environment(), program().store());
        try (TrackitReader reader = within == null ? workspace.open() : workspace.openFor(within)) {
            List<NotebookSummary> notebooks =
                    within == null ? reader.notebooks() : List.of(workspace.find(reader, within));
            Found found = find(reader, notebooks, wanted, within != null);
            Path path = found.notebook().path();
            String name = path == null ? found.notebook().id().value() : path.toString();
            if (json) {
                console().json(g -> RecordJson.execution(g, found.execution(), name));
            } else {
                print(found.execution(), path == null ? name : environment().display(path));
            }
            return ExitCodes.FINE;
        }
    }

    private Found find(TrackitReader reader, List<NotebookSummary> notebooks, String wanted, boolean named) {
        boolean number = wanted.matches("[0-9]{1,9}");
        List<Found> found = new ArrayList<>();
        for (NotebookSummary candidate : notebooks) {
            Timeline timeline = reader.timeline(candidate.id());
            for (Execution e : timeline.executions()) {
                boolean isNumber = number && (named || notebooks.size() == 1) && e.sequence() == Long.parseLong(wanted);
                if (isNumber || e.id().equals(wanted)) {
                    return new Found(candidate, e);
                }
                if (!wanted.isEmpty() && e.id().startsWith(wanted)) {
                    found.add(new Found(candidate, e));
                }
            }
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw notFound(notebooks, wanted, number, found.size(), named);
    }

    private Failure notFound(
            List<NotebookSummary> notebooks, String wanted, boolean number, int candidates, boolean named) {
        String shown = "\"" + TerminalText.line(wanted) + "\"";
        if (candidates > 1) {
            return Failure.of(
                    ExitCodes.USAGE,
                    "The ids of " + candidates + " executions begin with " + shown + ".",
                    "Give more of the id, or the number and the notebook.");
        }
        if (number && !named && notebooks.size() > 1) {
            return Failure.of(
                    ExitCodes.USAGE,
                    "Number " + TerminalText.line(wanted) + " of which notebook? There are " + notebooks.size() + ".",
                    "Name it: " + environment().command() + " show " + TerminalText.line(wanted) + " NOTEBOOK");
        }
        return Failure.of(
                ExitCodes.NOTHING,
                "There is no execution " + shown + (named ? " in this notebook." : "."),
                "Numbers and ids: " + environment().command() + " log NOTEBOOK");
    }

    private void print(Execution e, String name) {
        Style style = console().style();
        console()
                .line(style.bold(TerminalText.line(name) + " #" + e.sequence())
                        + (e.executionCount().isPresent()
                                ? "  In [" + e.executionCount().getAsInt() + "]"
                                : ""));
        field("id", TerminalText.line(e.id()));
        field("session", TerminalText.line(e.session()));
        field("cell", TerminalText.line(cell(e.cell())));
        field("status", status(e, style));
        e.startedAt().ifPresent(t -> field("started", time(t)));
        duration(e).ifPresent(d -> field("took", Wording.duration(d)));
        field("origin", RecordJson.word(e.origin()));
        for (String note : e.notes()) {
            field("note", style.yellow(TerminalText.line(note)));
        }
        console().line("");
        console().line(TerminalText.clean(e.code()).stripTrailing());
        for (Output output : e.outputs()) {
            console().line("");
            console().line(style.dim("── " + heading(output)));
            String text = TerminalText.clean(output.text()).stripTrailing();
            if (!text.isEmpty()) {
                console().line(output.type() == Output.Type.ERROR ? style.red(text) : text);
            }
            if (output.textCut()) {
                console().line(style.dim("… only the beginning of " + Wording.bytes(output.bytes()) + " is kept"));
            }
        }
    }

    private static String heading(Output output) {
        String what =
                output.type().wireName() + (output.name().isEmpty() ? "" : " " + TerminalText.line(output.name()));
        return what + ", " + TerminalText.line(output.mime()) + ", " + Wording.bytes(output.bytes()) + ", "
                + output.digest().value().substring(0, 19) + "…";
    }

    private void field(String name, String value) {
        console().line("  " + TerminalText.pad(name, 9) + value);
    }

    private static String cell(CellMatch cell) {
        if (cell.isSettled()) {
            return cell.cellIndex() + " (" + cell.cellId() + "), known by " + words(cell.basis());
        }
        return cell.basis() == CellMatch.Basis.AMBIGUOUS
                ? "one of " + String.join(", ", cell.candidates())
                : "not known";
    }

    private static String words(CellMatch.Basis basis) {
        return switch (basis) {
            case CELL_ID -> "its id";
            case TIME -> "the time that the front end saved";
            case CODE_AND_COUNT -> "code and execution count";
            case CODE -> "its code";
            case EDITED -> "its place, the code edited since";
            case AMBIGUOUS, NONE -> "nothing";
        };
    }

    private static String status(Execution e, Style style) {
        String word = RecordJson.word(e.status());
        return switch (e.status()) {
            case OK -> style.green(word);
            case ERROR -> style.red(word);
            case ABORTED -> style.yellow(word);
        };
    }

    private static Optional<Duration> duration(Execution e) {
        return e.startedAt().flatMap(from -> e.finishedAt().map(to -> Duration.between(from, to)));
    }

    private String time(Instant at) {
        return TIME.format(ZonedDateTime.ofInstant(at, environment().zone()));
    }
}
