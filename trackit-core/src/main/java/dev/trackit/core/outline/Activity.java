package dev.trackit.core.outline;

import dev.trackit.api.Statement;
import dev.trackit.api.Statement.Trait;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.StatementNode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a cell is for, in the words that studies of data-science notebooks use.
 *
 * @see <a href="https://doi.org/10.1007/s10664-022-10229-z">Ramasamy et al., Workflow analysis of data science code in public
 *     GitHub repositories (2022)</a>
 */
public enum Activity {
    /** Imports and settings. */
    SETUP("setup"),
    /** Functions and classes of one's own. */
    HELPERS("helper functions"),
    /** Brings data in. */
    LOADING("loading"),
    /** Looks at data. */
    EXPLORING("exploring"),
    /** Mends data: missing values, types, names, duplicates, rows that do not belong. */
    CLEANING("cleaning"),
    /** Makes data fit for a question or a model: joins, groups, new columns, encodings, splits. */
    FEATURES("feature engineering"),
    /** Defines and fits models. */
    MODELLING("modelling"),
    /** Applies fitted models. */
    PREDICTING("predicting"),
    /** Measures. */
    EVALUATING("evaluating"),
    /** Draws. */
    PLOTTING("plotting"),
    /** Writes results. */
    SAVING("saving"),
    /** None of these, or not known. */
    OTHER("other");

    private static final Set<TransformationKind> MENDING = EnumSet.of(
            TransformationKind.DROP_MISSING,
            TransformationKind.IMPUTE,
            TransformationKind.DEDUPLICATE,
            TransformationKind.CAST,
            TransformationKind.RENAME);

    /** What a statement that mends data does besides: computes what to fill in, and puts the result back. */
    private static final Set<TransformationKind> HELPING =
            EnumSet.of(TransformationKind.PROJECTION_MODIFY, TransformationKind.GROUP_AND_AGGREGATE);

    private final String label;

    Activity(String label) {
        this.label = label;
    }

    /** What a person calls it. */
    public String label() {
        return label;
    }

    /** What an execution is mainly for. A cell that does several things is for the weightiest of them. */
    public static Activity of(ExecutionNode execution) {
        return ofStatements(
                execution.statements().stream().map(StatementNode::statement).toList());
    }

    /** What some statements together are mainly for. */
    public static Activity ofStatements(List<Statement> statements) {
        Map<Activity, Integer> weights = new EnumMap<>(Activity.class);
        for (Statement statement : statements) {
            of(statement, weights);
        }
        Activity heaviest = OTHER;
        int most = 0;
        for (Map.Entry<Activity, Integer> weight : weights.entrySet()) {
            // Of equals the later one in the order of work: who loads and cleans in one cell wants the cleaned data.
            if (weight.getValue() >= most) {
                heaviest = weight.getKey();
                most = weight.getValue();
            }
        }
        return heaviest;
    }

    private static void of(Statement statement, Map<Activity, Integer> weights) {
        if (statement.traits().contains(Trait.IMPORT)) {
            add(weights, SETUP, 1);
        }
        if (statement.traits().contains(Trait.DEFINITION)) {
            add(weights, HELPERS, 4);
        }
        if (statement.transformations().isEmpty()) {
            add(weights, statement.traits().contains(Trait.DISPLAY) ? EXPLORING : OTHER, 1);
        }
        boolean mends = statement.transformations().stream().anyMatch(t -> MENDING.contains(t.kind()));
        for (Transformation transformation : statement.transformations()) {
            if (mends && HELPING.contains(transformation.kind())) {
                continue;
            }
            Activity activity = of(transformation.kind());
            add(weights, activity, weight(activity, statement));
        }
    }

    private static int weight(Activity activity, Statement statement) {
        return switch (activity) {
            case SETUP, OTHER -> 1;
            case EXPLORING -> 2;
            case PLOTTING -> 5;
            case MODELLING, EVALUATING, PREDICTING, SAVING -> 8;
            case LOADING -> 6;
            // A filter inside a look at data is part of the look.
            case CLEANING, FEATURES -> statement.traits().contains(Trait.DISPLAY) ? 1 : 4;
            case HELPERS -> 4;
        };
    }

    private static void add(Map<Activity, Integer> weights, Activity activity, int weight) {
        weights.merge(activity, weight, Integer::sum);
    }

    /** What a step of this kind is for. */
    public static Activity of(TransformationKind kind) {
        return switch (kind) {
            case SOURCE -> LOADING;
            case SINK -> SAVING;
            case INSPECT -> EXPLORING;
            case PLOT -> PLOTTING;
            case DROP_MISSING, IMPUTE, DEDUPLICATE, CAST, RENAME, SELECTION, PROJECTION -> CLEANING;
            case PROJECTION_MODIFY,
                    JOIN,
                    CONCATENATE,
                    GROUP_AND_AGGREGATE,
                    SORT,
                    ENCODE,
                    SCALE,
                    BIN,
                    SAMPLE,
                    SPLIT,
                    RESHAPE,
                    WINDOW,
                    FEATURE_EXTRACT -> FEATURES;
            case FIT -> MODELLING;
            case PREDICT -> PREDICTING;
            case EVALUATE -> EVALUATING;
            case OTHER -> OTHER;
        };
    }
}
