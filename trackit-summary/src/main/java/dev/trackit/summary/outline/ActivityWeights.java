package dev.trackit.summary.outline;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.Statement.Trait;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import dev.trackit.api.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Weighs what the statements of a cell are for. What a step does counts more than what it needs: whoever imports, loads and fits in one cell wants the
 * model. A step on data whose result is only shown is a look at data. Not safe for use by several threads.
 */
final class ActivityWeights {
    private static final Set<TransformationKind> MENDING = EnumSet.of(
            TransformationKind.DROP_MISSING,
            TransformationKind.IMPUTE,
            TransformationKind.DEDUPLICATE,
            TransformationKind.CAST,
            TransformationKind.RENAME);

    /** What a statement that mends data does besides: computes what to fill in, and puts the result back. */
    private static final Set<TransformationKind> HELPING = EnumSet.of(
            TransformationKind.PROJECTION_MODIFY,
            TransformationKind.GROUP_AND_AGGREGATE,
            TransformationKind.JOIN,
            TransformationKind.WINDOW);

    /** Steps of models, files and pictures, which are what they are whether or not their result is kept. */
    private static final Set<TransformationKind> PLAIN = EnumSet.of(
            TransformationKind.SOURCE,
            TransformationKind.SINK,
            TransformationKind.FIT,
            TransformationKind.PREDICT,
            TransformationKind.EVALUATE,
            TransformationKind.PLOT);

    /** What makes features, by the names that its classes have in all libraries and that people give to its instances. */
    private static final Pattern FEATURE_MAKER = Pattern.compile(
            "(?i)scaler|encod|vectoriz|binariz|imput|normaliz|transformer|tokeniz|select|discretiz|hasher"
                    + "|polynomialfeatures|variancethreshold|\\b(rfe|rfecv|pca|svd|truncatedsvd|nmf|lda|ica|fastica|tsne|umap|isomap"
                    + "|tfidf|skb|poly|sc|ss|mms|le|ohe|enc|cv|vt)\\b|\\b\\w*pca\\b");

    private static final Pattern LOOKING_COMMAND = Pattern.compile(
            "(?s)[!%]+\\s*(ls|ll|dir|head|tail|cat|wc|pwd|tree|du|file|who\\w*|history)\\b.*|\\?.*|.*\\?\\s*");
    private static final Pattern FETCHING_COMMAND =
            Pattern.compile("(?s)[!%]+\\s*(wget|curl|kaggle|gdown|unzip|tar|gunzip|git\\s+clone|aws\\s+s3)\\b.*");

    private static final int MOST_FOR_SETUP = 4;
    private static final int MOST_FOR_ARITHMETIC = 4;

    private final Map<Activity, Integer> weights = new EnumMap<>(Activity.class);
    private final Map<String, String> types = new HashMap<>();

    /** @param variables what the names stand for that the cell bound, as far as it is known */
    ActivityWeights(List<Variable> variables) {
        variables.forEach(v -> types.put(v.name(), v.type()));
    }

    /** All, the weightiest first; never empty. */
    List<Activity> inOrder() {
        List<Activity> all = new ArrayList<>(weights.keySet());
        // Of equals the later one in the order of work first: who loads and cleans in one cell wants the cleaned data.
        all.sort(Comparator.comparing((Activity a) -> weights.getOrDefault(a, 0))
                .thenComparing(Comparator.naturalOrder())
                .reversed());
        if (all.size() > 1) {
            all.remove(Activity.OTHER);
        }
        if (all.size() > 1) {
            all.remove(Activity.COMMENTS);
        }
        return all.isEmpty() ? List.of(Activity.COMMENTS) : List.copyOf(all);
    }

    void add(Statement statement) {
        if (statement.traits().contains(Trait.IMPORT)) {
            count(Activity.SETUP, 1);
        } else if (statement.traits().contains(Trait.DEFINITION)) {
            count(Activity.HELPERS, 4);
        } else if (!statement.transformations().isEmpty()) {
            addTransformations(statement);
        } else {
            addPlain(statement);
        }
    }

