package dev.trackit.core.slice;

import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Location;
import dev.trackit.api.Origin;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.core.lineage.Use;
import dev.trackit.core.lineage.Version;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what speaks against a slice's result being the session's. */
final class Warnings {
    private static final Pattern ADDRESS = Pattern.compile("(?:https?|ftp|s3|gs)://");

    /** Hidden state that no code of the session makes, and what a statement does that rests on it. */
    private static final Map<String, String> CHANGING =
            Map.of("clock", "reads the clock", "process", "asks what process it runs in");

    private final LineageGraph graph;
    private final Slice.Target target;
    private final List<StatementNode> statements;
    private final Set<String> warnings = new LinkedHashSet<>();

    Warnings(LineageGraph graph, Slice.Target target, List<StatementNode> statements) {
        this.graph = graph;
        this.target = target;
        this.statements = statements;
    }

    List<String> all() {
        statements.stream().map(s -> s.execution().session()).distinct().forEach(session -> ofSession(session));
        statements.forEach(this::ofStatement);
        ofNames();
        return List.copyOf(warnings);
    }

    private void ofSession(Session session) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        int known = 0;
        for (ExecutionNode node : graph.executions(session)) {
            if (node.order() > target.at().order()) {
                break;
            }
            Execution execution = node.execution();
            if (execution.status() == ExecutionStatus.ABORTED) {
                warnings.add(place(node) + " did not end: what it had done by then is not known.");
            }
            for (StatementNode statement : node.statements()) {
                if (statement.is(Statement.Trait.UNREADABLE)) {
                    warnings.add(place(statement) + " could not be read: what it did is not known.");
                }
            }
            if (execution.origin() == Origin.SAVED && execution.executionCount().isPresent()) {
                first = Math.min(first, execution.executionCount().getAsInt());
                last = Math.max(last, execution.executionCount().getAsInt());
                known++;
            }
        }
        if (known > 0 && (first > 1 || last > known)) {
            warnings.add("The saved notebook holds " + known + " of at least " + last
                    + " executions of its session: what the others did is not known.");
        }
    }

    private void ofStatement(StatementNode statement) {
        if (statement.is(Statement.Trait.FAILED)) {
            warnings.add(place(statement)
                    + " failed with an error: what it had done before is taken over by running it again.");
        }
        if (statement.is(Statement.Trait.OPAQUE)) {
            warnings.add(place(statement) + " has effects that cannot be told from the code.");
        }
        ofHiddenState(statement);
        if (statement.is(Statement.Trait.IPYTHON)
                && IpythonText.isShell(statement.statement().text())) {
            warnings.add(
                    place(statement) + " runs a command of the shell: what it reads and changes is not wholly known.");
        }
        for (String name : statement.unresolved()) {
            warnings.add(place(statement) + " uses " + name + ", which nothing recorded defines.");
        }
        for (String assumption : statement.statement().assumptions()) {
            warnings.add(place(statement) + ": " + assumption);
        }
        for (ExternalDataset.Access access : statement.inputs()) {
            Version read = access.version();
            if (read == null) {
                access.dataset().writes().stream()
                        .filter(write -> write.statement().order() > statement.order())
                        .findFirst()
                        .ifPresent(
                                write -> warnings.add(access.label() + " was overwritten by " + place(write.statement())
                                        + " after it was read: the file may not be the one that was read."));
            }
        }
    }

    /** What is another in each run: the time, chance, the machine, the network. */
    private void ofHiddenState(StatementNode statement) {
        for (Effect effect : statement.statement().effects()) {
            Location location = effect.location();
            if (effect.kind() != Effect.Kind.READ) {
                continue;
            }
            if (location.kind() == Location.Kind.EXTERNAL
                    && ADDRESS.matcher(location.label()).lookingAt()) {
                warnings.add(place(statement) + " reads " + location.label()
                        + " over the network: it may give something else by now.");
            }
            if (location.kind() != Location.Kind.HIDDEN) {
                continue;
            }
            String what = CHANGING.get(location.label());
            if (what != null) {
                warnings.add(place(statement) + " " + what + ": it is another in each run.");
            } else if (location.key().contains("random") && effect.sure() && !isSeeded(statement, location)) {
                warnings.add(
                        place(statement) + " draws random numbers that nothing seeded: they are others in each run.");
            } else if (location.label().equals("os.environ") && !uses(statement, location)) {
                warnings.add(place(statement) + " reads the environment of the process, which is not recorded.");
            }
        }
    }

    private static boolean isSeeded(StatementNode statement, Location location) {
        // A seed in a loop is one, though it is not sure that the loop runs.
        return statement.statement().effects().stream()
                        .anyMatch(effect -> effect.kind() == Effect.Kind.WRITE
                                && effect.location().equals(location))
                || statement.uses().stream()
                        .map(Use::version)
                        .anyMatch(version -> version.location().equals(location) && isWritten(version));
    }

    private static boolean isWritten(Version head) {
        for (Version version = head; version != null; version = version.prior()) {
            if (version.effect().kind() == Effect.Kind.WRITE) {
                return true;
            }
        }
        return false;
    }

    private static boolean uses(StatementNode statement, Location location) {
        return statement.uses().stream()
                .anyMatch(use -> use.version().location().equals(location));
    }

    /** Sessions that read from each other in turns share the script's one namespace. */
    private void ofNames() {
        java.util.Map<String, StatementNode> owner = new java.util.HashMap<>();
        String current = "";
        Set<String> closed = new LinkedHashSet<>();
        boolean mixed = false;
        for (StatementNode statement : statements) {
            String session = statement.execution().session().id();
            if (!session.equals(current)) {
                mixed |= closed.contains(session);
                closed.add(session);
                current = session;
            }
        }
        if (!mixed) {
            return;
        }
        for (StatementNode statement : statements) {
            for (Version version : statement.made()) {
                if (version.location().kind() == Location.Kind.BINDING && !Closure.isImport(statement)) {
                    StatementNode other = owner.putIfAbsent(version.location().label(), statement);
                    if (other != null
                            && other.execution().session()
                                    != statement.execution().session()) {
                        warnings.add("Two sessions that take turns both bind "
                                + version.location().label() + ": in one script they disturb each other.");
                    }
                }
            }
        }
    }

    static String place(ExecutionNode node) {
        Execution execution = node.execution();
        return execution.executionCount().isPresent()
                ? "In [" + execution.executionCount().getAsInt() + "]"
                : "Execution " + execution.sequence();
    }

    private String place(StatementNode statement) {
        String notebook = statement.execution().notebook().equals(target.notebook())
                ? ""
                : statement.execution().notebook() + " ";
        return notebook + place(statement.execution()) + " line "
                + statement.statement().firstLine();
    }
}
