package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a saved notebook says about executions that nobody saw live. */
final class SavedCells {
    private SavedCells() {}

    /** Identifies code with its count within a session: collisions are as unlikely as those of 64 bits. */
    static long key(int count, Digest code) {
        String digits = code.value();
        long last = 0;
        for (int i = digits.length() - 16; i < digits.length(); i++) {
            char c = digits.charAt(i);
            last = last << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return last ^ (0x9E3779B97F4A7C15L * count);
    }

    /** The executed code cells, in the order of their counts; those with the same count as they stand in the file. */
    static List<Cell> executed(Notebook notebook) {
        List<Cell> executed = new ArrayList<>();
        for (Cell cell : notebook.cells()) {
            if (cell.type() == CellType.CODE && cell.executionCount().isPresent()) {
                executed.add(cell);
            }
        }
        executed.sort(Comparator.comparingInt(cell -> cell.executionCount().orElseThrow()));
        return executed;
    }

    /**
     * The cells that were executed between two saves: they have another count than before, or other outputs.
     *
     * @param live the keys of executions that were recorded otherwise; they are left out
     */
    static List<Cell> executedBetween(Notebook before, Notebook now, LongTable live) {
        Map<String, Cell> old = new HashMap<>();
        before.cells().forEach(cell -> old.put(cell.id(), cell));
        List<Cell> fresh = new ArrayList<>();
        for (Cell cell : executed(now)) {
            Cell was = old.get(cell.id());
            boolean sameRun = was != null
                    && was.executionCount().equals(cell.executionCount())
                    && (cell.outputs().isEmpty() || SnapshotCodec.sameOutputs(was.outputs(), cell.outputs()));
            if (!sameRun && !live.has(key(cell.executionCount().orElseThrow(), cell.sourceDigest()))) {
                fresh.add(cell);
            }
        }
        return fresh;
    }

    /**
     * The execution that a cell shows.
     *
     * @param scope within which the id is the same whenever the same cell shows the same count and code
     */
    static Execution execution(NotebookId notebook, String session, String scope, Cell cell) {
        int count = cell.executionCount().orElseThrow();
        String identity = notebook + "\n" + scope + "\n" + cell.id() + "\n" + count + "\n" + cell.sourceDigest();
        boolean failed = cell.outputs().stream().anyMatch(o -> o.type() == Output.Type.ERROR);
        return Execution.builder("saved-" + Digest.ofText(identity).hex().substring(0, 24), session, cell.source())
                .executionCount(count)
                .origin(Origin.SAVED)
                .status(failed ? ExecutionStatus.ERROR : ExecutionStatus.OK)
                .startedAt(time(cell, "iopub.execute_input"))
                .finishedAt(time(cell, "shell.execute_reply"))
                .outputs(cell.outputs())
                .cell(CellMatch.of(CellMatch.Basis.CELL_ID, cell.id(), cell.index()))
                .build();
    }

    private static @Nullable Instant time(Cell cell, String key) {
        try {
            return cell.timing(key)
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .orElse(null);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
