package dev.trackit.summary.outline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Cell;
import dev.trackit.api.Gap;
import dev.trackit.core.lineage.ExecutionNode;
import java.util.List;

/**
 * What an outline is to be made of.
 *
 * @param title what a person calls the notebook
 * @param scope which part of its history this is, in words
 * @param executions the executions of that part, in order; all of one notebook
 * @param cells the notebook's cells as last saved, for their prose; may be empty
 * @param gaps what could not be seen in that part
 * @param doubts what else is not sure of that part, in sentences: what is out of date
 */
public record OutlineRequest(
        String title,
        String scope,
        List<ExecutionNode> executions,
        List<Cell> cells,
        List<Gap> gaps,
        List<String> doubts) {

    /** Checks and copies. */
    public OutlineRequest {
        requireNonNull(title, "title");
        requireNonNull(scope, "scope");
        executions = List.copyOf(executions);
        cells = List.copyOf(cells);
        gaps = List.copyOf(gaps);
        doubts = List.copyOf(doubts);
    }

    /** A request without doubts. */
    public OutlineRequest(
            String title, String scope, List<ExecutionNode> executions, List<Cell> cells, List<Gap> gaps) {
        this(title, scope, executions, cells, gaps, List.of());
    }
}
