package dev.trackit.runner.lineage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Session;
import dev.trackit.core.lineage.ColumnTrace;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.SavedExecutions;
import dev.trackit.core.lineage.Staleness;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.picture.ColumnStepJson;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit columns}: the columns of a data frame, and where each came from. */
@Command(
        name = "columns",
        sortOptions = false,
        description = "Show the columns of a data frame and where each came from, step by step, down to the files.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit columns titanic --var train",
            "  trackit columns titanic --var train --column age   one column",
            "  trackit columns titanic --var df --at 12           as it was after execution #12",
            "  trackit columns titanic --var train --json",
        })
public final class ColumnsCommand extends RunnerCommand {
    @Parameters(index = "0", paramLabel = "NOTEBOOK", description = "A recorded notebook, or an .ipynb file.")
    private String notebook = "";

    @Option(names = "--var", paramLabel = "FRAME", required = true, description = "The name of the data frame.")
    private String variable = "";

    @Option(names = "--column", paramLabel = "COLUMN", description = "Only this column.")
    private @Nullable String column;

    @Option(names = "--at", paramLabel = "EXECUTION", description = "As it was after this execution, by its number.")
    private @Nullable Long at;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "Read the file, not the record: count (saved execution counts) or file (as the cells stand).")
    private SavedExecutions.@Nullable Order order;

    /** Called by the table of commands. */
    public ColumnsCommand() {}

    @Override
    protected int run() {
        LoadedLineage lineage = new LineageLoader(program(), order).load(List.of(notebook));
        LoadedLineage.Loaded loaded = lineage.notebooks().get(0);
        ExecutionNode point = point(lineage, loaded);
        NamedValue value = lineage.graph()
                .valueAfter(point, variable)
                .orElseThrow(() -> Failure.of(
                        ExitCodes.NOTHING,
                        "There is no variable " + TerminalText.line(variable) + " after " + SliceWords.place(point)
                                + ".",
                        "The names that there are at the end: "
                                + TerminalText.line(
                                        String.join(", ", lineage.graph().names(point.session())))));
        FrameColumns all = FrameColumns.of(lineage.graph(), value, point);
        List<FrameColumns.Column> chosen = all.columns().stream()
                .filter(c -> column == null || c.name().equals(column))
                .toList();
        if (column != null && chosen.isEmpty()) {
            // No output showed it and no step names it: it may still come through steps that keep all columns.
            chosen = List.of(new FrameColumns.Column(column, null, null, ColumnTrace.of(value, column)));
        }
        FrameColumns frame = new FrameColumns(value, all.complete(), chosen);
        if (json) {
            console().json(g -> write(g, loaded.name(), point, frame));
        } else {
            print(point, frame);
            printStale(lineage, loaded, point, frame);
        }
        return chosen.isEmpty() ? ExitCodes.NOTHING : ExitCodes.FINE;
    }

    private ExecutionNode point(LoadedLineage lineage, LoadedLineage.Loaded loaded) {
        if (at != null) {
            return lineage.execution(loaded, at)
                    .orElseThrow(() -> Failure.of(ExitCodes.NOTHING, "There is no execution #" + at + "."));
        }
        Session session = lineage.lastSession(loaded);
        List<ExecutionNode> executions = lineage.graph().executions(session);
        return executions.get(executions.size() - 1);
    }

    private void print(ExecutionNode point, FrameColumns frame) {
        Style style = console().style();
        console()
                .line(style.bold(TerminalText.line(variable))
                        + style.dim("  " + frame.value().type() + ", after " + SliceWords.place(point)));
        for (FrameColumns.Column one : frame.columns()) {
            String type = one.type() == null ? "" : "  " + one.type();
            String missing = one.missing() == null || one.missing() == 0 ? "" : ", " + one.missing() + " missing";
            console().line(style.cyan(TerminalText.line(one.name())) + style.dim(TerminalText.line(type) + missing));
            for (ColumnTrace.Step step : one.from()) {
                console().line("  ".repeat(Math.min(12, step.depth() + 1)) + words(step));
            }
            if (one.from().isEmpty()) {
                console().line(style.dim("  where it came from is not known"));
            }
        }
        if (!frame.complete()) {
            console()
                    .line(
                            style.dim(
                                    frame.columns().isEmpty()
                                            ? "No output showed its columns, and no step names one."
                                            : "No output showed all columns after the last change; these are the ones that steps name."));
        }
    }

    /** What of the way to these columns is out of date. */
    private void printStale(
            LoadedLineage lineage, LoadedLineage.Loaded loaded, ExecutionNode point, FrameColumns frame) {
        Set<ExecutionNode> way = new LinkedHashSet<>();
        frame.columns().forEach(c -> c.from().forEach(s -> way.add(s.statement().execution())));
        Staleness.find(lineage.graph(), point.session(), loaded.saved(), lineage.disk()::now).stream()
                .filter(f -> way.contains(f.execution()))
                .forEach(f -> console()
                        .line(console().style().yellow("Out of date: ") + SliceWords.place(f.execution()) + ": "
                                + TerminalText.line(f.detail())));
    }

    private String words(ColumnTrace.Step step) {
        String input = step.input().equals("*") ? "" : "[\"" + step.input() + "\"]";
        String how = step.transformation().kind().wireName() + ", "
                + step.transformation().call() + ", "
                + SliceWords.place(step.statement().execution());
        String word = step.type().isDirect()
                ? ""
                : " (" + step.type().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ")";
        return "← " + TerminalText.line(step.dataset() + input) + word
                + console().style().dim("  " + TerminalText.line(how));
    }

    /** The fields of a column are those that the local page has. */
    private static void write(JsonGenerator g, String notebook, ExecutionNode point, FrameColumns frame)
            throws IOException {
        g.writeStartObject();
        g.writeStringField("notebook", notebook);
        g.writeStringField("variable", frame.value().name());
        g.writeStringField("type", frame.value().type());
        g.writeNumberField("sequence", point.sequence());
        g.writeBooleanField("complete", frame.complete());
        g.writeArrayFieldStart("columns");
        for (FrameColumns.Column one : frame.columns()) {
            g.writeStartObject();
            g.writeStringField("column", one.name());
            if (one.type() != null) {
                g.writeStringField("type", one.type());
            }
            if (one.missing() != null) {
                g.writeNumberField("missing", one.missing());
            }
            g.writeArrayFieldStart("from");
            for (ColumnTrace.Step step : one.from()) {
                write(g, step);
            }
            g.writeEndArray();
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeEndObject();
    }

    private static void write(JsonGenerator g, ColumnTrace.Step step) throws IOException {
        ColumnStepJson.begin(g, step);
        g.writeEndObject();
    }
}
