package dev.trackit.core.diff;

import dev.trackit.core.lineage.ExecutionNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which cell of one run is which of the other: by id within a notebook, then by the same code, then by the most lines in common. What is left was added or
 * removed; of the pairs those that are not in the common order were moved.
 */
final class CellPairs {
    /** So many of the lines of both, at least, must be common for an edited cell to be the same one. */
    private static final double ALIKE = 0.4;

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

    private void pairSame(java.util.function.Function<ExecutionNode, String> key) {
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
        for (ExecutionNode now : List.copyOf(added)) {
            ExecutionNode best = null;
            double most = ALIKE;
            for (ExecutionNode old : removed) {
                double alike = alike(lines(old), lines(now));
                if (alike > most) {
                    most = alike;
                    best = old;
                }
            }
            if (best != null) {
                pair(best, now);
            }
        }
    }

    /** The share of common lines; lines that are nearly the same, as after a changed argument, count for half. */
    private static double alike(Set<String> a, Set<String> b) {
        double common = 0;
        for (String line : a) {
            if (b.contains(line)) {
                common += 1;
            } else if (b.stream().anyMatch(other -> nearly(line, other))) {
                common += 0.75;
            }
        }
        return 2 * common / Math.max(1, a.size() + b.size());
    }

    private static boolean nearly(String a, String b) {
        Set<String> left = words(a);
        Set<String> right = words(b);
        int all = left.size() + right.size();
        left.retainAll(right);
        return 2.0 * left.size() / Math.max(1, all) >= 0.7;
    }

    private static Set<String> words(String line) {
        return new HashSet<>(List.of(line.split("\\W+")));
    }

    private static Set<String> lines(ExecutionNode node) {
        Set<String> lines = new LinkedHashSet<>();
        node.execution()
                .code()
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .forEach(lines::add);
        return lines;
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

    private static List<ExecutionNode> longestInOrder(List<ExecutionNode> nodes, Map<ExecutionNode, Integer> place) {
        int n = nodes.size();
        int[] length = new int[n];
        int[] previous = new int[n];
        int best = -1;
        for (int i = 0; i < n; i++) {
            length[i] = 1;
            previous[i] = -1;
            for (int j = 0; j < i; j++) {
                if (place.getOrDefault(nodes.get(j), 0) < place.getOrDefault(nodes.get(i), 0)
                        && length[j] + 1 > length[i]) {
                    length[i] = length[j] + 1;
                    previous[i] = j;
                }
            }
            if (best < 0 || length[i] > length[best]) {
                best = i;
            }
        }
        List<ExecutionNode> longest = new ArrayList<>();
        for (int i = best; i >= 0; i = previous[i]) {
            longest.add(nodes.get(i));
        }
        return longest;
    }
}
