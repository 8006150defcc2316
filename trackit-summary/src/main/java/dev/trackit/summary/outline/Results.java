package dev.trackit.summary.outline;

import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.core.lineage.Version;
import dev.trackit.core.slice.Slice;
import dev.trackit.core.slice.Slicer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What some executions led to: the datasets and models that were there at the end and the files that were written; and the statements that
 * these rest on.
 */
final class Results {
    private final Set<StatementNode> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> sinks = new LinkedHashSet<>();
    private final Set<String> sources = new LinkedHashSet<>();

    static Results of(LineageGraph graph, List<ExecutionNode> executions) {
        Results results = new Results();
        Slicer slicer = new Slicer(graph);
        Map<String, ExecutionNode> lastOfSession = new LinkedHashMap<>();
        for (ExecutionNode node : executions) {
            lastOfSession.put(node.session().id(), node);
        }
        for (ExecutionNode last : lastOfSession.values()) {
            results.addNames(graph, slicer, last);
        }
        for (ExecutionNode node : executions) {
            for (StatementNode statement : node.statements()) {
                for (Version version : statement.made()) {
                    graph.writtenAs(version).ifPresent(dataset -> results.addFile(slicer, dataset, node, version));
                }
            }
        }
        return results;
    }

    private void addNames(LineageGraph graph, Slicer slicer, ExecutionNode last) {
        Session session = last.session();
        for (NamedValue value : slicer.datasets(session)) {
            slicer.variable(last, value.name()).ifPresent(slice -> {
                names.add(value.name());
                add(slice);
            });
        }
    }

    private void addFile(Slicer slicer, ExternalDataset dataset, ExecutionNode node, Version version) {
        slicer.file(dataset, node).ifPresent(slice -> {
            sinks.add(version.location().label());
            add(slice);
        });
    }

    private void add(Slice slice) {
        for (Slice.Piece piece : slice.pieces()) {
            kept.add(piece.statement());
            piece.statement().inputs().forEach(access -> sources.add(access.label()));
        }
    }

    boolean isKept(StatementNode statement) {
        return kept.contains(statement);
    }

    /** The names of datasets and models that were there at the end. */
    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** The files that were written. */
    Set<String> sinks() {
        return Collections.unmodifiableSet(sinks);
    }

    /** What was read from outside to make them. */
    Set<String> sources() {
        Set<String> outside = new LinkedHashSet<>(sources);
        outside.removeAll(sinks);
        return outside;
    }
}