    private void addTransformations(Statement statement) {
        boolean mends = statement.transformations().stream().anyMatch(t -> MENDING.contains(t.kind()));
        boolean looks = statement.traits().contains(Trait.DISPLAY) && !keeps(statement);
        boolean looked = false;
        // What is done to data in the call that reads it belongs to the reading.
        boolean loads = statement.transformations().stream().anyMatch(t -> t.kind() == TransformationKind.SOURCE);
        boolean draws = statement.transformations().stream().anyMatch(t -> t.kind() == TransformationKind.PLOT);
        for (Transformation step : statement.transformations()) {
            if (PLAIN.contains(step.kind())) {
                addPlainStep(step, statement);
            } else if (looks || draws) {
                looked = true;
            } else if (!(mends && HELPING.contains(step.kind()) || loads)) {
                addDataStep(step, statement);
            }
        }
        if (looked && !draws) {
            count(Activity.EXPLORING, 3);
        }
    }

    private void addPlainStep(Transformation step, Statement statement) {
        switch (step.kind()) {
            case SOURCE -> count(Activity.LOADING, 4);
            case SINK -> count(Activity.SAVING, 7);
            case FIT -> {
                if (makesFeatures(step, statement)) {
                    count(Activity.FEATURES, 4);
                } else {
                    count(Activity.MODELLING, 9);
                }
            }
            case PREDICT -> count(Activity.PREDICTING, weights.containsKey(Activity.MODELLING) ? 3 : 8);
            case EVALUATE -> count(Activity.EVALUATING, 8);
            // A figure takes many calls.
            default -> count(Activity.PLOTTING, weights.containsKey(Activity.PLOTTING) ? 1 : 8);
        }
    }

    private static boolean makesFeatures(Transformation step, Statement statement) {
        int end = step.call().indexOf('.');
        String type = end < 0 ? step.call() : step.call().substring(0, end);
        String text = statement.text();
        int call = text.indexOf(".fit");
        return FEATURE_MAKER.matcher(type).find()
                || FEATURE_MAKER
                        .matcher(call < 0 ? "" : text.substring(0, call))
                        .find();
    }

    private void addDataStep(Transformation step, Statement statement) {
        String call = step.call();
        switch (step.kind()) {
            case DROP_MISSING, IMPUTE, DEDUPLICATE, CAST, RENAME, SELECTION -> count(Activity.CLEANING, 4);
            case PROJECTION -> count(call.contains("[") ? Activity.FEATURES : Activity.CLEANING, 4);
            case INSPECT -> count(Activity.EXPLORING, 2);
            case SAMPLE -> {
                boolean peeks = call.endsWith(".head") || call.endsWith(".tail");
                count(peeks ? Activity.EXPLORING : Activity.FEATURES, peeks ? 1 : 4);
            }
            case GROUP_AND_AGGREGATE -> {
                // One value, or one for each column, tells of the data; a value for each group is new data.
                boolean alone = statement.transformations().stream()
                        .allMatch(t -> t.kind() == TransformationKind.GROUP_AND_AGGREGATE
                                || t.kind() == TransformationKind.SORT
                                || t.kind() == TransformationKind.SELECTION
                                || t.kind() == TransformationKind.PROJECTION);
                boolean ofAll = (call.startsWith("DataFrame.") || call.startsWith("Series."))
                        && !call.endsWith(".groupby")
                        && !call.contains("pivot");
                boolean grouped = statement.transformations().stream()
                        .anyMatch(t -> t.call().contains("groupby") || t.call().startsWith("GroupBy"));
                boolean tells = ofAll && alone && !grouped;
                count(tells ? Activity.EXPLORING : Activity.FEATURES, tells ? 2 : 4);
            }
            case OTHER -> count(Activity.OTHER, 1);
            default -> count(Activity.FEATURES, 4);
        }
    }

    /** A statement without a known step on data: told by what it reads and makes. */
    private void addPlain(Statement statement) {
        String text = statement.text().strip();
        if (statement.traits().contains(Trait.IPYTHON) && !binds(statement)) {
            addCommand(text);
        } else if (statement.traits().contains(Trait.DISPLAY)) {
            boolean comment = statement.effects().stream().noneMatch(e -> e.kind() == Effect.Kind.READ)
                    && (text.startsWith("\"") || text.startsWith("'"));
            count(comment ? Activity.COMMENTS : Activity.EXPLORING, comment ? 1 : 2);
        } else if (makesModel(statement)) {
            boolean features =
                    FEATURE_MAKER.matcher(text.substring(text.indexOf('=') + 1)).find();
            count(features ? Activity.FEATURES : Activity.MODELLING, features ? 4 : 6);
        } else if (readsData(statement)) {
            addComputation(statement);
        } else if (makesData(statement)) {
            count(Activity.LOADING, 4);
        } else {
            boolean reads = statement.effects().stream()
                    .anyMatch(e -> e.kind() == Effect.Kind.READ && e.location().kind() == Location.Kind.BINDING);
            boolean sets = changesHiddenStateOnly(statement);
            count(reads && !sets ? Activity.OTHER : Activity.SETUP, 1);
        }
    }

