package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a notebook as it was saved: its place, its source, and for code cells the execution count and outputs that the file
 * holds.
 *
 * <p>The id is the file's own where the format has one (nbformat 4.5), otherwise one that the reader of notebooks gives and
 * keeps stable across edits and moves.
 */
public final class Cell {
    private final String id;
    private final int index;
    private final CellType type;
    private final String source;
    /** Computed when it is first asked for. */
    private @Nullable Digest sourceDigest;

    private final @Nullable Integer executionCount;
    private final List<String> tags;
    private final List<Output> outputs;
    private final Map<String, String> timing;

    private Cell(Builder b) {
        this.id = b.id;
        this.index = b.index;
        this.type = b.type;
        this.source = b.source;
        this.executionCount = b.executionCount;
        this.tags = List.copyOf(b.tags);
        this.outputs = List.copyOf(b.outputs);
        this.timing = Maps.copyInOrder(b.timing);
    }

    /** Begins a cell. @param index the place in the notebook, from 0, cells of all types counted */
    public static Builder builder(String id, int index, CellType type, String source) {
        return new Builder(id, index, type, source);
    }

    /** The cell's id, unique within its notebook. */
    public String id() {
        return id;
    }

    /** The place in the notebook, from 0, cells of all types counted. */
    public int index() {
        return index;
    }

    /** Code, Markdown, or other. */
    public CellType type() {
        return type;
    }

    /** The source as the file holds it, lines joined. */
    public String source() {
        return source;
    }

    /** The digest of {@link #source()}. */
    public Digest sourceDigest() {
        Digest known = sourceDigest;
        if (known == null) {
            known = Digest.ofText(source);
            sourceDigest = known; // threads that ask at once compute the same
        }
        return known;
    }

    /** The execution count that the file shows, if the cell was executed. */
    public OptionalInt executionCount() {
        return executionCount == null ? OptionalInt.empty() : OptionalInt.of(executionCount);
    }

    /** The tags of the cell's metadata, in order. */
    public List<String> tags() {
        return tags;
    }

    /** The outputs that the file holds, in order. */
    public List<Output> outputs() {
        return outputs;
    }

    /**
     * What the front end recorded of the execution's times ({@code metadata.execution}), by the front end's own keys, such as
     * {@code iopub.execute_input}, values as written. Empty for most notebooks.
     */
    public Map<String, String> timing() {
        return timing;
    }

    /** One recorded time, as written. */
    public Optional<String> timing(String key) {
        return Optional.ofNullable(timing.get(key));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Cell that
                && id.equals(that.id)
                && index == that.index
                && type == that.type
                && source.equals(that.source)
                && Objects.equals(executionCount, that.executionCount)
                && tags.equals(that.tags)
                && outputs.equals(that.outputs)
                && timing.equals(that.timing);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, index, source);
    }

    /** Place, type and id: never the source, which may be private. */
    @Override
    public String toString() {
        return "Cell[" + index + " " + type + " " + id + "]";
    }

    /** Builds a {@link Cell}. Not safe for use by several threads. */
    public static final class Builder {
        private final String id;
        private final int index;
        private final CellType type;
        private final String source;
        private @Nullable Integer executionCount;
        private List<String> tags = List.of();
        private List<Output> outputs = List.of();
        private Map<String, String> timing = Map.of();

        private Builder(String id, int index, CellType type, String source) {
            this.id = requireNonNull(id, "id");
            this.index = index;
            this.type = requireNonNull(type, "type");
            this.source = requireNonNull(source, "source");
            if (index < 0) {
                throw new IllegalArgumentException("A cell's index counts from 0, not " + index);
            }
        }

        /** The execution count that the file shows. */
        public Builder executionCount(@Nullable Integer executionCount) {
            this.executionCount = executionCount;
            return this;
        }

        /** The cell's tags. */
        public Builder tags(List<String> tags) {
            this.tags = requireNonNull(tags, "tags");
            return this;
        }

        /** The outputs that the file holds. */
        public Builder outputs(List<Output> outputs) {
            this.outputs = requireNonNull(outputs, "outputs");
            return this;
        }

        /** See {@link Cell#timing()}. */
        public Builder timing(Map<String, String> timing) {
            this.timing = requireNonNull(timing, "timing");
            return this;
        }

        /** The cell. */
        public Cell build() {
            return new Cell(this);
        }
    }
}
