package dev.trackit.runner.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Datasets and steps, and what flows between them, in the order in which they came to be. Without circles. Immutable. */
final class Flow {
    private final Map<String, FlowNode> nodes = new LinkedHashMap<>();
    private final List<FlowEdge> edges;
    private final Map<String, List<FlowEdge>> in = new HashMap<>();
    private final Map<String, List<FlowEdge>> out = new HashMap<>();

    /** Edges whose ends are not among the nodes are left out; of several between the same nodes one stays. */
    Flow(Collection<FlowNode> nodes, Collection<FlowEdge> edges) {
        nodes.forEach(node -> this.nodes.put(node.id(), node));
        Map<List<String>, FlowEdge> unique = new LinkedHashMap<>();
        for (FlowEdge edge : edges) {
            if (this.nodes.containsKey(edge.from())
                    && this.nodes.containsKey(edge.to())
                    && !edge.from().equals(edge.to())) {
                unique.merge(List.of(edge.from(), edge.to()), edge, (a, b) -> a.uncertain() ? b : a);
            }
        }
        this.edges = List.copyOf(unique.values());
        for (FlowEdge edge : this.edges) {
            in.computeIfAbsent(edge.to(), id -> new ArrayList<>(2)).add(edge);
            out.computeIfAbsent(edge.from(), id -> new ArrayList<>(2)).add(edge);
        }
    }

    Collection<FlowNode> nodes() {
        return nodes.values();
    }

    List<FlowEdge> edges() {
        return edges;
    }

    @Nullable
    FlowNode node(String id) {
        return nodes.get(id);
    }

    /** What flows into the node directly. */
    List<FlowNode> before(FlowNode node) {
        return in.getOrDefault(node.id(), List.of()).stream()
                .map(edge -> at(edge.from()))
                .toList();
    }

    /** What the node flows into directly. */
    List<FlowNode> after(FlowNode node) {
        return out.getOrDefault(node.id(), List.of()).stream()
                .map(edge -> at(edge.to()))
                .toList();
    }

    /** The part that these nodes make up. */
    Flow only(Set<String> ids) {
        return new Flow(
                nodes.values().stream().filter(node -> ids.contains(node.id())).toList(), edges);
    }

    /**
     * What can be reached from a node, and how far it is, the node itself included.
     *
     * @param upstream against the flow, or along it
     * @param hops how many datasets far; 0 for any number
     */
    Map<String, Integer> reach(FlowNode start, boolean upstream, int hops) {
        Map<String, Integer> distances = new TreeMap<>();
        Deque<FlowNode> queue = new ArrayDeque<>(List.of(start));
        distances.put(start.id(), 0);
        while (!queue.isEmpty()) {
            FlowNode node = queue.remove();
            int distance = distances.getOrDefault(node.id(), 0);
            for (FlowNode next : upstream ? before(node) : after(node)) {
                // A step is as far as the dataset behind it, so that a hop is a dataset with the step that leads to it.
                int far = node.kind().isData() ? distance + 1 : distance;
                if ((hops == 0 || far <= hops) && far < distances.getOrDefault(next.id(), Integer.MAX_VALUE)) {
                    distances.put(next.id(), far);
                    queue.add(next);
                }
            }
        }
        return distances;
    }

    private FlowNode at(String id) {
        FlowNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("An edge without its node: " + id);
        }
        return node;
    }
}
