package dev.trackit.runner.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a flow is shown at once: the part that was asked for, its rows of steps as one, and of that as many nodes as fit, those
 * nearest to the focus, or to the newest results, first. Immutable.
 */
final class View {
    /** Above this many nodes, names in the middle of a row give up their place. */
    private static final int CALM = 80;

    private final Flow all;
    private final Flow scope;
    private final Flow shown;
    private final int hidden;
    private final @Nullable FlowNode focus;
    private final Map<String, String> opened;
    private final Map<String, Integer> moreBefore = new HashMap<>();
    private final Map<String, Integer> moreAfter = new HashMap<>();
    private final Map<String, FlowNode> earlier = new HashMap<>();

    private View(
            Flow all, Flow scope, Flow collapsed, Flow shown, @Nullable FlowNode focus, Map<String, String> opened) {
        this.all = all;
        this.scope = scope;
        this.shown = shown;
        this.hidden = collapsed.nodes().size() - shown.nodes().size();
        this.focus = focus;
        this.opened = Map.copyOf(opened);
        for (FlowEdge edge : collapsed.edges()) {
            boolean from = shown.node(edge.from()) != null;
            boolean to = shown.node(edge.to()) != null;
            if (from && !to) {
                moreAfter.merge(edge.from(), 1, Integer::sum);
            } else if (to && !from) {
                moreBefore.merge(edge.to(), 1, Integer::sum);
            }
        }
        Map<String, Set<String>> visible = new HashMap<>();
        for (FlowNode node : shown.nodes()) {
            visible.computeIfAbsent(node.id(), id -> new HashSet<>());
        }
        shown.nodes().stream().filter(node -> node.kind().isDataset()).forEach(node -> {
            FlowNode before = shapedBefore(node, visible.keySet());
            if (before != null) {
                earlier.put(node.id(), before);
            }
        });
    }

    /** Chooses. */
    static View of(Flow flow, ViewQuery query) {
        FlowNode focus = find(flow, query);
        boolean past = query.history() || (focus != null && !focus.current());
        Flow scope = past
                ? flow
                : flow.only(flow.nodes().stream()
                        .filter(FlowNode::current)
                        .map(FlowNode::id)
                        .collect(Collectors.toSet()));
        Flow part = scope;
        if (focus != null) {
            Set<String> reached = new HashSet<>();
            if (query.direction() != ViewQuery.Direction.DOWN) {
                reached.addAll(scope.reach(focus, true, query.depth()).keySet());
            }
            if (query.direction() != ViewQuery.Direction.UP) {
                reached.addAll(scope.reach(focus, false, query.depth()).keySet());
            }
            part = scope.only(reached);
        }
        Set<String> pinned = focus == null ? Set.of() : Set.of(focus.id());
        Map<String, String> opened = new HashMap<>();
        Flow collapsed = Chains.collapse(part, query, pinned, false, opened);
        if (collapsed.nodes().size() > Math.min(CALM, query.limit())) {
            opened.clear();
            collapsed = Chains.collapse(part, query, pinned, true, opened);
        }
        Flow shown = collapsed.only(nearest(collapsed, focus, query.limit()));
        return new View(flow, scope, collapsed, shown, focus, opened);
    }

    /** By id; else the newest dataset of this name; else the newest version of the file. */
    private static @Nullable FlowNode find(Flow flow, ViewQuery query) {
        String wanted = query.focus();
        if (wanted.isEmpty()) {
            return null;
        }
        FlowNode exact = flow.node(wanted);
        if (exact != null) {
            return exact;
        }
        if (wanted.startsWith("c") || wanted.startsWith("b")) {
            FlowNode first = flow.node(wanted.substring(1));
            if (first != null) {
                return first;
            }
        }
        return flow.nodes().stream()
                .filter(node -> node.kind().isData())
                .filter(node -> node.label().equals(wanted) || node.aliases().contains(wanted))
                .max(Comparator.comparing(FlowNode::current).thenComparingInt(FlowNode::version))
                .orElse(null);
    }

