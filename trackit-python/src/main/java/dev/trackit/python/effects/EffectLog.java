package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the statement that is being run has done so far. */
final class EffectLog {

    /** How sure it is that what is evaluated now happens at all. */
    Certainty certainty = Certainty.SURE;

    /** Whether it may do something that cannot be told from the code, such as binding names. */
    boolean opaque;

    private final Map<Key, Effect> effects = new LinkedHashMap<>();
    private final Set<String> assumptions = new LinkedHashSet<>();

    private final Repetitions repetitions;

    /** A session says the same of the same places thousands of times, and all of it is kept: it is held once. */
    private final Map<Effect, Effect> said = new HashMap<>();

    EffectLog(Repetitions repetitions) {
        this.repetitions = repetitions;
    }

    private record Key(Effect.Kind kind, String key, String name) {}

    void begin() {
        effects.clear();
        assumptions.clear();
        certainty = Certainty.SURE;
        opaque = false;
    }

    void add(Effect.Kind kind, Location location, Certainty atMost, boolean before) {
        Certainty sureness = weaker(certainty, atMost);
        repetitions.note(kind, location);
        Key key = new Key(kind, location.key(), location.name());
        Effect old = effects.get(key);
        if (old == null) {
            effects.put(key, new Effect(kind, location, sureness, before));
        } else if (old.certainty().compareTo(sureness) > 0 || before && !old.before()) {
            Certainty stronger = old.certainty().compareTo(sureness) < 0 ? old.certainty() : sureness;
            effects.put(key, new Effect(kind, old.location(), stronger, before || old.before()));
        }
    }

    void add(Effect.Kind kind, Location location, boolean before) {
        add(kind, location, Certainty.SURE, before);
    }

    void assume(String sentence) {
        if (assumptions.size() < 40) {
            assumptions.add(sentence);
        }
    }

    static Certainty weaker(Certainty a, Certainty b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    List<Effect> effects() {
        List<Effect> all = new ArrayList<>(effects.size());
        effects.values().forEach(effect -> all.add(said.computeIfAbsent(effect, same -> same)));
        return all;
    }

    List<String> assumptions() {
        return new ArrayList<>(assumptions);
    }
}
