package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What recorded outputs reveal about a dataset at one point: rows, columns, types, missing values. Each part is present only if an
 * output showed it, or if it follows from what outputs showed.
 *
 * @param dataset the top-level name or label of the dataset
 * @param rowCount the number of rows; null if not known
 * @param columnCount the number of columns; null if not known
 * @param columnNames the names of all columns in order; null if not all are known
 * @param types the type of each column, by name, as the library writes it; empty if not known
 * @param missing the number of missing values of each column, by name; empty if not known
 */
public record FrameState(
        String dataset,
        @Nullable Long rowCount,
        @Nullable Long columnCount,
        @Nullable List<String> columnNames,
        Map<String, String> types,
        Map<String, Long> missing) {

    /** Checks and copies. */
    public FrameState {
        requireNonNull(dataset, "dataset");
        columnNames = columnNames == null ? null : List.copyOf(columnNames);
        types = Maps.copyInOrder(types);
        missing = Maps.copyInOrder(missing);
    }

    /** The number of rows, if known. */
    public OptionalLong rows() {
        return rowCount == null ? OptionalLong.empty() : OptionalLong.of(rowCount);
    }

    /** The names of all columns in order, if known. */
    public Optional<List<String>> columns() {
        return Optional.ofNullable(columnNames);
    }
}
