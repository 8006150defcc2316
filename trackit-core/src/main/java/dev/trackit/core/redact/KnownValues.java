package dev.trackit.core.redact;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that are known to be secrets, all in one pass over the text.
 *
 * @see <a href="https://doi.org/10.1145/360825.360855">Aho and Corasick, Efficient string matching (1975)</a>
 */
final class KnownValues {
    private static final int SHORTEST_BEGINNING = 5;

    /** Texts that are cut without a sign are long. */
    private static final int LONG_TEXT = 60_000;

    /**
     * A secret and what it is.
     *
     * @param text the secret itself
     * @param kind what it is, for the mark
     */
    record Value(String text, String kind) {}

    private static final class Node {
        final Map<Character, Node> next = new HashMap<>(2);
        int depth;
        Node fallback = this;

        @Nullable
        Value value;

        @Nullable
        Node shorter;
    }

    private final Set<Value> values;
    private final Node root = new Node();

    private KnownValues(Collection<Value> values) {
        this.values = Set.copyOf(values);
        for (Value value : values) {
            Node node = root;
            for (int i = 0; i < value.text().length(); i++) {
                node = node.next.computeIfAbsent(value.text().charAt(i), c -> new Node());
                node.depth = i + 1;
            }
            node.value = value;
        }
        connect();
    }

    static KnownValues none() {
        return new KnownValues(Set.of());
    }

    static KnownValues of(Collection<Value> values) {
        return new KnownValues(values);
    }

    Set<Value> values() {
        return values;
    }

    private void connect() {
        Deque<Node> todo = new ArrayDeque<>();
        for (Node child : root.next.values()) {
            child.fallback = root;
            todo.add(child);
        }
        while (!todo.isEmpty()) {
            Node node = todo.remove();
            for (Map.Entry<Character, Node> edge : node.next.entrySet()) {
                Node child = edge.getValue();
                Node back = node.fallback;
                while (back != root && !back.next.containsKey(edge.getKey())) {
                    back = back.fallback;
                }
                Node target = back.next.get(edge.getKey());
                child.fallback = target == null || target == child ? root : target;
                child.shorter = child.fallback.value != null ? child.fallback : child.fallback.shorter;
                todo.add(child);
            }
        }
    }

    private static boolean isCut(String text, int end) {
        return end == text.length() ? end >= LONG_TEXT : text.charAt(end) == '…';
    }

    void find(String text, List<Redactor.Finding> findings) {
        if (values.isEmpty()) {
            return;
        }
        Node node = root;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            while (node != root && !node.next.containsKey(c)) {
                node = node.fallback;
            }
            Node step = node.next.get(c);
            node = step == null ? root : step;
            if (node.depth >= SHORTEST_BEGINNING && isCut(text, i + 1)) { // The beginning of one, where a text was cut.
                findings.add(new Redactor.Finding(i + 1 - node.depth, i + 1, "secret", true));
            }
            for (Node hit = node.value != null ? node : node.shorter; hit != null; hit = hit.shorter) {
                Value value = hit.value;
                if (value != null) {
                    findings.add(new Redactor.Finding(i + 1 - value.text().length(), i + 1, value.kind(), true));
                }
            }
        }
    }
}
