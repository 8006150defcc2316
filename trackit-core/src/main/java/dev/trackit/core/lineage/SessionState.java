package dev.trackit.core.lineage;

import dev.trackit.api.Session;
import dev.trackit.api.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the graph keeps of one kernel session: its own namespace of locations, and what its names stood for at each time. */
final class SessionState {
    private final String notebook;
    private final Session session;
    private final Map<String, History> histories = new HashMap<>();
    private final Map<String, History> bindings = new LinkedHashMap<>();
    private final Map<String, List<Dated>> variables = new HashMap<>();
    private final History unknown = new History();
    private final Repeats repeats = new Repeats();
    private final List<ExecutionNode> executions = new ArrayList<>();

    SessionState(String notebook, Session session) {
        this.notebook = notebook;
        this.session = session;
    }

    /** What a name stood for from an execution on. */
    record Dated(int order, Variable variable) {}

    String notebook() {
        return notebook;
    }

    Session session() {
        return session;
    }

    List<ExecutionNode> executions() {
        return executions;
    }

    @Nullable
    History find(String key) {
        return histories.get(key);
    }

    History history(String key) {
        return histories.computeIfAbsent(key, k -> new History());
    }

    /** The statements whose effects are not known, as one location. */
    History unknown() {
        return unknown;
    }

    Repeats repeats() {
        return repeats;
    }

    Map<String, History> bindings() {
        return bindings;
    }

    void bound(String name, History history) {
        bindings.putIfAbsent(name, history);
    }

    void note(int order, Variable variable) {
        variables.computeIfAbsent(variable.name(), n -> new ArrayList<>(2)).add(new Dated(order, variable));
    }

    /** What the name stood for before the execution of this order began. */
    @Nullable
    Variable variable(String name, int limit) {
        List<Dated> dated = variables.getOrDefault(name, List.of());
        for (int i = dated.size() - 1; i >= 0; i--) {
            if (dated.get(i).order() < limit) {
                return dated.get(i).variable();
            }
        }
        return null;
    }
}
