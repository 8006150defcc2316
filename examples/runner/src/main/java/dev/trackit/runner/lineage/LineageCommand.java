package dev.trackit.runner.lineage;

import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.SavedExecutions;
import dev.trackit.core.lineage.Staleness;
import dev.trackit.core.slice.Slice;
import dev.trackit.core.slice.Slicer;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.picture.LineageView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit lineage}: how the data of notebooks came to be. */
@Command(
        name = "lineage",
        sortOptions = false,
        description = "Show how the data of notebooks came to be: from which files, through which steps.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit lineage analysis.ipynb                 every data frame, array and model at the end",
            "  trackit lineage analysis.ipynb --var df        one variable",
            "  trackit lineage prepare.ipynb model.ipynb      several, joined by the files they pass on",
            "  trackit lineage analysis.ipynb --json          one JSON object for each execution",
            "  trackit lineage analysis.ipynb --svg -o a.svg  a picture",
        })
public final class LineageCommand extends RunnerCommand {
    @Parameters(arity = "1..*", paramLabel = "NOTEBOOK", description = "Recorded notebooks, or .ipynb files.")
    private List<String> notebooks = new ArrayList<>();

    @Option(names = "--var", paramLabel = "NAME", description = "Only what this variable came from.")
    private List<String> variables = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line for each execution.")
    private boolean json;

    @Option(names = "--svg", description = "The picture that the page shows, as an SVG file.")
    private boolean svg;

    @Option(names = "--down", description = "With --svg and --var: what came from the variable, not what it came from.")
    private boolean down;

    @Option(names = "--history", description = "With --svg: also what was replaced, and earlier sessions.")
    private boolean history;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "With --svg: write to this file.")
    private @Nullable String output;

    @Option(names = "--dot", description = "A drawing for Graphviz.")
    private boolean dot;

    @Option(names = "--mermaid", description = "A drawing for Mermaid.")
    private boolean mermaid;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "Read the file, not the record: count (saved execution counts) or file (as the cells stand).")
    private SavedExecutions.@Nullable Order order;

    /** Called by the table of commands. */
    public LineageCommand() {}

    @Override
    protected int run() throws IOException {
        if (output != null && !svg) {
            throw Failure.of(ExitCodes.USAGE, "-o needs --svg.", "For example: --svg -o lineage.svg");
        }
        LoadedLineage lineage = new LineageLoader(program(), order).load(notebooks);
        Set<ExecutionNode> executions = executions(lineage);
        if (svg) {
            drawSvg(lineage);
        } else if (json) {
            printJson(lineage, executions);
        } else if (dot) {
            new LineageDrawing(lineage.graph(), executions).dot(console()::line);
        } else if (mermaid) {
            new LineageDrawing(lineage.graph(), executions).mermaid(console()::line);
        } else {
            printTree(lineage);
        }
        return ExitCodes.FINE;
    }

    private void drawSvg(LoadedLineage lineage) throws IOException {
        if (variables.size() > 1) {
            throw Failure.of(ExitCodes.USAGE, "A picture is about one variable, or about all.");
        }
        Map<String, List<String>> query = new HashMap<>();
        query.put("focus", variables);
        query.put("direction", List.of(variables.isEmpty() ? "both" : down ? "down" : "up"));
        query.put("history", List.of(Boolean.toString(history)));
        String title = "Lineage of "
                + String.join(
                        ", ",
                        lineage.notebooks().stream()
                                .map(LoadedLineage.Loaded::name)
                                .toList());
        String drawn =
                LineageView.of(lineage.graph(), lineage.stale(), lineage.gaps()).svg(title, query);
        if (output == null) {
            console().print(drawn);
            return;
        }
        Path file = environment().resolve(output);
        Files.writeString(file, drawn, StandardCharsets.UTF_8);
        console().note("Written to " + environment().display(file) + ".");
    }

    /** All, or those that the variables came from. */
    private Set<ExecutionNode> executions(LoadedLineage lineage) {
        if (variables.isEmpty()) {
            return new LinkedHashSet<>(lineage.graph().executions());
        }
        Slicer slicer = new Slicer(lineage.graph());
        Set<ExecutionNode> found = new LinkedHashSet<>();
        for (String variable : variables) {
            List<Slice> slices = lineage.notebooks().stream()
                    .flatMap(notebook -> slicer.variable(lineage.lastSession(notebook), variable).stream())
                    .toList();
            if (slices.isEmpty()) {
                throw unknown(lineage, variable);
            }
            slices.forEach(slice -> found.addAll(slice.executions().keySet()));
        }
        Set<ExecutionNode> inOrder = new LinkedHashSet<>(lineage.graph().executions());
        inOrder.retainAll(found);
        return inOrder;
    }

    private static Failure unknown(LoadedLineage lineage, String variable) {
        Set<String> names = new LinkedHashSet<>();
        lineage.notebooks().forEach(n -> names.addAll(lineage.graph().names(lineage.lastSession(n))));
        return Failure.of(
                ExitCodes.NOTHING,
                "There is no variable " + TerminalText.line(variable) + " at the end.",
                "The names that there are: " + TerminalText.line(String.join(", ", names)));
    }

    private void printJson(LoadedLineage lineage, Set<ExecutionNode> executions) {
        LineageJson writer = new LineageJson(lineage);
        List<Staleness.Finding> stale = lineage.stale();
        for (ExecutionNode node : executions) {
            console().json(g -> writer.execution(g, node, stale));
        }
    }

    private void printTree(LoadedLineage lineage) {
        Slicer slicer = new Slicer(lineage.graph());
        for (LoadedLineage.Loaded notebook : lineage.notebooks()) {
            Session session = lineage.lastSession(notebook);
            if (lineage.notebooks().size() > 1) {
                console().line(console().style().bold(TerminalText.line(notebook.name())));
                console().line("");
            }
            LineageTree tree = new LineageTree(console(), session);
            List<NamedValue> values = variables.isEmpty()
                    ? slicer.datasets(session)
                    : variables.stream()
                            .map(name -> lineage.graph().value(session, name))
                            .flatMap(Optional::stream)
                            .toList();
            values.forEach(tree::print);
            if (values.isEmpty() && variables.isEmpty()) {
                console()
                        .line(
                                "No data frame, array or model is bound at the end. Name a variable with --var, or see all"
                                        + " executions with --json.");
            }
            for (Staleness.Finding finding :
                    Staleness.find(lineage.graph(), session, notebook.saved(), lineage.disk()::now)) {
                console()
                        .line(console().style().yellow("Out of date: ") + SliceWords.place(finding.execution()) + ": "
                                + TerminalText.line(finding.detail()));
            }
        }
    }
}
