package dev.trackit.jupyter.discovery;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Notebook;
import dev.trackit.jupyter.wire.MessageHeader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * What is needed of a saved notebook to tell whether a kernel executed its cells.
 *
 * @param path the file
 * @param modified its time of last change, to know whether to read it again
 * @param sources the code cells' sources, by hash
 * @param times the times of executions that the front end saved
 */
record NotebookCells(Path path, Instant modified, Set<Integer> sources, Set<Instant> times) {

    static NotebookCells of(Notebook notebook) {
        Set<Integer> sources = new HashSet<>();
        Set<Instant> times = new HashSet<>();
        for (Cell cell : notebook.cells()) {
            if (cell.type() == CellType.CODE && !cell.source().isBlank()) {
                sources.add(key(cell.source()));
            }
            cell.timing("iopub.execute_input").ifPresent(text -> {
                Instant time = MessageHeader.instant(text);
                if (time != null) {
                    times.add(time);
                }
            });
        }
        return new NotebookCells(notebook.path(), notebook.modifiedAt(), sources, times);
    }

    /** What two equal sources have in common, white space at their ends apart. */
    static int key(String source) {
        return source.strip().hashCode();
    }
}
