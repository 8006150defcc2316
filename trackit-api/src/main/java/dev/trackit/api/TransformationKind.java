package dev.trackit.api;

import java.util.Locale;
import java.util.Optional;

/** What a data person calls a step. */
public enum TransformationKind {
    /** Brings data in: reads a file, a table, an address, or makes it from literals. */
    SOURCE,
    /** Brings data out. */
    SINK,
    /** Keeps some rows: a filter. */
    SELECTION,
    /** Keeps some columns, or drops some. */
    PROJECTION,
    /** Adds or changes columns computed from others. */
    PROJECTION_MODIFY,
    /** Puts two datasets side by side by a key or an index. */
    JOIN,
    /** Puts datasets one after the other, or side by side without a key. */
    CONCATENATE,
    /** Groups rows and computes a value per group, or one value of all. */
    GROUP_AND_AGGREGATE,
    /** Orders rows or columns. */
    SORT,
    /** Drops repeated rows. */
    DEDUPLICATE,
    /** Drops rows or columns with missing values. */
    DROP_MISSING,
    /** Fills missing values. */
    IMPUTE,
    /** Gives columns, rows or an index other names. */
    RENAME,
    /** Changes types. */
    CAST,
    /** Turns categories into numbers. */
    ENCODE,
    /** Brings numbers to a common scale. */
    SCALE,
    /** Turns numbers into intervals. */
    BIN,
    /** Takes some rows at random, or the first or last. */
    SAMPLE,
    /** Divides a dataset, for example into training and test data. */
    SPLIT,
    /** Changes the form: pivot, melt, stack, transpose. */
    RESHAPE,
    /** Computes over moving or growing windows, or over neighbouring rows. */
    WINDOW,
    /** Computes features from text, dates, pictures, or by a learned projection. */
    FEATURE_EXTRACT,
    /** Fits a model or a transformer. */
    FIT,
    /** Applies a fitted model. */
    PREDICT,
    /** Measures a model or a hypothesis. */
    EVALUATE,
    /** Draws. */
    PLOT,
    /** Looks at data without changing it. */
    INSPECT,
    /** A step on data of another kind. */
    OTHER;

    /** The name in logs and on the command line: lower case, words joined by {@code -}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of this name. */
    public static Optional<TransformationKind> ofWireName(String name) {
        for (TransformationKind kind : values()) {
            if (kind.wireName().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
