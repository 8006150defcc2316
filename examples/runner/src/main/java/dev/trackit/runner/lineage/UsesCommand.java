package dev.trackit.runner.lineage;

import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.Impact;
import dev.trackit.core.lineage.SavedExecutions;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit uses}: what rests on a file, a column or a cell. */
@Command(
        name = "uses",
        sortOptions = false,
        description = "Show what rests on a file, a column or a cell: what is out of date once it changes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit uses analysis.ipynb --file data/raw.csv",
            "  trackit uses analysis.ipynb --column df.age",
            "  trackit uses analysis.ipynb --cell 4          the cell's place in the file, from 0",
        })
public final class UsesCommand extends RunnerCommand {
    @Parameters(arity = "1..*", paramLabel = "NOTEBOOK", description = "Recorded notebooks, or .ipynb files.")
    private List<String> notebooks = new ArrayList<>();

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "Read the file, not the record: count (saved execution counts) or file (as the cells stand).")
    private SavedExecutions.@Nullable Order order;

    /** Called by the table of commands. */
    public UsesCommand() {}

    private static final class Subject {
        @Option(names = "--file", paramLabel = "PATH", description = "A file or address that was read.")
        private @Nullable String file;

        @Option(names = "--column", paramLabel = "FRAME.COLUMN", description = "A column of a data frame.")
        private @Nullable String column;

        @Option(names = "--cell", paramLabel = "N", description = "A cell, by its place in the file, from 0.")
        private @Nullable Integer cell;
    }

    @Override
    protected int run() {
        LoadedLineage lineage = new LineageLoader(program(), order).load(notebooks);
        Impact impact = impact(lineage);
        if (json) {
            printJson(lineage, impact);
        } else {
            print(lineage, impact);
        }
        return ExitCodes.FINE;
    }

    private Impact impact(LoadedLineage lineage) {
        LoadedLineage.Loaded notebook = lineage.notebooks().get(0);
        String file = subject.file;
        String column = subject.column;
        if (file != null) {
            return Impact.ofExternal(dataset(lineage, file));
        }
        if (column != null) {
            int dot = column.indexOf('.');
            if (dot <= 0 || dot == column.length() - 1) {
                throw Failure.of(ExitCodes.USAGE, "Write the column as FRAME.COLUMN, for example df.age.");
            }
            return Impact.ofColumn(
                    lineage.graph(),
                    lineage.lastSession(notebook),
                    column.substring(0, dot),
                    column.substring(dot + 1));
        }
        int index = subject.cell == null ? -1 : subject.cell;
        List<ExecutionNode> executions = lineage.graph().executions().stream()
                .filter(node -> node.notebook().equals(notebook.name()))
                .filter(node -> node.execution().cell().cellIndex() == index)
                .toList();
        if (executions.isEmpty()) {
            throw Failure.of(ExitCodes.NOTHING, "No execution of cell " + index + " is known.");
        }
        return Impact.ofExecutions(executions);
    }

    private ExternalDataset dataset(LoadedLineage lineage, String file) {
        for (LoadedLineage.Loaded notebook : lineage.notebooks()) {
            for (Session session : lineage.graph().sessions(notebook.name())) {
                Optional<ExternalDataset> found = lineage.graph()
                        .external(session, file)
                        .or(() -> lineage.graph()
                                .external(session, environment().resolve(file).toString()));
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw Failure.of(
                ExitCodes.NOTHING,
                "Nothing that was executed reads or writes " + TerminalText.line(file) + ".",
                "The files that are: "
                        + TerminalText.line(String.join(
                                ", ",
                                lineage.graph().externals().stream()
                                        .map(ExternalDataset::key)
                                        .toList())));
    }

    private void print(LoadedLineage lineage, Impact impact) {
        Style style = console().style();
        if (impact.all().isEmpty()) {
            console().line("Nothing that was executed rests on it.");
            return;
        }
        List<StatementNode> direct = impact.direct();
        for (StatementNode statement : impact.all()) {
            String notebook = lineage.notebooks().size() > 1
                    ? TerminalText.line(statement.execution().notebook()) + " "
                    : "";
            String text = statement.statement().text().lines().findFirst().orElse("");
            console()
                    .line(style.cyan(notebook + SliceWords.place(statement.execution()) + " line "
                                    + statement.statement().firstLine())
                            + "  "
                            + TerminalText.fit(text, Math.max(20, console().columns() - 30))
                            + (direct.contains(statement) ? "" : style.dim("  (indirectly)")));
        }
        for (LoadedLineage.Loaded notebook : lineage.notebooks()) {
            List<String> names = impact.names(lineage.graph(), lineage.lastSession(notebook));
            if (!names.isEmpty()) {
                console()
                        .line(style.bold("Names out of date if it changes"
                                        + (lineage.notebooks().size() > 1
                                                ? " in " + TerminalText.line(notebook.name())
                                                : "")
                                        + ": ")
                                + TerminalText.line(String.join(", ", names)));
            }
        }
        List<ExternalDataset> written = impact.written(lineage.graph());
        if (!written.isEmpty()) {
            console()
                    .line(style.bold("Files out of date if it changes: ")
                            + TerminalText.line(String.join(
                                    ", ",
                                    written.stream().map(ExternalDataset::key).toList())));
        }
    }

    private void printJson(LoadedLineage lineage, Impact impact) {
        console().json(g -> {
            g.writeStartObject();
            g.writeArrayFieldStart("executions");
            for (ExecutionNode node : impact.executions()) {
                g.writeStartObject();
                g.writeStringField("notebook", node.notebook());
                g.writeNumberField("sequence", node.sequence());
                g.writeNumberField("cellIndex", node.execution().cell().cellIndex());
                g.writeBooleanField("direct", impact.direct().stream().anyMatch(s -> s.execution() == node));
                g.writeArrayFieldStart("lines");
                for (StatementNode statement : impact.all()) {
                    if (statement.execution() == node) {
                        g.writeNumber(statement.statement().firstLine());
                    }
                }
                g.writeEndArray();
                g.writeEndObject();
            }
            g.writeEndArray();
            g.writeObjectFieldStart("names");
            for (LoadedLineage.Loaded notebook : lineage.notebooks()) {
                LineageJson.strings(g, notebook.name(), impact.names(lineage.graph(), lineage.lastSession(notebook)));
            }
            g.writeEndObject();
            LineageJson.strings(
                    g,
                    "files",
                    impact.written(lineage.graph()).stream()
                            .map(ExternalDataset::key)
                            .toList());
            g.writeEndObject();
        });
    }
}
