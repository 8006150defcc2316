package dev.trackit.core.lineage;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.TransformationKind;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds statements that change nothing because they do again what they did before: the same text, on the same versions, into parts that
 * nobody touched in between. People run cells again all the time; {@code df["total"] = df["a"] + df["b"]} run twice changes {@code df}
 * once. Only statements whose result the versions they used decide can be found so: a draw from a random generator uses another version
 * of its state each time.
 */
final class Repeats {
    private final Map<String, StatementNode> last = new HashMap<>();

    /**
     * Looks at a statement whose effects are in the graph.
     *
     * @param overwritten what stood, before this statement, at the parts and objects that it changed
     */
    void look(StatementNode node, List<@Nullable Version> overwritten) {
        StatementNode before = last.put(node.statement().text(), node);
        if (before != null && isDecided(node) && usesTheSame(node, before) && makesTheSame(node, before, overwritten)) {
            node.repeats(before.original());
        }
    }

    private static boolean isDecided(StatementNode node) {
        for (Statement.Trait trait : node.statement().traits()) {
            switch (trait) {
                case UNREADABLE, NOT_RUN, FAILED, OPAQUE, IPYTHON -> {
                    return false;
                }
                case IMPORT, DEFINITION, DISPLAY -> {}
            }
        }
        boolean fits = node.statement().transformations().stream().anyMatch(t -> t.kind() == TransformationKind.FIT);
        for (Effect effect : node.statement().effects()) {
            boolean changesObject = effect.location().kind() == Location.Kind.OBJECT
                    && effect.kind() == Effect.Kind.MUTATE
                    && effect.certainty() != Effect.Certainty.POSSIBLE
                    && !fits;
            if (changesObject || effect.kind() == Effect.Kind.DELETE) {
                return false;
            }
        }
        return true;
    }

    /**
     * Each value that it read must be one that it had read the time before. An object that it made then on its way, such as the column of
     * a frame, may be read now, unless it is what the statement changes.
     */
    private static boolean usesTheSame(StatementNode node, StatementNode before) {
        Set<Version> known = Collections.newSetFromMap(new IdentityHashMap<>());
        before.uses().forEach(use -> known.add(use.version().original()));
        Set<String> changed = new HashSet<>();
        node.made().forEach(version -> changed.add(version.location().key()));
        for (Use use : node.uses()) {
            Version version = use.version();
            boolean same = use.kind() == Use.Kind.MUTATION
                    || known.contains(version.original())
                    || (version.original().writer() == before.original()
                            && !changed.contains(version.location().key()));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** What it changes must still stand as it left it the time before. */
    private static boolean makesTheSame(StatementNode node, StatementNode before, List<@Nullable Version> overwritten) {
        for (int i = 0; i < node.made().size(); i++) {
            Version made = node.made().get(i);
            Location.Kind kind = made.location().kind();
            if (kind == Location.Kind.HIDDEN || kind == Location.Kind.EXTERNAL) {
                return false;
            }
            if (kind == Location.Kind.PART && Version.replaces(made.effect())) {
                Version stood = overwritten.get(i);
                if (stood == null || stood.original().writer() != before.original()) {
                    return false;
                }
            }
        }
        return true;
    }
}
