package dev.trackit.summary.diff;

import dev.trackit.core.lineage.ExecutionNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The code of an execution, cut up once for being compared with many others. Two are equal if they are of the same execution.
 *
 * @param lines its lines without the blanks around them, each with its words
 * @param words all its words
 */
record CellText(ExecutionNode node, Map<String, Set<String>> lines, Set<String> words) {
    private static final Pattern NO_WORD = Pattern.compile("\\W+");
    /** So many of the words of both, at least, must be common for two lines to be nearly the same. */
    private static final double NEARLY = 0.7;

    /** What a line counts that is nearly the same in the other, as after a changed argument. */
    private static final double NEARLY_COUNTS = 0.75;

    static CellText of(ExecutionNode node) {
        Map<String, Set<String>> lines = new LinkedHashMap<>();
        Set<String> words = new HashSet<>();
        node.execution()
                .code()
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .forEach(line -> {
                    Set<String> of = NO_WORD.splitAsStream(line)
                            .filter(w -> !w.isEmpty())
                            .collect(Collectors.toSet());
                    lines.put(line, of);
                    words.addAll(of);
                });
        return new CellText(node, lines, words);
    }

    int place() {
        return node.order();
    }

    /** The share of common lines, 0 to 1. */
    double alike(CellText other) {
        double common = 0;
        for (Map.Entry<String, Set<String>> line : lines.entrySet()) {
            if (other.lines.containsKey(line.getKey())) {
                common += 1;
            } else if (other.lines.values().stream().anyMatch(o -> nearly(line.getValue(), o))) {
                common += NEARLY_COUNTS;
            }
        }
        return 2 * common / Math.max(1, lines.size() + other.lines.size());
    }

    private static boolean nearly(Set<String> a, Set<String> b) {
        int all = a.size() + b.size();
        if (2.0 * Math.min(a.size(), b.size()) < NEARLY * all) {
            return false;
        }
        long common = a.stream().filter(b::contains).count();
        return 2.0 * common >= NEARLY * Math.max(1, all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CellText text && text.node == node;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(node);
    }
}
