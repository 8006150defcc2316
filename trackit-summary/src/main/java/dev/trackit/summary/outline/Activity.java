package dev.trackit.summary.outline;

import dev.trackit.api.Analysis;
import dev.trackit.api.Statement;
import dev.trackit.core.lineage.ExecutionNode;
import java.util.List;

/**
 * What a cell is for, in the words that studies of data-science notebooks use. A cell may be for several things; one of them is the main one.
 *
 * <p>The label sets of the studies can be had from these. That of Ramasamy et al.: {@link #SETUP}, {@link #HELPERS} and {@link #OTHER} are
 * helper functions, {@link #LOADING} is load data, {@link #CLEANING} and {@link #FEATURES} are data preprocessing, {@link #EXPLORING} is data exploration,
 * {@link #PLOTTING} is result visualization (data exploration where no model was fitted before), the others have their names. Those that know fewer: loading, exploring, cleaning and features
 * are data preparation; modelling, predicting and evaluating are model building.
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
    /** Runs nothing: comments, or code that was put into comments. */
    COMMENTS("comments only"),
    /** None of these, or not known. */
    OTHER("other");

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
        return all(execution).get(0);
    }

    /** All that an execution is for, the weightiest first; never empty. */
    public static List<Activity> all(ExecutionNode execution) {
        return all(execution.analysis());
    }

    /** All that an analysed execution is for, the weightiest first; never empty. */
    public static List<Activity> all(Analysis analysis) {
        if (analysis.isUnknown()) {
            return List.of(OTHER);
        }
        ActivityWeights weights = new ActivityWeights(analysis.variables());
        analysis.statements().forEach(weights::add);
        return weights.inOrder();
    }

    /** What a statement is mainly for. */
    static Activity of(Statement statement) {
        ActivityWeights weights = new ActivityWeights(List.of());
        weights.add(statement);
        return weights.inOrder().get(0);
    }
}
