package dev.trackit.runner.picture;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.core.lineage.StatementNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a statement does to names.
 *
 * @param read names whose value it uses
 * @param bound names that it binds, and whether it makes the object that the name then stands for
 * @param changed names whose object it changes in place
 * @param deleted names that it removes
 */
record StatementReading(Set<String> read, Map<String, Boolean> bound, Set<String> changed, Set<String> deleted) {

    /** Effects that usually do not happen do not count. */
    static StatementReading of(StatementNode statement) {
        Set<String> read = new LinkedHashSet<>();
        Map<String, Boolean> bound = new LinkedHashMap<>();
        Set<String> changed = new LinkedHashSet<>();
        Set<String> deleted = new LinkedHashSet<>();
        Set<String> made = new HashSet<>();
        for (Effect effect : statement.statement().effects()) {
            if (effect.certainty() == Effect.Certainty.POSSIBLE) {
                continue;
            }
            Location location = effect.location();
            String name = location.name().isEmpty() && location.kind() == Location.Kind.BINDING
                    ? location.label()
                    : location.name();
            if (location.kind() == Location.Kind.BINDING) {
                switch (effect.kind()) {
                    case READ -> read.add(name);
                    case WRITE, MUTATE -> bound.put(name, false);
                    case DELETE -> deleted.add(name);
                }
            } else if (isObject(location) && !name.isEmpty() && effect.kind() != Effect.Kind.READ) {
                boolean fresh = location.kind() == Location.Kind.OBJECT && effect.kind() == Effect.Kind.WRITE;
                (fresh ? made : changed).add(name);
            }
        }
        bound.replaceAll((name, fresh) -> made.contains(name));
        changed.removeAll(made);
        return new StatementReading(read, bound, changed, deleted);
    }

    private static boolean isObject(Location location) {
        return location.kind() == Location.Kind.OBJECT || location.kind() == Location.Kind.PART;
    }
}
