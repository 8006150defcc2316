package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A step on data, as one call or one operator of a statement performs it. Immutable. */
public final class Transformation {
    private final TransformationKind kind;
    private final String call;
    private final int line;
    private final Map<String, String> arguments;
    private final List<Location> inputs;
    private final List<Location> outputs;
    private final List<ColumnLineage> columns;

    private Transformation(Builder b) {
        this.kind = b.kind;
        this.call = b.call;
        this.line = b.line;
        this.arguments = Maps.copyInOrder(b.arguments);
        this.inputs = List.copyOf(b.inputs);
        this.outputs = List.copyOf(b.outputs);
        this.columns = List.copyOf(b.columns);
    }

    /**
     * Begins a transformation.
     *
     * @param call what performs it, in the library's own terms: {@code pandas.read_csv}, {@code DataFrame.fillna},
     *     {@code DataFrame[mask]}
     * @param line the line of the cell where the call begins, from 1
     */
    public static Builder builder(TransformationKind kind, String call, int line) {
        return new Builder(kind, call, line);
    }

    /** What a data person calls it. */
    public TransformationKind kind() {
        return kind;
    }

    /** What performs it, in the library's own terms. */
    public String call() {
        return call;
    }

    /** The line of the cell where the call begins, from 1. */
    public int line() {
        return line;
    }

    /** Arguments by their names, or {@code 0}, {@code 1} … by place, in the order written, as source text. */
    public Map<String, String> arguments() {
        return arguments;
    }

    /** What goes in. */
    public List<Location> inputs() {
        return inputs;
    }

    /** What comes out or is changed. */
    public List<Location> outputs() {
        return outputs;
    }

    /** Where columns of the output came from, as far as it can be known. */
    public List<ColumnLineage> columns() {
        return columns;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Transformation that
                && kind == that.kind
                && call.equals(that.call)
                && line == that.line
                && arguments.equals(that.arguments)
                && inputs.equals(that.inputs)
                && outputs.equals(that.outputs)
                && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, call, line);
    }

    @Override
    public String toString() {
        return "Transformation[" + kind.wireName() + " " + call + " line " + line + "]";
    }

    /** Builds a {@link Transformation}. Not safe for use by several threads. */
    public static final class Builder {
        private final TransformationKind kind;
        private final String call;
        private final int line;
        private Map<String, String> arguments = Map.of();
        private List<Location> inputs = List.of();
        private List<Location> outputs = List.of();
        private List<ColumnLineage> columns = List.of();

        private Builder(TransformationKind kind, String call, int line) {
            this.kind = requireNonNull(kind, "kind");
            this.call = requireNonNull(call, "call");
            this.line = line;
        }

        /** See {@link Transformation#arguments()}. */
        public Builder arguments(Map<String, String> arguments) {
            this.arguments = requireNonNull(arguments, "arguments");
            return this;
        }

        /** What goes in. */
        public Builder inputs(List<Location> inputs) {
            this.inputs = requireNonNull(inputs, "inputs");
            return this;
        }

        /** What comes out or is changed. */
        public Builder outputs(List<Location> outputs) {
            this.outputs = requireNonNull(outputs, "outputs");
            return this;
        }

        /** Where columns came from. */
        public Builder columns(List<ColumnLineage> columns) {
            this.columns = requireNonNull(columns, "columns");
            return this;
        }

        /** The transformation. */
        public Transformation build() {
            return new Transformation(this);
        }
    }
}
