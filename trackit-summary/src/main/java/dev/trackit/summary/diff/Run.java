package dev.trackit.summary.diff;

import static java.util.Objects.requireNonNull;

import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a session at one point: what was executed up to then, and of each cell its last execution, in the order in which the cells stand. A session, an
 * experiment and a time are told by their last execution.
 *
 * @param graph in which it stands
 * @param end its last execution
 * @param executions all executions of the session up to the end, in order
 * @param cells the last execution of each cell, in the order of the cells where that is known
 */
public record Run(LineageGraph graph, ExecutionNode end, List<ExecutionNode> executions, List<ExecutionNode> cells) {

    /** Checks and copies. */
    public Run {
        requireNonNull(graph, "graph");
        requireNonNull(end, "end");
        executions = List.copyOf(executions);
        cells = List.copyOf(cells);
    }

    /** The run that ends with this execution. */
    public static Run endingWith(LineageGraph graph, ExecutionNode end) {
        List<ExecutionNode> executions = new ArrayList<>();
        Map<String, ExecutionNode> cells = new LinkedHashMap<>();
        for (ExecutionNode node : graph.executions(end.session())) {
            if (node.order() <= end.order()) {
                executions.add(node);
                cells.remove(cellOf(node));
                cells.put(cellOf(node), node);
            }
        }
        List<ExecutionNode> ordered = new ArrayList<>(cells.values());
        boolean placed = ordered.stream().allMatch(n -> n.execution().cell().cellIndex() >= 0);
        if (placed) {
            ordered.sort(Comparator.comparingInt(n -> n.execution().cell().cellIndex()));
        }
        return new Run(graph, end, executions, ordered);
    }

    /** What tells the cell of an execution from others of its notebook; where it is not known, code that is the same is the same cell. */
    static String cellOf(ExecutionNode node) {
        return node.execution().cell().isSettled()
                ? "id:" + node.execution().cell().cellId()
                : "code:" + node.execution().code().strip();
    }
}
