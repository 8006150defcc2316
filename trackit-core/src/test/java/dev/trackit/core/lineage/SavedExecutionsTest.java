package dev.trackit.core.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.Notebook;
import dev.trackit.api.Output;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SavedExecutionsTest {

    private static Cell cell(int index, String code, @Nullable Integer count) {
        return Cell.builder("c" + index, index, CellType.CODE, code)
                .executionCount(count)
                .build();
    }

    private static List<String> codes(SavedExecutions.Order order, Cell... cells) {
        Notebook notebook = Notebook.builder(Path.of("/w/n.ipynb"), Digest.ofText(""))
                .language("python")
                .cells(List.of(cells))
                .build();
        return SavedExecutions.of(notebook, order).executions().stream()
                .map(Execution::code)
                .toList();
    }

    @Test
    void countsGiveTheOrderAndCellsWithoutACountDidNotRun() {
        assertThat(codes(SavedExecutions.Order.COUNT, cell(0, "a", 3), cell(1, "b", null), cell(2, "c", 1)))
                .containsExactly("c", "a");
    }

    @Test
    void theFileGivesAllCodeCellsThatAreNotEmpty() {
        Cell text = Cell.builder("m", 3, CellType.MARKDOWN, "# x").build();
        assertThat(codes(SavedExecutions.Order.FILE, cell(0, "a", 3), cell(1, " \n", null), cell(2, "c", null), text))
                .containsExactly("a", "c");
    }

    @Test
    void aNotebookWithoutAnyCountIsTakenAsItStands() {
        assertThat(codes(SavedExecutions.Order.COUNT, cell(0, "a", null), cell(1, "b", null)))
                .containsExactly("a", "b");
    }

    @Test
    void anErrorOutputMeansThatTheExecutionFailed() {
        Cell cell = Cell.builder("c", 0, CellType.CODE, "1/0")
                .executionCount(1)
                .outputs(List.of(Output.error("ZeroDivisionError", "…")))
                .build();
        Notebook notebook = Notebook.builder(Path.of("/w/n.ipynb"), Digest.ofText(""))
                .cells(List.of(cell))
                .build();

        Execution execution = SavedExecutions.of(notebook, SavedExecutions.Order.COUNT)
                .executions()
                .get(0);

        assertThat(execution.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(execution.cell().cellIndex()).isZero();
    }
}
