package dev.trackit.runner.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shows steps in a row as one. A dataset in the middle of a row is one that a single step makes, and makes alone, and that a single
 * step uses, so nothing but the row itself can tell the difference: joining the two steps can make no circle. Drawings and measures of
 * what is in the middle hang on the row.
 *
 * <p>Only versions of the same name and values on the way are hidden so, unless the picture is so large that each name must earn its place.
 */
final class Chains {
    private static final int MIN_BUNDLE = 3;

    private final Flow flow;
    private final ViewQuery query;
    private final Set<String> pinned;
    private final boolean acrossNames;

    private Chains(Flow flow, ViewQuery query, Set<String> pinned, boolean acrossNames) {
        this.flow = flow;
        this.query = query;
        this.pinned = pinned;
        this.acrossNames = acrossNames;
    }

    /**
     * The flow with rows of steps as one node each.
     *
     * @param opened gets, for each node that stands for itself because its row was opened, the row's id
     */
    static Flow collapse(
            Flow flow, ViewQuery query, Set<String> pinned, boolean acrossNames, Map<String, String> opened) {
        Chains chains = new Chains(flow, query, pinned, acrossNames);
        return chains.bundle(chains.rows(opened), opened);
    }

    private Flow rows(Map<String, String> opened) {
        Map<String, FlowNode> next = new HashMap<>();
        Set<String> continued = new HashSet<>();
        Set<String> inside = new HashSet<>();
        for (FlowNode data : flow.nodes()) {
            FlowNode step = data.kind().isData() ? consumer(data) : null;
            if (step != null && continued.add(step.id())) {
                next.put(flow.before(data).get(0).id(), data);
                inside.add(data.id());
            }
        }
        Map<String, FlowNode> standsFor = new HashMap<>();
        List<FlowNode> nodes = new ArrayList<>();
        for (FlowNode node : flow.nodes()) {
            boolean first = next.containsKey(node.id()) && !continued.contains(node.id());
            if (first) {
                List<FlowNode> row = row(node, next);
                String id = "c" + node.id();
                if (query.opens(id)) {
                    row.forEach(member -> opened.put(member.id(), id));
                } else {
                    FlowNode chain = FlowNode.of(FlowNode.Kind.CHAIN, id, row);
                    row.forEach(member -> standsFor.put(member.id(), chain));
                    nodes.add(chain);
                }
            }
            if (!standsFor.containsKey(node.id())) {
                nodes.add(node);
            }
        }
        // A row may begin later in the order than one of its members was met.
        nodes.removeIf(node -> standsFor.containsKey(node.id()));
        return new Flow(nodes, moved(flow.edges(), standsFor));
    }

    private List<FlowNode> row(FlowNode first, Map<String, FlowNode> next) {
        List<FlowNode> row = new ArrayList<>();
        FlowNode step = first;
        while (step != null) {
            row.add(step);
            FlowNode data = next.get(step.id());
            if (data != null) {
                row.add(data);
            }
            step = data == null ? null : consumer(data);
        }
        return row;
    }

    /** The step that goes on from a dataset in the middle of a row; null if it is not in the middle of one. */
    private @org.jspecify.annotations.Nullable FlowNode consumer(FlowNode data) {
        List<FlowNode> makers = flow.before(data);
        List<FlowNode> users =
                flow.after(data).stream().filter(user -> !user.kind().isEnd()).toList();
        boolean single = makers.size() == 1
                && users.size() == 1
                && users.get(0).kind() == FlowNode.Kind.STEP
                && flow.after(makers.get(0)).stream()
                                .filter(made -> !made.kind().isEnd())
                                .count()
                        == 1;
        boolean hideable = data.kind() != FlowNode.Kind.FILE
                && data.kind() != FlowNode.Kind.UNKNOWN
                && !pinned.contains(data.id());
        if (!single
                || !hideable
                || pinned.contains(makers.get(0).id())
                || pinned.contains(users.get(0).id())) {
            return null;
        }
        FlowNode step = users.get(0);
        boolean sameName =
                flow.after(step).stream().anyMatch(made -> made.label().equals(data.label()));
        return acrossNames || data.kind() == FlowNode.Kind.VALUE || sameName ? step : null;
    }

    /** Several drawings, or several measures, of the same data. */
    private Flow bundle(Flow rows, Map<String, String> opened) {
        Map<String, List<FlowNode>> siblings = new LinkedHashMap<>();
        for (FlowNode node : rows.nodes()) {
            if (node.kind().isEnd() && rows.after(node).isEmpty() && !pinned.contains(node.id())) {
                String inputs =
                        rows.before(node).stream().map(FlowNode::id).sorted().collect(Collectors.joining(" "));
                siblings.computeIfAbsent(node.kind() + " " + inputs, key -> new ArrayList<>())
                        .add(node);
            }
        }
        Map<String, FlowNode> standsFor = new HashMap<>();
        for (List<FlowNode> group : siblings.values()) {
            String id = "b" + group.get(0).id();
            if (group.size() < MIN_BUNDLE) {
                continue;
            } else if (query.opens(id)) {
                group.forEach(member -> opened.put(member.id(), id));
            } else {
                FlowNode bundle = FlowNode.of(FlowNode.Kind.BUNDLE, id, group);
                group.forEach(member -> standsFor.put(member.id(), bundle));
            }
        }
        Set<String> told = new HashSet<>();
        List<FlowNode> nodes = new ArrayList<>();
        for (FlowNode node : rows.nodes()) {
            FlowNode shown = standsFor.getOrDefault(node.id(), node);
            if (told.add(shown.id())) {
                nodes.add(shown);
            }
        }
        return new Flow(nodes, moved(rows.edges(), standsFor));
    }

    private static List<FlowEdge> moved(List<FlowEdge> edges, Map<String, FlowNode> standsFor) {
        return edges.stream()
                .map(edge -> new FlowEdge(id(standsFor, edge.from()), id(standsFor, edge.to()), edge.uncertain()))
                .toList();
    }

    private static String id(Map<String, FlowNode> standsFor, String id) {
        FlowNode node = standsFor.get(id);
        return node == null ? id : node.id();
    }
}