    /** Arithmetic and calls of unknown functions on data: they make data, or only numbers to look at. Many of them are no heavier than a step or two that is known. */
    private void addComputation(Statement statement) {
        boolean makes = statement.effects().stream()
                .anyMatch(e -> e.kind() != Effect.Kind.READ
                        && e.certainty() != Effect.Certainty.POSSIBLE
                        && (e.location().kind() == Location.Kind.OBJECT
                                || e.location().kind() == Location.Kind.PART)
                        && !types.getOrDefault(e.location().name(), "").equals("tuple"));
        if (statement.text().startsWith("del ")) {
            count(Activity.CLEANING, 4);
        } else if (!keeps(statement)) {
            count(Activity.EXPLORING, 1);
        } else if (makes) {
            if (weights.getOrDefault(Activity.FEATURES, 0) < MOST_FOR_ARITHMETIC) {
                count(Activity.FEATURES, weights.containsKey(Activity.FEATURES) ? 1 : 3);
            }
        } else {
            count(Activity.EXPLORING, 1);
        }
    }

    private void addCommand(String text) {
        if (LOOKING_COMMAND.matcher(text).matches()) {
            count(Activity.EXPLORING, 1);
        } else if (FETCHING_COMMAND.matcher(text).matches()) {
            count(Activity.LOADING, 3);
        } else {
            count(Activity.SETUP, 1);
        }
    }

    private static boolean keeps(Statement statement) {
        return statement.effects().stream()
                .anyMatch(e -> e.kind() != Effect.Kind.READ
                        && e.certainty() != Effect.Certainty.POSSIBLE
                        && e.location().kind() != Location.Kind.HIDDEN
                        && e.location().kind() != Location.Kind.EXTERNAL
                        && !e.location().name().isEmpty());
    }

    private static boolean binds(Statement statement) {
        return statement.effects().stream()
                .anyMatch(e -> e.kind() == Effect.Kind.WRITE && e.location().kind() == Location.Kind.BINDING);
    }

    private static boolean readsData(Statement statement) {
        return statement.effects().stream()
                .anyMatch(e -> e.kind() == Effect.Kind.READ
                        && e.certainty() != Effect.Certainty.POSSIBLE
                        && (e.location().kind() == Location.Kind.OBJECT
                                || e.location().kind() == Location.Kind.PART));
    }

    private static boolean changesHiddenStateOnly(Statement statement) {
        return !keeps(statement)
                && statement.effects().stream()
                        .anyMatch(e ->
                                e.kind() != Effect.Kind.READ && e.location().kind() == Location.Kind.HIDDEN);
    }

    private boolean makesModel(Statement statement) {
        return made(statement).stream()
                .anyMatch(type -> type.startsWith("sklearn.") && !type.endsWith("Bunch") && !type.endsWith("Display")
                        || type.startsWith("learning.") && !type.endsWith("Matrix")
                        || type.startsWith("statsmodels.") && !type.endsWith("Dataset"));
    }

    private boolean makesData(Statement statement) {
        return made(statement).stream()
                .anyMatch(type -> type.endsWith("DataFrame")
                        || type.endsWith("Series")
                        || type.endsWith("array")
                        || type.endsWith("Bunch"));
    }

    /** The types of the names that a statement binds to new objects. */
    private List<String> made(Statement statement) {
        return statement.effects().stream()
                .filter(e -> e.kind() == Effect.Kind.WRITE && e.location().kind() == Location.Kind.OBJECT)
                .map(e -> types.getOrDefault(e.location().name(), ""))
                .toList();
    }

    private void count(Activity activity, int weight) {
        int sum = weights.merge(activity, weight, Integer::sum);
        if (activity == Activity.SETUP && sum > MOST_FOR_SETUP) {
            weights.put(activity, MOST_FOR_SETUP);
        }
    }
}
