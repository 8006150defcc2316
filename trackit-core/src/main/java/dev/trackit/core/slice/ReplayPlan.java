package dev.trackit.core.slice;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.core.lineage.Use;
import dev.trackit.core.lineage.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How to run a slice so that its result can be held against the record: its statements, and with them those displays of the session
 * that show nothing but what the slice makes. Each step is run by itself, and its outputs are compared with those of the execution
 * that it came from.
 *
 * @param script the slice with the displays
 * @param steps what to run, in order
 */
public record ReplayPlan(PythonScript script, List<Step> steps) {

    /** Checks and copies. */
    public ReplayPlan {
        requireNonNull(script, "script");
        steps = List.copyOf(steps);
    }

    /**
     * One thing to run.
     *
     * @param execution the execution that it came from
     * @param code the code
     * @param last whether the execution's last statement is in it, so that its result can be compared
     */
    public record Step(ExecutionNode execution, String code, boolean last) {
        /** Checks. */
        public Step {
            requireNonNull(execution, "execution");
            requireNonNull(code, "code");
        }
    }

    /** Plans the replay of a slice of this graph. */
    public static ReplayPlan of(LineageGraph graph, Slice slice) {
        Map<StatementNode, Set<String>> taken = new IdentityHashMap<>();
        slice.pieces().forEach(piece -> taken.put(piece.statement(), piece.names()));
        List<StatementNode> statements = new ArrayList<>();
        slice.pieces().forEach(piece -> statements.add(piece.statement()));
        Set<StatementNode> displays = displays(graph, slice, taken);
        statements.addAll(displays);
        List<Slice.Piece> pieces = new ArrayList<>();
        for (StatementNode statement : new SessionBlocks(statements).inOrder()) {
            pieces.add(new Slice.Piece(statement, taken.getOrDefault(statement, Set.of())));
        }
        PythonScript script = PythonScript.of(new Slice(slice.target(), pieces, slice.inputs(), slice.warnings()));
        Set<StatementNode> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(statements);
        List<Step> steps = new ArrayList<>();
        for (PythonScript.Part part : script.parts()) {
            List<StatementNode> of = part.execution().statements();
            boolean last = !of.isEmpty() && all.contains(of.get(of.size() - 1));
            steps.add(new Step(part.execution(), part.code(), last));
        }
        return new ReplayPlan(script, steps);
    }

    private static Set<StatementNode> displays(LineageGraph graph, Slice slice, Map<StatementNode, Set<String>> taken) {
        Set<StatementNode> displays = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> sessions = new HashSet<>();
        slice.pieces()
                .forEach(piece ->
                        sessions.add(piece.statement().execution().session().id()));
        Map<StatementNode, Boolean> memo = new HashMap<>();
        for (ExecutionNode execution : graph.executions()) {
            if (execution.order() > slice.target().at().order()) {
                break;
            }
            if (!sessions.contains(execution.session().id())) {
                continue;
            }
            for (StatementNode statement : execution.statements()) {
                if (!taken.containsKey(statement)
                        && memo.computeIfAbsent(statement, s -> showsOnlyWhatIsMade(s, taken))) {
                    displays.add(statement);
                }
            }
        }
        return displays;
    }

    private static boolean showsOnlyWhatIsMade(StatementNode statement, Map<StatementNode, Set<String>> taken) {
        boolean shows = statement.is(Statement.Trait.DISPLAY)
                && !statement.is(Statement.Trait.NOT_RUN)
                && !statement.is(Statement.Trait.FAILED)
                && !statement.is(Statement.Trait.IPYTHON)
                && !statement.is(Statement.Trait.OPAQUE)
                && statement.made().stream().allMatch(ReplayPlan::changesNothing)
                && statement.inputs().isEmpty()
                && statement.unresolved().isEmpty();
        return shows && statement.uses().stream().allMatch(use -> isMade(use, taken));
    }

    private static boolean changesNothing(Version made) {
        Location location = made.location();
        return Closure.isShownResult(location)
                || (location.kind() == Location.Kind.OBJECT && made.effect().kind() == Effect.Kind.WRITE);
    }

    private static boolean isMade(Use use, Map<StatementNode, Set<String>> taken) {
        for (Version version = use.version(); version != null; version = version.prior()) {
            Set<String> names = taken.get(version.writer());
            if (names == null) {
                return false;
            }
            Location location = version.location();
            if (location.kind() == Location.Kind.BINDING
                    && Closure.isImport(version.writer())
                    && !names.contains(location.name().isEmpty() ? location.label() : location.name())) {
                return false;
            }
        }
        return true;
    }
}
