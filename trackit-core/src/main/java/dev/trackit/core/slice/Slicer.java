package dev.trackit.core.slice;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Effect;
import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.Version;
import java.util.List;
import java.util.Optional;

/**
 * Finds the statements that a variable or a file rests on.
 *
 * <p>A slice is a walk over the graph from the newest versions of all that makes up the value, backwards over what each
 * statement used. Where it is not sure whether a statement matters, the statement is taken: first be right, then be small. Its time is in
 * proportion to the slice, not to the history.
 *
 * <p>Safe for use by several threads once nothing is added to the graph any more.
 */
public final class Slicer {
    private final LineageGraph graph;

    /** A slicer of the graph. */
    public Slicer(LineageGraph graph) {
        this.graph = requireNonNull(graph, "graph");
    }

    /** The variable as it stands after the last execution of the session; nothing if it is not bound then. */
    public Optional<Slice> variable(Session session, String name) {
        List<ExecutionNode> executions = graph.executions(session);
        return executions.isEmpty() ? Optional.empty() : variable(executions.get(executions.size() - 1), name);
    }

    /** The variable as it stood when the execution had ended; nothing if it was not bound then. */
    public Optional<Slice> variable(ExecutionNode at, String name) {
        return graph.valueAfter(at, name).map(value -> {
            Slice.Target target = new Slice.Target(Slice.Target.Kind.VARIABLE, name, at.notebook(), at.session(), at);
            return new Closure(graph, target).of(value);
        });
    }

    /** The file as the last recorded statement left it; nothing if no recorded statement wrote it. */
    public Optional<Slice> file(ExternalDataset dataset) {
        return file(dataset, Integer.MAX_VALUE);
    }

    /** The file as it was when the execution had ended; nothing if no recorded statement had written it then. */
    public Optional<Slice> file(ExternalDataset dataset, ExecutionNode at) {
        return file(dataset, at.order() + 1);
    }

    private Optional<Slice> file(ExternalDataset dataset, int limit) {
        return dataset.writes().stream()
                .filter(access -> access.statement().execution().order() < limit)
                .filter(access ->
                        access.version() != null && access.version().effect().kind() != Effect.Kind.DELETE)
                .reduce((earlier, later) -> later)
                .map(access -> {
                    ExecutionNode at = access.statement().execution();
                    Slice.Target target =
                            new Slice.Target(Slice.Target.Kind.FILE, access.label(), at.notebook(), at.session(), at);
                    Version version = requireNonNull(access.version(), "version");
                    return new Closure(graph, target).of(version);
                });
    }

    /** The data frames, arrays and models that are bound when the session has ended, by their types. */
    public List<NamedValue> datasets(Session session) {
        return graph.names(session).stream()
                .filter(name -> !name.startsWith("_"))
                .flatMap(name -> graph.value(session, name).stream())
                .filter(value -> DatasetTypes.holds(value.type()))
                .toList();
    }
}
