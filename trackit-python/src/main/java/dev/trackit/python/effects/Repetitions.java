package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Recognises a statement that runs again and changes nothing: {@code df["x"] = df["y"] * 2} a second time, while neither what it reads
 * nor what it wrote has changed in between. Each location has a version, counted up by every change that is one.
 */
final class Repetitions {
    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<String, Run> last = new HashMap<>();
    private final Map<String, Integer> read = new HashMap<>();
    private final Map<String, Integer> changed = new HashMap<>();
    private final Set<String> settled = new HashSet<>();

    /** Whether the name of a binding's key now stands for a constant, module or function: binding it again gives the same. */
    private final Predicate<String> bindsSame;

    Repetitions(Predicate<String> bindsSame) {
        this.bindsSame = bindsSame;
    }

    /**
     * What a statement read and changed when it ran last.
     *
     * @param read the versions that it saw
     * @param left the versions that it left behind
     */
    private record Run(Map<String, Integer> read, Map<String, Integer> left) {}

    void begin() {
        read.clear();
        changed.clear();
        settled.clear();
    }

    void note(Effect.Kind kind, Location location) {
        String key = location.key();
        if (kind == Effect.Kind.READ) {
            read.putIfAbsent(key, versions.getOrDefault(key, 0));
        } else if (!isMade(kind, location) && !key.startsWith("hidden:Out[")) {
            changed.putIfAbsent(key, versions.getOrDefault(key, 0));
        }
    }

    private static boolean isMade(Effect.Kind kind, Location location) {
        return location.kind() == Location.Kind.OBJECT && kind == Effect.Kind.WRITE;
    }

    /** The statement brings the object into a state in which doing the same again changes nothing: sorted, filled, fitted. */
    void settles(HeapObject o) {
        settled.add(Heap.objectKey(o));
    }

    private boolean isSettled(String key) {
        for (String each : settled) {
            if (key.equals(each) || key.startsWith(each) && !Character.isDigit(key.charAt(each.length()))) {
                return true;
            }
        }
        return false;
    }

    /** The statement has ended. @return its effects without changes that change nothing */
    List<Effect> end(String text, List<Effect> effects) {
        if (changed.isEmpty()) {
            return effects;
        }
        Run before = last.get(text);
        boolean sameInputs = before != null && sameInputs(before);
        boolean repeats = before != null && sameInputs && sameState(before);
        for (String key : changed.keySet()) {
            if (!repeats && !(sameInputs && bindsSame.test(key))) {
                versions.merge(key, 1, Integer::sum);
            }
        }
        Map<String, Integer> left = new HashMap<>();
        for (String key : changed.keySet()) {
            left.put(key, versions.getOrDefault(key, 0));
        }
        if (before != null && repeats) {
            before.left().forEach(left::putIfAbsent);
        }
        last.put(text, new Run(new HashMap<>(read), left));
        if (!repeats) {
            return effects;
        }
        List<Effect> kept = new ArrayList<>();
        for (Effect e : effects) {
            if (!changesContent(e)) {
                kept.add(e);
            }
        }
        return kept;
    }

    private boolean sameInputs(Run before) {
        for (Map.Entry<String, Integer> e : read.entrySet()) {
            if (!isSettled(e.getKey()) && !e.getValue().equals(seen(before.read(), e.getKey()))) {
                return false;
            }
        }
        for (Map.Entry<String, Integer> e : before.read().entrySet()) {
            if (!isSettled(e.getKey()) && !read.containsKey(e.getKey())) {
                return false;
            }
        }
        return true;
    }

    private static Integer seen(Map<String, Integer> versions, String key) {
        return versions.getOrDefault(key, 0);
    }

    private boolean sameState(Run before) {
        boolean content = false;
        for (Map.Entry<String, Integer> e : changed.entrySet()) {
            Integer left = before.left().get(e.getKey());
            boolean binding = e.getKey().startsWith("name:");
            if (!binding && !e.getValue().equals(left)) {
                return false;
            }
            content |= !binding;
        }
        return content;
    }

    private static boolean changesContent(Effect e) {
        if (e.kind() == Effect.Kind.READ) {
            return false;
        }
        return e.location().kind() == Location.Kind.PART
                || e.location().kind() == Location.Kind.OBJECT && e.kind() != Effect.Kind.WRITE;
    }
}
