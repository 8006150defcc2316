package dev.trackit.runner.read;

import dev.trackit.api.CellMatch;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Gap;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.core.timeline.Snapshot;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log for people: a heading for each session, a line for each execution with its time, cell, duration and first line of code,
 * and under it in short what came out.
 */
final class LogPrinter {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);
    private static final int CODE_COLUMN = 44;

    private final Console console;
    private final Environment environment;
    private final Style style;
    private final Map<String, Integer> sessionNumbers = new LinkedHashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private @Nullable LocalDate day;
    private String currentSession = "";
    private int lines;

    LogPrinter(Console console, Environment environment) {
        this.console = console;
        this.environment = environment;
        this.style = console.style();
    }

    /** Tells of the sessions, in order, so that headings can number and name them. */
    void know(List<Session> all) {
        for (Session session : all) {
            sessionNumbers.putIfAbsent(session.id(), sessionNumbers.size() + 1);
            sessions.put(session.id(), session);
        }
    }

    void print(TimelineEntry entry) {
        if (entry instanceof TimelineEntry.Executed executed) {
            heading(
                    executed.execution().session(),
                    executed.execution().startedAt().orElse(entry.at()));
            execution(executed.execution());
        } else if (entry instanceof TimelineEntry.Missed missed) {
            gap(missed.gap(), entry.at());
        } else if (entry instanceof TimelineEntry.Saved saved) {
            saved(saved.snapshot());
        } else if (entry instanceof TimelineEntry.Ended ended) {
            ended(ended);
        }
    }

    private void heading(String session, Instant at) {
        LocalDate today = ZonedDateTime.ofInstant(at, environment.zone()).toLocalDate();
        boolean newDay = !today.equals(day);
        if (session.equals(currentSession) && !newDay) {
            return;
        }
        day = today;
        currentSession = session;
        Session known = sessions.get(session);
        int number = sessionNumbers.computeIfAbsent(session, s -> sessionNumbers.size() + 1);
        StringBuilder heading = new StringBuilder("Session ").append(number);
        if (known != null && !known.live()) {
            heading.append(", read from the saved file");
        } else if (known != null) {
            String kernel = known.kernelName().isEmpty() ? known.language() : known.kernelName();
            if (!kernel.isEmpty()) {
                heading.append(", ").append(TerminalText.line(kernel));
            }
            known.startedAt().ifPresent(t -> heading.append(", started ").append(clock(t)));
        }
        if (lines++ > 0) {
            console.line("");
        }
        console.line(style.bold(heading.toString()) + style.dim("  " + DAY.format(today)));
    }

    private void execution(Execution execution) {
        int columns = console.columns();
        String time = execution.startedAt().map(this::clock).orElse("        ");
        String number = TerminalText.pad("#" + execution.sequence(), 5);
        String count = execution.executionCount().isPresent()
                ? "[" + execution.executionCount().getAsInt() + "]"
                : "[ ]";
        String line = time + "  " + style.dim(number) + " " + TerminalText.pad(count, 6) + " "
                + TerminalText.pad(cell(execution.cell()), 9) + " " + state(execution) + "  ";
        console.line(line + code(execution.code(), columns == Integer.MAX_VALUE ? columns : columns - CODE_COLUMN));
        for (String output : outputs(execution)) {
            int width = columns == Integer.MAX_VALUE ? 200 : columns - CODE_COLUMN - 2;
            String text = TerminalText.fit(output, width);
            boolean error = output.startsWith("✗");
            console.line(" ".repeat(CODE_COLUMN) + (error ? style.red(text) : style.dim(text)));
        }
        for (String note : execution.notes()) {
            console.line(" ".repeat(CODE_COLUMN) + style.yellow(TerminalText.line("! " + note)));
        }
        lines++;
    }

    private String state(Execution execution) {
        Duration took = execution.startedAt().isPresent()
                        && execution.finishedAt().isPresent()
                ? Duration.between(
                        execution.startedAt().get(), execution.finishedAt().get())
                : null;
        String word = execution.status() == ExecutionStatus.OK
                ? execution.origin() == Origin.LIVE
                        ? "ok"
                        : execution.origin().name().toLowerCase(Locale.ROOT)
                : execution.status().name().toLowerCase(Locale.ROOT);
        String shown = execution.status() == ExecutionStatus.OK && took != null ? Wording.duration(took) : word;
        String text = TerminalText.pad(shown, 9);
        return switch (execution.status()) {
            case OK -> execution.origin() == Origin.LIVE ? style.green(text) : style.cyan(text);
            case ERROR -> style.red(text);
            case ABORTED -> style.yellow(text);
        };
    }

    private static String cell(CellMatch cell) {
        if (cell.isSettled() && cell.cellIndex() >= 0) {
            return "cell " + cell.cellIndex();
        }
        return cell.basis() == CellMatch.Basis.AMBIGUOUS ? "cell ?" : "";
    }

    /** The first line of code that says something, and how many more there are. */
    private String code(String code, int columns) {
        List<String> said =
                TerminalText.clean(code).lines().filter(l -> !l.isBlank()).toList();
        if (said.isEmpty()) {
            return style.dim("(empty)");
        }
        String more = said.size() > 1 ? "  (+" + Wording.count(said.size() - 1, "line") + ")" : "";
        int room = columns == Integer.MAX_VALUE ? 160 : Math.max(20, columns - more.length());
        return TerminalText.fit(said.get(0).strip(), room) + style.dim(more);
    }

    private static List<String> outputs(Execution execution) {
        List<String> shown = new ArrayList<>();
        for (Output output : execution.outputs()) {
            shown.add(OutputText.summary(output));
        }
        if (shown.size() > 3) {
            int hidden = shown.size() - 2;
            shown = new ArrayList<>(shown.subList(0, 2));
            shown.add("… and " + Wording.count(hidden, "more output"));
        }
        return shown;
    }

    private void gap(Gap gap, Instant at) {
        String missing = gap.missing() > 0 ? " (" + Wording.count(gap.missing(), "execution") + ")" : "";
        console.line(clock(gap.from().orElse(at)) + "  "
                + style.yellow("gap" + missing + ": " + TerminalText.line(gap.detail())));
        lines++;
    }

    private void saved(Snapshot snapshot) {
        StringBuilder what = new StringBuilder("saved");
        if (!snapshot.changedCells().isEmpty()) {
            what.append(", ")
                    .append(Wording.count(snapshot.changedCells().size(), "cell"))
                    .append(" changed");
        }
        if (!snapshot.removedCells().isEmpty()) {
            what.append(", ")
                    .append(Wording.count(snapshot.removedCells().size(), "cell"))
                    .append(" removed");
        }
        console.line(style.dim(clock(snapshot.at()) + "  " + what));
        lines++;
    }

    private void ended(TimelineEntry.Ended ended) {
        Integer number = sessionNumbers.get(ended.session());
        console.line(style.dim(clock(ended.at()) + "  session" + (number == null ? "" : " " + number) + " ended: "
                + TerminalText.line(ended.reason())));
        lines++;
    }

    private String clock(Instant at) {
        return CLOCK.format(ZonedDateTime.ofInstant(at, environment.zone()));
    }
}
