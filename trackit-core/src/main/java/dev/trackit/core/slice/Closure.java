package dev.trackit.core.slice;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.core.lineage.Use;
import dev.trackit.core.lineage.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One walk backwards over the graph. Used once. */
final class Closure {
    private final LineageGraph graph;
    private final Slice.Target target;
    private final BitSet seen = new BitSet();
    private final Map<StatementNode, Set<String>> taken = new LinkedHashMap<>();
    private final Deque<StatementNode> todo = new ArrayDeque<>();

    Closure(LineageGraph graph, Slice.Target target) {
        this.graph = graph;
        this.target = target;
    }

    Slice of(NamedValue value) {
        need(value.binding());
        value.content().forEach(this::need);
        return result();
    }

    Slice of(Version version) {
        need(version);
        return result();
    }

    private void need(Version head) {
        if (isGenerator(head) && !head.grounded()) {
            // Nothing ever seeded it: what was drawn before does not decide what is drawn next.
            return;
        }
        takeChain(head);
        follow();
    }

    private void takeChain(Version head) {
        for (Version version = head; version != null && !seen.get(version.number()); version = version.prior()) {
            seen.set(version.number());
            take(version.writer(), version);
        }
    }

    private void take(StatementNode statement, Version version) {
        Set<String> names = taken.get(statement);
        if (names == null) {
            names = new HashSet<>(2);
            taken.put(statement, names);
            todo.add(statement);
        }
        Location location = version.location();
        if (location.kind() == Location.Kind.BINDING) {
            names.add(location.name().isEmpty() ? location.label() : location.name());
        } else if (isShownResult(location)) {
            names.add(location.label());
        }
    }

    /** What a cell showed as its result, which IPython keeps under {@code Out[5]}, {@code _5} and {@code _}. */
    static boolean isShownResult(Location location) {
        return location.kind() == Location.Kind.HIDDEN && location.label().startsWith("Out[");
    }

    private void follow() {
        while (!todo.isEmpty()) {
            StatementNode statement = todo.remove();
            for (Use use : statement.uses()) {
                if (!seen.get(use.version().number()) && matters(use, statement)) {
                    takeChain(use.version());
                }
            }
        }
    }

    private boolean matters(Use use, StatementNode user) {
        if (use.kind() != Use.Kind.HIDDEN && use.version().location().kind() != Location.Kind.HIDDEN) {
            return true;
        }
        if (isGenerator(use.version())) {
            return use.version().grounded();
        }
        if (target.kind() == Slice.Target.Kind.VARIABLE && isOnlyPerhapsRead(use.version(), user)) {
            return false;
        }
        // A plot changes no data: what was drawn before matters only to who saves the picture.
        return !isFigure(use.version()) || writesFile(user);
    }

    /** Hidden state that decides how a picture looks, not what a variable is. */
    private static boolean isOnlyPerhapsRead(Version version, StatementNode user) {
        boolean perhaps = false;
        for (Effect effect : user.statement().effects()) {
            if (effect.location().equals(version.location())) {
                if (effect.kind() != Effect.Kind.READ || effect.sure()) {
                    return false;
                }
                perhaps = true;
            }
        }
        return perhaps;
    }

    private static boolean isGenerator(Version version) {
        return version.location().kind() == Location.Kind.HIDDEN
                && version.location().key().contains("random");
    }

    private static boolean isFigure(Version version) {
        return version.location().key().contains("pyplot");
    }

    private static boolean writesFile(StatementNode statement) {
        return statement.statement().effects().stream()
                .anyMatch(e -> e.location().kind() == Location.Kind.EXTERNAL && e.kind() != Effect.Kind.READ);
    }

    private Slice result() {
        List<StatementNode> order = new SessionBlocks(taken.keySet()).inOrder();
        List<Slice.Piece> pieces = new ArrayList<>(order.size());
        for (StatementNode statement : order) {
            pieces.add(new Slice.Piece(statement, taken.getOrDefault(statement, Set.of())));
        }
        List<ExternalDataset> inputs = inputs(order);
        return new Slice(target, pieces, inputs, new Warnings(graph, target, order).all());
    }

    private List<ExternalDataset> inputs(List<StatementNode> order) {
        Set<ExternalDataset> inputs = new LinkedHashSet<>();
        for (StatementNode statement : order) {
            for (ExternalDataset.Access access : statement.inputs()) {
                Version version = access.version();
                if (version == null || !version.grounded() || !taken.containsKey(version.writer())) {
                    inputs.add(access.dataset());
                }
            }
        }
        Set<ExternalDataset> sorted = new TreeSet<>((a, b) -> a.key().compareTo(b.key()));
        sorted.addAll(inputs);
        return List.copyOf(sorted);
    }

    static boolean isImport(StatementNode statement) {
        return statement.is(Statement.Trait.IMPORT);
    }
}
