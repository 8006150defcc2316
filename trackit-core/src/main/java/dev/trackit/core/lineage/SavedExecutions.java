package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.CellType;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Notebook;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The executions that a saved notebook tells of, without a record: one session, each code cell at most once.
 *
 * @param session a session that stands for the file
 * @param executions the executions in order, numbered from 1
 */
public record SavedExecutions(Session session, List<Execution> executions) {

    /** In which order the cells of a file are taken to have run. */
    public enum Order {
        /** By the saved execution counts; cells without a count did not run. Without any count, as {@link #FILE}. */
        COUNT,
        /** As they stand in the file, all of them. */
        FILE
    }

    /** Checks and copies. */
    public SavedExecutions {
        requireNonNull(session, "session");
        executions = List.copyOf(executions);
    }

    /** Takes them from a notebook. */
    public static SavedExecutions of(Notebook notebook, Order order) {
        Path folder = notebook.path().getParent();
        Session session = Session.builder(
                        "saved:" + notebook.path(), notebook.path().toString())
                .language(notebook.language())
                .kernelName(notebook.kernelName())
                .workingFolder(folder)
                .live(false)
                .build();
        List<Cell> cells = new ArrayList<>(notebook.cells().stream()
                .filter(cell -> cell.type() == CellType.CODE && !cell.source().isBlank())
                .toList());
        boolean counted = cells.stream().anyMatch(cell -> cell.executionCount().isPresent());
        if (order == Order.COUNT && counted) {
            cells.removeIf(cell -> cell.executionCount().isEmpty());
            cells.sort(Comparator.comparingInt(cell -> cell.executionCount().orElse(0)));
        }
        List<Execution> executions = new ArrayList<>(cells.size());
        for (Cell cell : cells) {
            executions.add(execution(session, cell, executions.size() + 1));
        }
        return new SavedExecutions(session, executions);
    }

    private static Execution execution(Session session, Cell cell, int sequence) {
        boolean failed = cell.outputs().stream().anyMatch(output -> output.type() == Output.Type.ERROR);
        return Execution.builder(session.id() + "#" + sequence, session.id(), cell.source())
                .sequence(sequence)
                .executionCount(
                        cell.executionCount().isPresent()
                                ? cell.executionCount().getAsInt()
                                : null)
                .status(failed ? ExecutionStatus.ERROR : ExecutionStatus.OK)
                .origin(Origin.SAVED)
                .startedAt(time(cell, "iopub.execute_input"))
                .finishedAt(time(cell, "shell.execute_reply"))
                .outputs(cell.outputs())
                .cell(CellMatch.of(CellMatch.Basis.CELL_ID, cell.id(), cell.index()))
                .build();
    }

    private static @Nullable Instant time(Cell cell, String key) {
        Optional<String> written = cell.timing(key);
        if (written.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(written.get()).toInstant();
        } catch (DateTimeException e) {
            // Written by some front end in a form of its own: the order is told by the counts, so the time can be
            // missing.
            return null;
        }
    }
}
