package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The compact, ordered, redacted description of what was done to data, which every summarizer receives. It is made from the
 * lineage graph and says what is known, with the id of each step, and what is not known. Immutable.
 */
public final class Outline {
    private final String title;
    private final String scope;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final List<Dataset> datasets;
    private final List<Step> steps;
    private final List<String> unknowns;

    private Outline(Builder b) {
        this.title = b.title;
        this.scope = b.scope;
        this.from = b.from;
        this.to = b.to;
        this.datasets = List.copyOf(b.datasets);
        this.steps = List.copyOf(b.steps);
        this.unknowns = List.copyOf(b.unknowns);
    }

    /**
     * Begins an outline.
     *
     * @param title what a person calls the notebook
     * @param scope which part of its history this is, in words: the whole history, a section, an experiment, a range
     */
    public static Builder builder(String title, String scope) {
        return new Builder(title, scope);
    }

    /** What a person calls the notebook. */
    public String title() {
        return title;
    }

    /** Which part of the notebook's history this is, in words. */
    public String scope() {
        return scope;
    }

    /** The beginning of the period, if known. */
    public Optional<Instant> from() {
        return Optional.ofNullable(from);
    }

    /** The end of the period, if known. */
    public Optional<Instant> to() {
        return Optional.ofNullable(to);
    }

    /** The datasets that matter: sources, what was written, and the frames at the end. */
    public List<Dataset> datasets() {
        return datasets;
    }

    /** The steps in the order in which they ran. */
    public List<Step> steps() {
        return steps;
    }

    /** What is not known, in sentences: gaps, failed analysis, executions without outputs. */
    public List<String> unknowns() {
        return unknowns;
    }

    /** The step of this id. */
    public Optional<Step> step(String id) {
        return steps.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    /** This outline with other steps, for those who cut it into parts. */
    public Outline withSteps(List<Step> part) {
        Builder b = new Builder(title, scope);
        b.from = from;
        b.to = to;
        b.datasets = datasets;
        b.unknowns = unknowns;
        b.steps = part;
        return b.build();
    }

    /**
     * The written form: plain text, a line per dataset and step, each step with its id. Equal outlines have equal texts, so that
     * the digest of the text names the input of a summary.
     */
    public String toText() {
        StringBuilder out = new StringBuilder(256 + steps.size() * 120);
        out.append("notebook: ").append(oneLine(title)).append('\n');
        out.append("scope: ").append(oneLine(scope)).append('\n');
        if (from != null || to != null) {
            out.append("period: ")
                    .append(from == null ? "?" : from)
                    .append(" to ")
                    .append(to == null ? "?" : to)
                    .append('\n');
        }
        for (Dataset dataset : datasets) {
            out.append("dataset: ").append(dataset.toText()).append('\n');
        }
        for (Step step : steps) {
            out.append(step.toText()).append('\n');
        }
        for (String unknown : unknowns) {
            out.append("unknown: ").append(oneLine(unknown)).append('\n');
        }
        return out.toString();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Outline that && toText().equals(that.toText());
    }

    @Override
    public int hashCode() {
        return toText().hashCode();
    }

    @Override
    public String toString() {
        return "Outline[" + title + ", " + steps.size() + " steps]";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " / ");
    }

    /** What a dataset is to the story. */
    public enum Role {
        /** It came from outside. */
        SOURCE,
        /** It was made on the way. */
        INTERMEDIATE,
        /** It is what the work led to: alive at the end, and built by more than one step. */
        RESULT,
        /** It was written to a file. */
        SINK
    }

    /**
     * A dataset.
     *
     * @param label what the code calls it: a name, a path
     * @param role what it is to the story
     * @param shape rows and columns in words, {@code 891 rows × 12 columns}; empty if not known
     * @param columns the names of its columns as far as known
     */
    public record Dataset(String label, Role role, String shape, List<String> columns) {
        /** Checks and copies. */
        public Dataset {
            requireNonNull(label, "label");
            requireNonNull(role, "role");
            requireNonNull(shape, "shape");
            columns = List.copyOf(columns);
        }

        String toText() {
            String text = oneLine(label) + " (" + role.name().toLowerCase(Locale.ROOT) + ")";
            text += shape.isEmpty() ? "" : ", " + oneLine(shape);
            return columns.isEmpty() ? text : text + ", columns " + oneLine(String.join(", ", columns));
        }
    }

    /** What a step is to the story. */
    public enum Fate {
        /** It shaped what the work led to. */
        KEPT,
        /** It worked, and nothing that remained rests on it. */
        DEAD_END,
        /** It was run again later, edited or not, and the later run took its place. */
        SUPERSEDED,
        /** It failed. */
        FAILED,
        /** It only looked at data. */
        INSPECTION,
        /** It ran, and what it did is not known, because no analyzer understands its code. */
        UNKNOWN,
        /** Prose of the notebook, not code. */
        PROSE
    }

    /** One step: a transformation, an attempt, a look, or a passage of prose. Immutable. */
    public static final class Step {
        private final String id;
        private final Fate fate;
        private final String activity;
        private final String text;
        private final String brief;
        private final long execution;
        private final String code;
        private final List<String> inputs;
        private final List<String> outputs;
        private final List<String> facts;

        private Step(StepBuilder b) {
            this.id = b.id;
            this.fate = b.fate;
            this.activity = b.activity;
            this.text = b.text;
            this.brief = b.brief.isEmpty() ? b.text : b.brief;
            this.execution = b.execution;
            this.code = b.code;
            this.inputs = List.copyOf(b.inputs);
            this.outputs = List.copyOf(b.outputs);
            this.facts = List.copyOf(b.facts);
        }

