package dev.trackit.summary.diff;

import dev.trackit.core.lineage.ExecutionNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which cell of one run is which of the other: by id within a notebook, then by the same code, then by the most lines in common. What is left was added or
 * removed; of the pairs those that are not in the common order were moved.
 */
final class CellPairs {
    /** So many of the lines of both, at least, must be common for an edited cell to be the same one. */
    private static final double ALIKE = 0.4;

    private static final int COMMON_WORD = 200;

    private final Map<ExecutionNode, ExecutionNode> pairs = new LinkedHashMap<>();
    private final Set<ExecutionNode> removed;
    private final Set<ExecutionNode> added;

    CellPairs(Run before, Run after) {
        removed = new LinkedHashSet<>(before.cells());
        added = new LinkedHashSet<>(after.cells());
        if (before.end().notebook().equals(after.end().notebook())) {
            pairSame(Run::cellOf);
        }
        pairSame(n -> n.execution().code().strip());
        pairAlike();
    }

    Map<ExecutionNode, ExecutionNode> pairs() {
        return pairs;
    }

    Set<ExecutionNode> removed() {
        return removed;
    }

    Set<ExecutionNode> added() {
        return added;
    }

    private void pair(ExecutionNode old, ExecutionNode now) {
        pairs.put(old, now);
        removed.remove(old);
        added.remove(now);
    }

    private void pairSame(Function<ExecutionNode, String> key) {
        Map<String, List<ExecutionNode>> waiting = new HashMap<>();
        removed.forEach(n ->
                waiting.computeIfAbsent(key.apply(n), k -> new ArrayList<>()).add(n));
        for (ExecutionNode now : List.copyOf(added)) {
            List<ExecutionNode> same = waiting.getOrDefault(key.apply(now), List.of());
            if (!same.isEmpty()) {
                pair(same.remove(0), now);
            }
        }
    }

    private void pairAlike() {
        List<CellText> old = removed.stream().map(CellText::of).toList();
        Map<String, List<CellText>> withWord = new HashMap<>();
        old.forEach(t -> t.words().forEach(w -> withWord.computeIfAbsent(w, k -> new ArrayList<>())
                .add(t)));
        for (ExecutionNode node : List.copyOf(added)) {
            CellText now = CellText.of(node);
            CellText best = null;
            double most = ALIKE;
            for (CellText other : candidates(now, withWord)) {
                double alike = removed.contains(other.node()) ? now.alike(other) : 0;
                if (alike > most || alike == most && best != null && other.place() < best.place()) {
                    most = alike;
                    best = other;
                }
            }
            if (best != null) {
                pair(best.node(), node);
            }
        }
    }

    /** The cells that share a word with this one; words that are in many cells find none, so that large notebooks are compared in time that grows with their cells. */
    private static Set<CellText> candidates(CellText now, Map<String, List<CellText>> withWord) {
        Set<CellText> found = new LinkedHashSet<>();
        for (String word : now.words()) {
            List<CellText> with = withWord.getOrDefault(word, List.of());
            if (with.size() <= COMMON_WORD) {
                found.addAll(with);
            }
        }
        return found;
    }

    /** The cells, by their execution in the second run, that stand elsewhere than the others around them. */
    Set<ExecutionNode> moved(Run before, Run after) {
        List<ExecutionNode> inOldOrder = before.cells().stream()
                .filter(pairs::containsKey)
                .map(pairs::get)
                .toList();
        Map<ExecutionNode, Integer> place = new HashMap<>();
        after.cells().forEach(n -> place.put(n, place.size()));
        Set<ExecutionNode> moved = new LinkedHashSet<>(inOldOrder);
        moved.removeAll(longestInOrder(inOldOrder, place));
        return moved;
    }

    /** A longest part of the nodes whose places grow, by patience sorting. */
    private static List<ExecutionNode> longestInOrder(List<ExecutionNode> nodes, Map<ExecutionNode, Integer> place) {
        int[] places = nodes.stream().mapToInt(n -> place.getOrDefault(n, 0)).toArray();
        int[] previous = new int[places.length];
        int[] ends = new int[places.length]; // ends[k]: the node with the least place that ends a part of k + 1 nodes
        int longest = 0;
        for (int i = 0; i < places.length; i++) {
            int low = 0;
            int high = longest;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (places[ends[middle]] < places[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            previous[i] = low == 0 ? -1 : ends[low - 1];
            ends[low] = i;
            longest = Math.max(longest, low + 1);
        }
        List<ExecutionNode> part = new ArrayList<>();
        for (int i = longest == 0 ? -1 : ends[longest - 1]; i >= 0; i = previous[i]) {
            part.add(nodes.get(i));
        }
        return part;
    }
}