    private static Set<String> nearest(Flow flow, @Nullable FlowNode focus, int limit) {
        Collection<FlowNode> all = flow.nodes();
        if (all.size() <= limit) {
            return all.stream().map(FlowNode::id).collect(Collectors.toSet());
        }
        Set<String> chosen = new LinkedHashSet<>();
        Deque<FlowNode> queue = new ArrayDeque<>();
        FlowNode start = focus == null ? null : flow.node(focus.id());
        List<FlowNode> roots = new ArrayList<>();
        if (start != null) {
            roots.add(start);
        } else {
            List<FlowNode> ends = new ArrayList<>(all.stream()
                    .filter(node -> !node.kind().isEnd()
                            && flow.after(node).stream().allMatch(n -> n.kind().isEnd()))
                    .toList());
            java.util.Collections.reverse(ends);
            roots.addAll(ends);
        }
        for (FlowNode root : roots) {
            queue.add(root);
            while (!queue.isEmpty() && chosen.size() < limit) {
                FlowNode node = queue.remove();
                if (chosen.add(node.id())) {
                    queue.addAll(flow.before(node));
                    if (start != null) {
                        queue.addAll(flow.after(node));
                    }
                }
            }
            queue.clear();
        }
        return chosen;
    }

    /** The nearest visible dataset upstream whose shape is known, along the line in which this one is the next version of it. */
    private @Nullable FlowNode shapedBefore(FlowNode node, Set<String> visible) {
        FlowNode at = node;
        for (int i = 0; i < 1000; i++) {
            FlowNode before = mainInput(at);
            if (before == null) {
                return null;
            } else if (visible.contains(before.id()) && before.rows() != null | before.columnCount() != null) {
                return before;
            }
            at = before;
        }
        return null;
    }

    private @Nullable FlowNode mainInput(FlowNode node) {
        List<FlowNode> inputs = scope.before(node).stream()
                .flatMap(step -> scope.before(step).stream())
                .filter(input -> input.kind().isDataset())
                .toList();
        for (FlowNode input : inputs) {
            if (input.label().equals(node.label())) {
                return input;
            }
        }
        return inputs.size() == 1 ? inputs.get(0) : null;
    }

    /** What is drawn. */
    Flow shown() {
        return shown;
    }

    /** Everything, also what is not asked for. */
    Flow all() {
        return all;
    }

    /** All that could be drawn with this query's choice of history. */
    Flow scope() {
        return scope;
    }

    /** How many nodes of what was asked for did not fit. */
    int hidden() {
        return hidden;
    }

    /** What the picture is about; null for the whole. */
    @Nullable
    FlowNode focus() {
        return focus;
    }

    /** The row or bundle that a node belongs to and that was opened; null for none. */
    @Nullable
    String opened(FlowNode node) {
        return opened.get(node.id());
    }

    /** How many nodes that flow into this one did not fit. */
    int moreBefore(FlowNode node) {
        return moreBefore.getOrDefault(node.id(), 0);
    }

    /** How many nodes that this one flows into did not fit. */
    int moreAfter(FlowNode node) {
        return moreAfter.getOrDefault(node.id(), 0);
    }

    /** The dataset with whose shape this one's is compared; null if there is none. */
    @Nullable
    FlowNode earlier(FlowNode node) {
        return earlier.get(node.id());
    }

    /** How the shape changed since the earlier dataset, in words; empty if it did not, or if that is not known. */
    String change(FlowNode node) {
        FlowNode before = earlier(node);
        if (before == null) {
            return "";
        }
        List<String> changes = new ArrayList<>();
        Long rows = difference(before.rows(), node.rows());
        Long columns = difference(before.columnCount(), node.columnCount());
        if (rows != null) {
            changes.add(Words.signed(rows, "row"));
        }
        if (columns != null) {
            changes.add(Words.signed(columns, "column"));
        }
        return String.join(" · ", changes);
    }

    private static @Nullable Long difference(@Nullable Long before, @Nullable Long after) {
        return before == null || after == null || Objects.equals(before, after) ? null : Long.valueOf(after - before);
    }
}
