package dev.trackit.runner.lineage;

import dev.trackit.api.FrameState;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Transformation;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.core.lineage.Use;
import dev.trackit.core.lineage.Version;
import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Style;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a value came to be, as a tree for people: the newest statement first, below it what it used, down to the files. */
final class LineageTree {
    private static final Comparator<StatementNode> NEWEST_FIRST =
            Comparator.comparingInt(StatementNode::order).reversed();

    private final Console console;
    private final Style style;
    private final Session session;
    private final Set<StatementNode> shown = new HashSet<>();

    LineageTree(Console console, Session session) {
        this.console = console;
        this.style = console.style();
        this.session = session;
    }

    void print(NamedValue value) {
        shown.clear();
        console.line(style.bold(TerminalText.line(value.name()))
                + (value.type().isEmpty() ? "" : "  " + style.dim(TerminalText.line(value.type()))));
        Set<StatementNode> makers = new TreeSet<>(NEWEST_FIRST);
        collect(value.binding(), makers);
        value.content().forEach(version -> collect(version, makers));
        children(makers, List.of(), Set.of(), "");
        console.line("");
    }

    private static void collect(Version head, Collection<StatementNode> makers) {
        for (Version version = head; version != null; version = version.prior()) {
            makers.add(version.writer());
        }
    }

    private void print(StatementNode statement, String prefix, boolean last) {
        boolean again = !shown.add(statement);
        String branch = prefix + (last ? "└─ " : "├─ ");
        String place = style.cyan(SliceWords.place(statement.execution()));
        String text = TerminalText.line(
                statement.statement().text().lines().findFirst().orElse(""));
        int room = console.columns() - TerminalText.width(prefix) - 16;
        console.line(branch + place + " " + TerminalText.fit(text, Math.max(20, room)) + steps(statement)
                + (again ? style.dim("  (above)") : ""));
        if (again) {
            return;
        }
        Set<StatementNode> makers = new TreeSet<>(NEWEST_FIRST);
        for (Use use : statement.uses()) {
            if (use.kind() == Use.Kind.VALUE || use.kind() == Use.Kind.MUTATION || use.kind() == Use.Kind.FILE) {
                collect(use.version(), makers);
            }
        }
        makers.remove(statement);
        children(makers, statement.inputs(), statement.unresolved(), prefix + (last ? "   " : "│  "));
    }

    private void children(
            Set<StatementNode> makers, List<ExternalDataset.Access> inputs, Set<String> unseen, String prefix) {
        int left = makers.size() + inputs.size() + unseen.size();
        for (String name : unseen) {
            left--;
            console.line(prefix
                    + (left == 0 ? "└─ " : "├─ ")
                    + TerminalText.line(name)
                    + style.dim("  (nothing recorded defines it)"));
        }
        for (ExternalDataset.Access input : inputs) {
            left--;
            ExternalDataset.State state = input.state();
            console.line(prefix
                    + (left == 0 ? "└─ " : "├─ ")
                    + style.green(TerminalText.line(LineageJson.path(session, input.dataset())))
                    + (state == null ? "" : style.dim("  " + Wording.bytes(state.size()))));
        }
        for (StatementNode maker : makers) {
            left--;
            print(maker, prefix, left == 0);
        }
    }

    private String steps(StatementNode statement) {
        List<Transformation> steps = statement.statement().transformations();
        String kinds = steps.stream().map(t -> t.kind().wireName()).distinct().collect(Collectors.joining(", "));
        String shape = shape(statement);
        return (kinds.isEmpty() ? "" : style.yellow("  " + kinds)) + (shape.isEmpty() ? "" : style.dim("  " + shape));
    }

    private static String shape(StatementNode statement) {
        ExecutionNode execution = statement.execution();
        Set<String> made = statement.made().stream()
                .map(Version::location)
                .map(l -> l.kind() == Location.Kind.BINDING ? l.label() : l.name())
                .collect(Collectors.toSet());
        return execution.analysis().frames().stream()
                .filter(frame -> made.contains(frame.dataset()))
                .map(LineageTree::shape)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String shape(FrameState frame) {
        Long rows = frame.rowCount();
        Long columns = frame.columnCount();
        return rows == null
                ? ""
                : Wording.count(rows, "row") + (columns == null ? "" : " × " + Wording.count(columns, "column"));
    }
}
