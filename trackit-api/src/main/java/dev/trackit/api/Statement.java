package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The unit of dependency: one top-level statement of an execution, with what it did. A compound statement is one unit with its body.
 */
public final class Statement {

    /** What else is worth knowing of a statement. */
    public enum Trait {
        /** Brings names of a library or module in. */
        IMPORT,
        /** Defines a function or a class. */
        DEFINITION,
        /** Only shows something: a bare expression, a print, a plot, a help request. */
        DISPLAY,
        /** Holds IPython syntax, and runs only in IPython. */
        IPYTHON,
        /** Could not be read; nothing is known of what it does. */
        UNREADABLE,
        /** Was not reached: an earlier statement of the same execution failed. */
        NOT_RUN,
        /** Raised an exception: what it did before is not known. */
        FAILED,
        /** Did something whose effects cannot be known from the code. */
        OPAQUE
    }

    private final int index;
    private final int firstLine;
    private final int lastLine;
    private final String text;
    private final List<Effect> effects;
    private final List<Transformation> transformations;
    private final List<String> assumptions;
    private final Set<Trait> traits;

    private Statement(Builder b) {
        this.index = b.index;
        this.firstLine = b.firstLine;
        this.lastLine = b.lastLine;
        this.text = b.text;
        this.effects = List.copyOf(b.effects);
        this.transformations = List.copyOf(b.transformations);
        this.assumptions = List.copyOf(b.assumptions);
        this.traits = Collections.unmodifiableSet(
                b.traits.isEmpty() ? EnumSet.noneOf(Trait.class) : EnumSet.copyOf(b.traits));
    }

    /**
     * Begins a statement.
     *
     * @param index its place among the execution's statements, from 0
     * @param firstLine its first line in the cell, from 1
     * @param lastLine its last line
     * @param text its source as it stands in the cell
     */
    public static Builder builder(int index, int firstLine, int lastLine, String text) {
        return new Builder(index, firstLine, lastLine, text);
    }

    /** The place among the execution's statements, from 0. */
    public int index() {
        return index;
    }

    /** The first line in the cell, from 1. */
    public int firstLine() {
        return firstLine;
    }

    /** The last line in the cell, from 1. */
    public int lastLine() {
        return lastLine;
    }

    /** The source as it stands in the cell. */
    public String text() {
        return text;
    }

    /** What it did, in order. */
    public List<Effect> effects() {
        return effects;
    }

    /** The steps on data that it performs, in order. */
    public List<Transformation> transformations() {
        return transformations;
    }

    /** What had to be assumed, in sentences. */
    public List<String> assumptions() {
        return assumptions;
    }

    /** What else is worth knowing. */
    public Set<Trait> traits() {
        return traits;
    }

    @Override
    public String toString() {
        return "Statement[" + index + " lines " + firstLine + "-" + lastLine + " " + traits + "]";
    }

    /** Builds a {@link Statement}. Not safe for use by several threads. */
    public static final class Builder {
        private final int index;
        private final int firstLine;
        private final int lastLine;
        private final String text;
        private List<Effect> effects = List.of();
        private List<Transformation> transformations = List.of();
        private List<String> assumptions = List.of();
        private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

        private Builder(int index, int firstLine, int lastLine, String text) {
            this.index = index;
            this.firstLine = firstLine;
            this.lastLine = lastLine;
            this.text = requireNonNull(text, "text");
        }

        /** What it did, in order. */
        public Builder effects(List<Effect> effects) {
            this.effects = requireNonNull(effects, "effects");
            return this;
        }

        /** The steps on data, in order. */
        public Builder transformations(List<Transformation> transformations) {
            this.transformations = requireNonNull(transformations, "transformations");
            return this;
        }

        /** What had to be assumed, in sentences. */
        public Builder assumptions(List<String> assumptions) {
            this.assumptions = requireNonNull(assumptions, "assumptions");
            return this;
        }

        /** Adds a trait. */
        public Builder trait(Trait trait) {
            traits.add(requireNonNull(trait, "trait"));
            return this;
        }

        /** The statement. */
        public Statement build() {
            return new Statement(this);
        }
    }
}