        /**
         * Begins a step.
         *
         * @param id unique in the outline, for example {@code s12}
         * @param text what happened, in words
         */
        public static StepBuilder builder(String id, Fate fate, String text) {
            return new StepBuilder(id, fate, text);
        }

        /** Unique in the outline. */
        public String id() {
            return id;
        }

        /** What the step is to the story. */
        public Fate fate() {
            return fate;
        }

        /** What it is for: loading, cleaning, feature engineering …; or the kind of transformation. Empty if not known. */
        public String activity() {
            return activity;
        }

        /** What happened, in words; for prose, the passage. */
        public String text() {
            return text;
        }

        /** What happened, in fewer words: without the calls and their arguments. The {@link #text()} if nothing shorter is known. Not part of the written form. */
        public String brief() {
            return brief;
        }

        /** The sequence of the execution it belongs to; 0 if none. */
        public long execution() {
            return execution;
        }

        /** The source, shortened; empty if it adds nothing to the text. */
        public String code() {
            return code;
        }

        /** What went in. */
        public List<String> inputs() {
            return inputs;
        }

        /** What came out or was changed. */
        public List<String> outputs() {
            return outputs;
        }

        /** What is known of it besides: shapes before and after, columns added and dropped, printed metrics, errors. */
        public List<String> facts() {
            return facts;
        }

        /** The written form: one line, and the code indented below it. */
        public String toText() {
            StringBuilder out = new StringBuilder();
            out.append('[').append(id).append("] ").append(fate.name().toLowerCase(Locale.ROOT));
            if (!activity.isEmpty()) {
                out.append(' ').append(oneLine(activity));
            }
            if (execution > 0) {
                out.append(" #").append(execution);
            }
            out.append(": ").append(oneLine(text));
            append(out, "; from ", inputs);
            append(out, "; to ", outputs);
            append(out, "; ", facts);
            if (!code.isBlank()) {
                out.append("\n    ").append(code.strip().replaceAll("\\R", "\n    "));
            }
            return out.toString();
        }

        @Override
        public String toString() {
            return "Step[" + id + " " + fate + "]";
        }

        private static void append(StringBuilder out, String before, List<String> items) {
            if (!items.isEmpty()) {
                out.append(before).append(oneLine(String.join(", ", items)));
            }
        }
    }

    /** Builds a {@link Step}. Not safe for use by several threads. */
    public static final class StepBuilder {
        private final String id;
        private final Fate fate;
        private final String text;
        private String activity = "";
        private String brief = "";
        private long execution;
        private String code = "";
        private List<String> inputs = List.of();
        private List<String> outputs = List.of();
        private List<String> facts = List.of();

        private StepBuilder(String id, Fate fate, String text) {
            this.id = requireNonNull(id, "id");
            this.fate = requireNonNull(fate, "fate");
            this.text = requireNonNull(text, "text");
        }

        /** See {@link Step#activity()}. */
        public StepBuilder activity(String activity) {
            this.activity = requireNonNull(activity, "activity");
            return this;
        }

        /** See {@link Step#brief()}. */
        public StepBuilder brief(String brief) {
            this.brief = requireNonNull(brief, "brief");
            return this;
        }

        /** See {@link Step#execution()}. */
        public StepBuilder execution(long execution) {
            this.execution = execution;
            return this;
        }

        /** See {@link Step#code()}. */
        public StepBuilder code(String code) {
            this.code = requireNonNull(code, "code");
            return this;
        }

        /** What went in. */
        public StepBuilder inputs(List<String> inputs) {
            this.inputs = requireNonNull(inputs, "inputs");
            return this;
        }

        /** What came out or was changed. */
        public StepBuilder outputs(List<String> outputs) {
            this.outputs = requireNonNull(outputs, "outputs");
            return this;
        }

        /** See {@link Step#facts()}. */
        public StepBuilder facts(List<String> facts) {
            this.facts = requireNonNull(facts, "facts");
            return this;
        }

        /** The step. */
        public Step build() {
            return new Step(this);
        }
    }

    /** Builds an {@link Outline}. Not safe for use by several threads. */
    public static final class Builder {
        private final String title;
        private final String scope;
        private @Nullable Instant from;
        private @Nullable Instant to;
        private List<Dataset> datasets = List.of();
        private List<Step> steps = List.of();
        private List<String> unknowns = List.of();

        private Builder(String title, String scope) {
            this.title = requireNonNull(title, "title");
            this.scope = requireNonNull(scope, "scope");
        }

        /** The period; either end may be unknown. */
        public Builder between(@Nullable Instant from, @Nullable Instant to) {
            this.from = from;
            this.to = to;
            return this;
        }

        /** The datasets that matter. */
        public Builder datasets(List<Dataset> datasets) {
            this.datasets = requireNonNull(datasets, "datasets");
            return this;
        }

        /** The steps in order. @throws IllegalArgumentException if two have the same id */
        public Builder steps(List<Step> steps) {
            List<String> ids = new ArrayList<>();
            steps.forEach(s -> ids.add(s.id()));
            if (ids.stream().distinct().count() != ids.size()) {
                throw new IllegalArgumentException("Two steps of an outline have the same id: " + ids);
            }
            this.steps = steps;
            return this;
        }

        /** What is not known, in sentences. */
        public Builder unknowns(List<String> unknowns) {
            this.unknowns = requireNonNull(unknowns, "unknowns");
            return this;
        }

        /** The outline. */
        public Outline build() {
            return new Outline(this);
        }
    }
}
