package dev.trackit.runner.picture;

import dev.trackit.api.Location;
import dev.trackit.api.Variable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which dataset each name of a kernel session stands for, while its executions are read in order. Names of one object share it. */
final class SessionNames {
    private final Meanings current = new Meanings();
    private final Meanings byObject = new Meanings();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Set<String> figures = new HashSet<>();
    private int unknowns;

    /** What the name stands for; null if for nothing that matters here. */
    FlowNode.@Nullable Builder of(String name) {
        return current.get(name);
    }

    /** What the object with this key belongs to; null if not known. */
    FlowNode.@Nullable Builder ofObject(String key) {
        return byObject.get(key);
    }

    Collection<FlowNode.Builder> all() {
        return current.values();
    }

    boolean isFigure(String name) {
        return figures.contains(name);
    }

    int nextVersion(String name) {
        return versions.merge(name, 1, Integer::sum);
    }

    void bind(String name, FlowNode.Builder dataset) {
        figures.remove(name);
        current.put(name, dataset);
        if (!name.equals(dataset.label)) {
            dataset.aliases.add(name);
        }
    }

    /** The name stands for a drawing, which is no data. */
    void bindFigure(String name) {
        current.remove(name);
        figures.add(name);
    }

    void delete(String name) {
        current.remove(name);
        figures.remove(name);
    }

    /** The object was changed in place: all its names stand for what it became. */
    void change(FlowNode.Builder before, FlowNode.Builder after) {
        current.replace(before, after);
        byObject.replace(before, after);
        after.aliases.addAll(before.aliases);
    }

    /** What an execution told of a name when it had ended. */
    void note(Variable variable) {
        String root = root(variable);
        FlowNode.Builder dataset = current.get(variable.name());
        if (dataset != null && root != null) {
            byObject.put(root, dataset);
        }
    }

    /** The key of the object that the variable is; null if not known. */
    static @Nullable String root(@Nullable Variable variable) {
        List<Location> content = variable == null ? List.of() : variable.content();
        return content.isEmpty() ? null : content.get(0).key();
    }

    /**
     * Datasets by key, and the keys of each dataset: a long session knows thousands of objects, and looking at all of them for each change took half
     * of the time of a picture.
     */
    @SuppressWarnings("CollectionIncompatibleType") // Builders are told apart by identity, as the map does.
    private static final class Meanings {
        private final Map<String, FlowNode.Builder> byKey = new LinkedHashMap<>();
        private final Map<FlowNode.Builder, Set<String>> keys = new IdentityHashMap<>();

        FlowNode.@Nullable Builder get(String key) {
            return byKey.get(key);
        }

        Collection<FlowNode.Builder> values() {
            return byKey.values();
        }

        void put(String key, FlowNode.Builder dataset) {
            FlowNode.Builder before = byKey.put(key, dataset);
            if (before != dataset) {
                forget(before, key);
                keys.computeIfAbsent(dataset, d -> new LinkedHashSet<>()).add(key);
            }
        }

        void remove(String key) {
            forget(byKey.remove(key), key);
        }

        void replace(FlowNode.Builder before, FlowNode.Builder after) {
            for (String key : List.copyOf(keys.getOrDefault(before, Set.of()))) {
                put(key, after);
            }
        }

        private void forget(FlowNode.@Nullable Builder dataset, String key) {
            Set<String> held = dataset == null ? null : keys.get(dataset);
            if (held != null && held.remove(key) && held.isEmpty()) {
                keys.remove(dataset);
            }
        }
    }

    /** Numbers the names whose origin was not recorded. */
    int nextUnknown() {
        return unknowns++;
    }
}
