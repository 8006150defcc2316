package dev.trackit.jupyter.notebook;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What a list of notebooks shows of one, read without holding or digesting its content.
 *
 * @param path the file, absolute
 * @param format the version of the format, for example {@code 4.5}
 * @param language the language in lower case, empty if the file does not say
 * @param cells how many cells it has
 * @param codeCells how many of them are code
 * @param executedCells how many code cells show an execution count
 * @param bytes the file's size
 * @param modifiedAt the file's time of last change
 */
public record NotebookFacts(
        Path path,
        String format,
        String language,
        int cells,
        int codeCells,
        int executedCells,
        long bytes,
        Instant modifiedAt) {}
