package dev.trackit.core.lineage;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The forward direction: everything that rests on a file, a column or an execution, directly or through other statements. This is
 * what is out of date once that is changed.
 */
public final class Impact {
    private final List<StatementNode> direct;
    private final List<StatementNode> all;
    private final Set<Version> versions;

    private Impact(List<StatementNode> direct, List<StatementNode> all, Set<Version> versions) {
        this.direct = direct;
        this.all = all;
        this.versions = versions;
    }

    /** What rests on the dataset: its readers, and what rests on them. */
    public static Impact ofExternal(ExternalDataset dataset) {
        return of(
                dataset.reads().stream().map(ExternalDataset.Access::statement).toList());
    }

    /**
     * What rests on a column of a frame.
     *
     * @param frame the frame's name
     * @param column the column's name
     */
    public static Impact ofColumn(LineageGraph graph, Session session, String frame, String column) {
        ColumnUse use = new ColumnUse(frame, column);
        List<StatementNode> users = new ArrayList<>();
        for (ExecutionNode execution : graph.executions(session)) {
            execution.statements().stream().filter(use::isBy).forEach(users::add);
        }
        return of(users);
    }

    /** Tells statements that use a column. Whoever uses the whole frame uses the column too, unless it takes other parts of it. */
    private record ColumnUse(String frame, String column) {

        boolean isBy(StatementNode node) {
            return node.statement().effects().stream().anyMatch(effect -> isRead(effect, node.statement()))
                    || node.statement().transformations().stream()
                            .flatMap(transformation -> transformation.columns().stream())
                            .flatMap(lineage -> lineage.inputs().stream())
                            .anyMatch(input -> input.dataset().equals(frame)
                                    && input.column().equals(column));
        }

        private boolean isRead(Effect effect, Statement statement) {
            Location location = effect.location();
            if (effect.kind() != Effect.Kind.READ) {
                return false;
            }
            if (location.kind() == Location.Kind.PART) {
                return location.label().equals(frame + "[\"" + column + "\"]")
                        || location.label().equals(frame + "['" + column + "']")
                        || location.label().equals(frame + "." + column);
            }
            return location.kind() == Location.Kind.OBJECT
                    && location.label().equals(frame)
                    && (!statement.text().contains(frame + "[") || namesColumn(statement.text()));
        }

        private boolean namesColumn(String text) {
            return text.contains("\"" + column + "\"") || text.contains("'" + column + "'");
        }
    }

    /** What rests on these executions: themselves not included, unless one rests on another. */
    public static Impact ofExecutions(Collection<ExecutionNode> executions) {
        Set<StatementNode> users = new LinkedHashSet<>();
        for (ExecutionNode execution : executions) {
            for (StatementNode statement : execution.statements()) {
                for (Version version : statement.made()) {
                    forEachReader(version, new HashSet<>(), reader -> {
                        if (reader.execution() != execution) {
                            users.add(reader);
                        }
                    });
                }
            }
        }
        return of(List.copyOf(users));
    }

    private static Impact of(List<StatementNode> direct) {
        Set<StatementNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Version> versions = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<StatementNode> todo = new ArrayDeque<>(direct);
        seen.addAll(direct);
        while (!todo.isEmpty()) {
            for (Version version : todo.remove().made()) {
                forEachReader(version, versions, reader -> {
                    if (seen.add(reader)) {
                        todo.add(reader);
                    }
                });
            }
        }
        Comparator<StatementNode> byTime = Comparator.comparingInt(StatementNode::order);
        return new Impact(
                direct.stream().distinct().sorted(byTime).toList(),
                seen.stream().sorted(byTime).toList(),
                versions);
    }

    private static void forEachReader(
            Version first, Set<Version> seen, java.util.function.Consumer<StatementNode> action) {
        for (Version version = first; version != null && seen.add(version); version = version.successor()) {
            version.readers().forEach(action);
        }
    }

    /** The statements that use it themselves, in the order of time. */
    public List<StatementNode> direct() {
        return direct;
    }

    /** All statements that rest on it, in the order of time. */
    public List<StatementNode> all() {
        return all;
    }

    /** The executions of {@link #all()}, in the order of time. */
    public List<ExecutionNode> executions() {
        return all.stream().map(StatementNode::execution).distinct().toList();
    }

    /** The names, as they are bound at the end of the session, whose value rests on it. */
    public List<String> names(LineageGraph graph, Session session) {
        return graph.names(session).stream()
                .filter(name ->
                        graph.value(session, name).filter(this::restsOnIt).isPresent())
                .toList();
    }

    private boolean restsOnIt(NamedValue value) {
        return touched(value.binding()) || value.content().stream().anyMatch(this::touched);
    }

    private boolean touched(Version head) {
        for (Version version = head; version != null; version = version.prior()) {
            if (versions.contains(version)) {
                return true;
            }
        }
        return false;
    }

    /** The external datasets that were written from it. */
    public List<ExternalDataset> written(LineageGraph graph) {
        return all.stream()
                .flatMap(s -> s.made().stream())
                .flatMap(v -> graph.writtenAs(v).stream())
                .distinct()
                .toList();
    }
}
