package dev.trackit.summary.diff;

import static java.util.Objects.requireNonNull;

import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.core.lineage.Use;
import dev.trackit.summary.diff.Difference.Change;
import dev.trackit.summary.diff.Difference.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two runs, of one notebook or of two, at the levels of input files, cells, steps on data and results.
 *
 * <p>Results are compared where both runs show them: a file that was written, the shape of a frame that was displayed, what the same cell printed. A
 * difference explains a result if the result rests on it, by what the graph knows; those that explain the most come first.
 *
 * @param before the first run
 * @param after the second run
 * @param causes what differs of inputs, cells and steps, what can explain the most first
 * @param results what differs of the results, in order
 */
public record RunDiff(Run before, Run after, List<Difference> causes, List<Difference> results) {

    /** Checks and copies. */
    public RunDiff {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        causes = List.copyOf(causes);
        results = List.copyOf(results);
    }

    /** Compares two runs of the same graph. */
    public static RunDiff between(Run before, Run after) {
        CellPairs pairs = new CellPairs(before, after);
        ResultChanges outcome = new ResultChanges(before, after);
        List<Difference> causes = new ArrayList<>(outcome.inputs());
        addCells(pairs, before, after, causes);
        List<Difference> results = List.copyOf(outcome.results(pairs.pairs()));
        return new RunDiff(before, after, explained(causes, results), results);
    }

    /** Whether nothing is different. */
    public boolean isEmpty() {
        return causes.isEmpty() && results.isEmpty();
    }

    /** The causes of one level, in order. */
    public List<Difference> causes(Level level) {
        return causes.stream().filter(d -> d.level() == level).toList();
    }

    private static void addCells(CellPairs pairs, Run before, Run after, List<Difference> causes) {
        Set<ExecutionNode> moved = pairs.moved(before, after);
        pairs.pairs().forEach((old, now) -> {
            String was = old.execution().code().strip();
            String is = now.execution().code().strip();
            if (!was.equals(is)) {
                causes.add(Difference.of(
                        Level.CELL, ResultChanges.firstLine(now), without(was, is), without(is, was), old, now));
                causes.addAll(StepChanges.between(old, now));
            } else if (moved.contains(now)) {
                causes.add(new Difference(
                        Level.CELL,
                        Change.MOVED,
                        ResultChanges.firstLine(now),
                        place(before, old),
                        place(after, now),
                        old,
                        now,
                        List.of()));
            }
        });
        pairs.removed().forEach(old -> {
            causes.add(Difference.of(
                    Level.CELL,
                    ResultChanges.firstLine(old),
                    old.execution().code().strip(),
                    "",
                    old,
                    null));
            causes.addAll(StepChanges.between(old, null));
        });
        pairs.added().forEach(now -> {
            causes.add(Difference.of(
                    Level.CELL,
                    ResultChanges.firstLine(now),
                    "",
                    now.execution().code().strip(),
                    null,
                    now));
            causes.addAll(StepChanges.between(null, now));
        });
    }

    private static String place(Run run, ExecutionNode node) {
        return "place " + (run.cells().indexOf(node) + 1);
    }

    /** The lines of one text that the other has not. */
    private static String without(String these, String others) {
        List<String> left = these.lines().collect(Collectors.toCollection(ArrayList::new));
        others.lines().forEach(left::remove);
        return left.stream().filter(l -> !l.isBlank()).collect(Collectors.joining("\n"));
    }

    private static List<Difference> explained(List<Difference> causes, List<Difference> results) {
        Map<Difference, Set<ExecutionNode>> behind = new HashMap<>();
        results.forEach(r -> behind.put(r, behind(r)));
        List<Difference> explained = new ArrayList<>();
        for (Difference cause : causes) {
            Set<String> subjects = new LinkedHashSet<>();
            for (Difference result : results) {
                Set<ExecutionNode> of = behind.getOrDefault(result, Set.of());
                if (contains(of, cause.earlier()) || contains(of, cause.later())) {
                    subjects.add(result.subject());
                }
            }
            explained.add(cause.explaining(List.copyOf(subjects)));
        }
        explained.sort(Comparator.comparingInt((Difference d) -> -d.explains().size())
                .thenComparing(d -> d.level() == Level.INPUT ? 0 : 1)
                .thenComparing(RunDiff::orderOf));
        return explained;
    }

    private static int orderOf(Difference difference) {
        ExecutionNode node = difference.later() != null ? difference.later() : difference.earlier();
        return node == null ? Integer.MAX_VALUE : node.order();
    }

    private static boolean contains(Set<ExecutionNode> nodes, @Nullable ExecutionNode node) {
        return node != null && nodes.contains(node);
    }

    /** The executions on which a result rests, in both runs. */
    private static Set<ExecutionNode> behind(Difference result) {
        Deque<StatementNode> open = new ArrayDeque<>();
        Set<StatementNode> seen = new HashSet<>();
        for (ExecutionNode node : new ExecutionNode[] {result.earlier(), result.later()}) {
            if (node != null) {
                open.addAll(node.statements());
            }
        }
        Set<ExecutionNode> executions = new HashSet<>();
        while (!open.isEmpty()) {
            StatementNode statement = open.pop();
            if (seen.add(statement)) {
                executions.add(statement.execution());
                for (Use use : statement.uses()) {
                    open.push(use.on());
                    // What was changed in place rests on all changes before.
                    for (var version = use.version().prior(); version != null; version = version.prior()) {
                        open.push(version.writer());
                    }
                }
            }
        }
        return executions;
    }
}
