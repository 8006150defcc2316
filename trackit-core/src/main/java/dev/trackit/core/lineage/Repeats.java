package dev.trackit.core.lineage;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.TransformationKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static boolean usesTheSame(StatementNode node, StatementNode before) {
        int i = 0;
        for (Use use : before.uses()) {
            if (use.kind() == Use.Kind.MUTATION) {
                continue;
            }
            while (i < node.uses().size() && node.uses().get(i).kind() == Use.Kind.MUTATION) {
                i++;
            }
            if (i == node.uses().size()
                    || node.uses().get(i).version().original() != use.version().original()) {
                return false;
            }
            i++;
        }
        return node.uses().stream().skip(i).allMatch(use -> use.kind() == Use.Kind.MUTATION);
    }

    /** What it changes must still stand as it left it the time before. */
    private static boolean makesTheSame(StatementNode node, StatementNode before, List<@Nullable Version> overwritten) {
        if (node.made().size() != before.made().size()) {
            return false;
        }
        for (int i = 0; i < node.made().size(); i++) {
            Location location = node.made().get(i).location();
            Version stood = overwritten.get(i);
            if (location.kind() != before.made().get(i).location().kind()
                    || location.kind() == Location.Kind.HIDDEN
                    || location.kind() == Location.Kind.EXTERNAL) {
                return false;
            }
            boolean inPlace = location.kind() == Location.Kind.PART
                    && Version.replaces(node.made().get(i).effect());
            if (inPlace
                    && stood != null
                    && stood.original() != before.made().get(i).original()) {
                return false;
            }
            if (inPlace
                    && stood == null
                    && node.made()
                            .get(i)
                            .location()
                            .key()
                            .equals(before.made().get(i).location().key())) {
                return false;
            }
        }
        return true;
    }
}
