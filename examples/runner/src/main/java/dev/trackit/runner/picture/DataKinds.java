package dev.trackit.runner.picture;

import dev.trackit.api.Transformation;
import dev.trackit.core.slice.DatasetTypes;
import java.util.List;
import java.util.Locale;

/** What a type of a library is to the picture. */
final class DataKinds {
    private DataKinds() {}

    static FlowNode.Kind of(String type) {
        if (!DatasetTypes.holds(type)) {
            return FlowNode.Kind.VALUE;
        }
        String name = shortName(type);
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.endsWith("DataFrame") || name.endsWith("Table")) {
            return FlowNode.Kind.FRAME;
        } else if (name.endsWith("Series") || name.endsWith("Index")) {
            return FlowNode.Kind.SERIES;
        } else if (lower.endsWith("array") || lower.endsWith("tensor") || lower.endsWith("matrix")) {
            return FlowNode.Kind.ARRAY;
        }
        return FlowNode.Kind.MODEL;
    }

    /** What a value is to the picture whose type is not known: data, if a step on data made it that does not reduce it to one number. */
    static FlowNode.Kind of(String type, List<Transformation> makers) {
        if (!type.isEmpty()) {
            return of(type);
        }
        boolean data = makers.stream().anyMatch(step -> switch (step.kind()) {
            case SELECTION,
                    PROJECTION,
                    PROJECTION_MODIFY,
                    JOIN,
                    CONCATENATE,
                    SORT,
                    DEDUPLICATE,
                    DROP_MISSING,
                    IMPUTE,
                    RENAME,
                    ENCODE,
                    SCALE,
                    BIN,
                    SAMPLE,
                    SPLIT,
                    RESHAPE,
                    WINDOW,
                    FEATURE_EXTRACT,
                    PREDICT -> true;
            case GROUP_AND_AGGREGATE -> step.call().startsWith("GroupBy");
            case SOURCE, SINK, CAST, FIT, EVALUATE, PLOT, INSPECT, OTHER -> false;
        });
        return data ? FlowNode.Kind.FRAME : FlowNode.Kind.VALUE;
    }

    /** Whether the value is a drawing. */
    static boolean isFigure(String type) {
        return type.startsWith("matplotlib.") || type.startsWith("seaborn.") || type.startsWith("plotly.");
    }

    /** The last part of a type's name. */
    static String shortName(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
