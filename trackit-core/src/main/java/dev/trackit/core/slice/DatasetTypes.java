package dev.trackit.core.slice;

import java.util.List;

/** Which types hold data or a model, as opposed to code, scalars and means to an end. Safe for use by several threads. */
public final class DatasetTypes {
    private static final List<String> MODEL_PACKAGES = List.of(
            "sklearn.",
            "statsmodels.",
            "xgboost.",
            "lightgbm.",
            "catboost.",
            "keras.",
            "tensorflow.keras.",
            "torch.nn.");
    private static final List<String> DATA_NAMES =
            List.of("DataFrame", "Series", "ndarray", "Index", "Tensor", "Table");

    private DatasetTypes() {}

    /** Whether values of this type are datasets or models. @param type in the library's own terms; empty if not known */
    public static boolean holds(String type) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        if (name.isEmpty() || name.equals("module") || name.equals("function") || name.equals("class")) {
            return false;
        }
        boolean data = DATA_NAMES.stream().anyMatch(name::endsWith) || name.endsWith("matrix");
        return data
                || (Character.isUpperCase(name.charAt(0))
                        && MODEL_PACKAGES.stream().anyMatch(type::startsWith));
    }
}
