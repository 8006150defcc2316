package dev.trackit.summary.outline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Execution;
import dev.trackit.core.lineage.ExecutionNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A branch of the work: it begins where a cell that ran before is run again with other code, and ends where the next one begins. The first
 * begins with the first execution; so does each kernel session.
 *
 * @param number from 1
 * @param occasion what began it, in words
 * @param executions what belongs to it, in order
 */
public record Experiment(int number, String occasion, List<ExecutionNode> executions) {

    /** Checks and copies. */
    public Experiment {
        requireNonNull(occasion, "occasion");
        executions = List.copyOf(executions);
    }

    /** Divides executions, which are in order, into experiments. */
    public static List<Experiment> of(List<ExecutionNode> executions) {
        List<Experiment> experiments = new ArrayList<>();
        List<ExecutionNode> current = new ArrayList<>();
        Map<String, ExecutionNode> lastOfCell = new HashMap<>();
        String occasion = "the first run";
        String session = "";
        for (ExecutionNode node : executions) {
            Execution execution = node.execution();
            String why = "";
            if (!session.isEmpty() && !session.equals(execution.session())) {
                why = "the kernel was started again";
                lastOfCell.clear();
            }
            ExecutionNode before = lastOfCell.get(execution.cell().cellId());
            if (before != null && !before.execution().codeDigest().equals(execution.codeDigest())) {
                why = "the cell of execution #" + before.sequence() + " was edited and run again";
            }
            if (!why.isEmpty() && !current.isEmpty()) {
                experiments.add(new Experiment(experiments.size() + 1, occasion, current));
                current = new ArrayList<>();
                occasion = why;
            }
            current.add(node);
            session = execution.session();
            if (execution.cell().isSettled()) {
                lastOfCell.put(execution.cell().cellId(), node);
            }
        }
        if (!current.isEmpty()) {
            experiments.add(new Experiment(experiments.size() + 1, occasion, current));
        }
        return experiments;
    }
}
