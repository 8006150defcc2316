package dev.trackit.python.effects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers what names were bound to, so that the branches of a condition can be followed from the same state and then joined. */
final class Trail {
    private final Names names;
    private final List<Entry> entries = new ArrayList<>();
    private int depth;

    Trail(Names names) {
        this.names = names;
    }

    private record Entry(Scope scope, String name, @Nullable Binding old) {}

    /** A name in its namespace. */
    record Place(Scope scope, String name) {}

    /** Must be called before a name is bound or unbound. */
    void note(Scope scope, String name) {
        if (depth > 0) {
            entries.add(new Entry(scope, name, scope.bindings.get(name)));
        }
    }

    /** Begins a branch. @return where it began */
    int begin() {
        depth++;
        return entries.size();
    }

    /** Ends a branch: says what it bound, and takes it back. */
    Map<Place, @Nullable Binding> rollBack(int begin) {
        Map<Place, @Nullable Binding> changed = new LinkedHashMap<>();
        for (int i = begin; i < entries.size(); i++) {
            Entry e = entries.get(i);
            changed.putIfAbsent(new Place(e.scope, e.name), e.scope.bindings.get(e.name));
        }
        for (int i = entries.size() - 1; i >= begin; i--) {
            Entry e = entries.remove(i);
            names.restore(e.scope, e.name, e.old);
        }
        depth--;
        return changed;
    }

    /**
     * Puts in what some branches bound: where all of them bound a name, it has one of these values; where not, perhaps still the
     * old one.
     */
    void join(List<Map<Place, @Nullable Binding>> branches) {
        if (branches.isEmpty()) {
            return;
        }
        Map<Place, Boolean> places = new LinkedHashMap<>();
        for (Map<Place, @Nullable Binding> branch : branches) {
            branch.keySet().forEach(p -> places.put(p, true));
        }
        for (Place place : places.keySet()) {
            Binding old = place.scope.bindings.get(place.name);
            Binding joined = null;
            boolean first = true;
            for (Map<Place, @Nullable Binding> branch : branches) {
                Binding b = branch.containsKey(place) ? branch.get(place) : old;
                joined = first ? b : join(joined, b);
                first = false;
            }
            note(place.scope, place.name);
            names.restore(place.scope, place.name, joined);
        }
    }

    private static @Nullable Binding join(@Nullable Binding a, @Nullable Binding b) {
        if (a == null || b == null) {
            // Where one branch leaves the name unbound, whoever reads it sees what the other one bound.
            return a == null ? b : a;
        }
        if (a == b) {
            return a;
        }
        boolean sure = a.sure() && b.sure() && a.execution() == b.execution();
        return new Binding(a.value().join(b.value()), Math.max(a.execution(), b.execution()), sure);
    }
}
