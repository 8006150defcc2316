package dev.trackit.runner.picture;

import dev.trackit.api.Location;
import dev.trackit.api.Variable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which dataset each name of a kernel session stands for, while its executions are read in order. Names of one object share it. */
final class SessionNames {
    private final Map<String, FlowNode.Builder> current = new LinkedHashMap<>();
    private final Map<String, FlowNode.Builder> byObject = new HashMap<>();
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
        current.replaceAll((name, dataset) -> dataset == before ? after : dataset);
        byObject.replaceAll((key, dataset) -> dataset == before ? after : dataset);
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

    /** Numbers the names whose origin was not recorded. */
    int nextUnknown() {
        return unknowns++;
    }
}
