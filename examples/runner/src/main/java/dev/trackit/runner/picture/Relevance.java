package dev.trackit.runner.picture;

import dev.trackit.api.TransformationKind;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What of all that was read belongs into the picture: datasets, and those values and steps through which data passed. And what of
 * it is how today's state came to be, as opposed to what was tried and replaced.
 */
final class Relevance {
    private final Map<String, FlowNode.Builder> nodes;
    private final Map<String, List<String>> in = new HashMap<>();
    private final Map<String, List<String>> out = new HashMap<>();

    private Relevance(Map<String, FlowNode.Builder> nodes, Collection<FlowEdge> edges) {
        this.nodes = nodes;
        for (FlowEdge edge : edges) {
            in.computeIfAbsent(edge.to(), id -> new ArrayList<>(2)).add(edge.from());
            out.computeIfAbsent(edge.from(), id -> new ArrayList<>(2)).add(edge.to());
        }
    }

    static Flow choose(
            LineageGraph graph,
            Map<String, FlowNode.Builder> nodes,
            Collection<FlowEdge> edges,
            Collection<FlowNode.Builder> alive) {
        Relevance relevance = new Relevance(nodes, edges);
        Set<String> kept = relevance.kept();
        relevance.name(kept);
        relevance.markCurrent(graph, kept, alive);
        return new Flow(
                nodes.values().stream()
                        .filter(node -> kept.contains(node.id))
                        .map(FlowNode.Builder::build)
                        .toList(),
                edges);
    }

    private Set<String> kept() {
        Set<String> fromData = reach(starts(node -> node.kind.isDataset() || node.kind == FlowNode.Kind.UNKNOWN), out);
        Set<String> toData = reach(starts(node -> node.kind.isDataset() || isEnd(node)), in);
        Set<String> kept = new LinkedHashSet<>();
        nodes.forEach((id, node) -> {
            if (node.kind.isDataset()
                    || (node.kind == FlowNode.Kind.VALUE && fromData.contains(id) && toData.contains(id))) {
                kept.add(id);
            }
        });
        nodes.forEach((id, node) -> {
            boolean makes = out.getOrDefault(id, List.of()).stream().anyMatch(kept::contains);
            boolean uses = in.getOrDefault(id, List.of()).stream().anyMatch(kept::contains);
            if (node.kind == FlowNode.Kind.STEP && (makes || (isEnd(node) && uses))) {
                kept.add(id);
            }
        });
        nodes.forEach((id, node) -> {
            if (node.kind == FlowNode.Kind.UNKNOWN
                    && out.getOrDefault(id, List.of()).stream().anyMatch(kept::contains)) {
                kept.add(id);
            }
        });
        return kept;
    }

    /** Steps that make nothing that is kept are drawings and measures. */
    private void name(Set<String> kept) {
        for (String id : kept) {
            FlowNode.Builder node = nodes.get(id);
            if (node != null
                    && node.kind == FlowNode.Kind.STEP
                    && out.getOrDefault(id, List.of()).stream()
                            .noneMatch(next -> kept.contains(next) && isMade(next))) {
                node.kind = node.kinds.contains(TransformationKind.PLOT) ? FlowNode.Kind.PLOT : FlowNode.Kind.MEASURE;
            }
        }
    }

    private boolean isMade(String id) {
        FlowNode.Builder node = nodes.get(id);
        return node != null && node.kind.isData();
    }

    private void markCurrent(LineageGraph graph, Set<String> kept, Collection<FlowNode.Builder> alive) {
        Set<FlowNode.Run> lastRuns = lastRuns(graph);
        Set<String> roots = new LinkedHashSet<>();
        alive.stream().filter(node -> node.kind.isDataset()).forEach(node -> roots.add(node.id));
        for (String id : kept) {
            FlowNode.Builder node = nodes.get(id);
            if (node != null && node.kind.isEnd() && node.runs.stream().anyMatch(lastRuns::contains)) {
                roots.add(id);
            }
        }
        roots.retainAll(kept);
        for (String id : reach(roots, in)) {
            FlowNode.Builder node = nodes.get(id);
            if (node != null) {
                node.current = true;
            }
        }
    }

    /** The last run of each cell, in the last session of each notebook. */
    private static Set<FlowNode.Run> lastRuns(LineageGraph graph) {
        Set<FlowNode.Run> runs = new LinkedHashSet<>();
        for (String notebook : graph.notebooks()) {
            Map<String, ExecutionNode> lastOfCell = new HashMap<>();
            graph.sessions(notebook).stream().reduce((a, b) -> b).ifPresent(session -> {
                for (ExecutionNode node : graph.executions(session)) {
                    String cell = node.execution().cell().isSettled()
                            ? "id:" + node.execution().cell().cellId()
                            : "code:" + node.execution().code();
                    lastOfCell.put(cell, node);
                }
            });
            lastOfCell.values().forEach(node -> runs.add(FlowReader.run(node)));
        }
        return runs;
    }

    private boolean isEnd(FlowNode.Builder node) {
        return node.kind == FlowNode.Kind.STEP
                && (node.kinds.contains(TransformationKind.PLOT) || node.kinds.contains(TransformationKind.EVALUATE));
    }

    private List<String> starts(Predicate<FlowNode.Builder> which) {
        return nodes.values().stream().filter(which).map(node -> node.id).toList();
    }

    private static Set<String> reach(Collection<String> starts, Map<String, List<String>> ways) {
        Set<String> reached = new LinkedHashSet<>(starts);
        Deque<String> queue = new ArrayDeque<>(starts);
        while (!queue.isEmpty()) {
            for (String next : ways.getOrDefault(queue.remove(), List.of())) {
                if (reached.add(next)) {
                    queue.add(next);
                }
            }
        }
        return reached;
    }
}
