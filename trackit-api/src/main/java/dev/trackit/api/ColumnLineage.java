package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * From which columns one column of a transformation's output came, in the words of the OpenLineage column-lineage facet: direct
 * (the value comes from there) or indirect (the value depends on it).
 *
 * @param column the column of the output; {@code *} stands for all that are not named otherwise
 * @param inputs where it came from
 */
public record ColumnLineage(String column, List<Input> inputs) {

    /** Checks and copies. */
    public ColumnLineage {
        requireNonNull(column, "column");
        inputs = List.copyOf(inputs);
    }

    /** How an input column matters. */
    public enum Type {
        /** Direct: the same value. */
        IDENTITY,
        /** Direct: a value computed from it. */
        TRANSFORMATION,
        /** Direct: a value computed from several rows of it. */
        AGGREGATION,
        /** Indirect: rows were matched by it. */
        JOIN,
        /** Indirect: rows were grouped by it. */
        GROUP_BY,
        /** Indirect: rows were kept or dropped by it. */
        FILTER,
        /** Indirect: rows were ordered by it. */
        SORT,
        /** Indirect: a window was cut by it. */
        WINDOW,
        /** Indirect: it decided which value was taken. */
        CONDITIONAL;

        /** Whether the value itself comes from there. */
        public boolean isDirect() {
            return this == IDENTITY || this == TRANSFORMATION || this == AGGREGATION;
        }
    }

    /**
     * One input column.
     *
     * @param dataset the input's label, as in {@link Transformation#inputs()}
     * @param column the column; {@code *} if it is not known which
     * @param type how it matters
     */
    public record Input(String dataset, String column, Type type) {
        /** Checks. */
        public Input {
            requireNonNull(dataset, "dataset");
            requireNonNull(column, "column");
            requireNonNull(type, "type");
        }
    }
}
