package dev.trackit.runner.picture;

import dev.trackit.api.TransformationKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing of the picture: a dataset between two changes, or a step. Its id stays the same when the record grows, so that a reader
 * does not lose what he looks at. Immutable once built.
 */
final class FlowNode {

    /** What it is, which decides its form. */
    enum Kind {
        /** A file, an address, a table. */
        FILE,
        /** A table in memory. */
        FRAME,
        /** One column in memory. */
        SERIES,
        /** An array. */
        ARRAY,
        /** A model or a transformer that learns. */
        MODEL,
        /** Another value that data passes through. */
        VALUE,
        /** A name that was used and whose origin was not recorded. */
        UNKNOWN,
        /** A step that makes or changes data. */
        STEP,
        /** A step that only draws. */
        PLOT,
        /** A step that only measures. */
        MEASURE,
        /** Steps in a row, shown as one. */
        CHAIN,
        /** Several drawings or measures of the same data, shown as one. */
        BUNDLE;

        boolean isData() {
            return compareTo(UNKNOWN) <= 0;
        }

        /** Whether nothing flows on from it. */
        boolean isEnd() {
            return this == PLOT || this == MEASURE || this == BUNDLE;
        }

        /** Whether it is a dataset in its own right, as opposed to a value on the way. */
        boolean isDataset() {
            return compareTo(MODEL) <= 0;
        }
    }

    /**
     * An execution in which it was made.
     *
     * @param notebook as the graph names it
     * @param sequence of the execution
     * @param place how people name the execution: {@code In [5]}, {@code #12}
     * @param cell the index of the cell in the notebook; -1 if not known
     * @param failed whether the execution failed
     */
    record Run(String notebook, long sequence, String place, int cell, boolean failed) {}

    private final Builder b;
    private final List<FlowNode> members;

    private FlowNode(Builder b, List<FlowNode> members) {
        this.b = b;
        this.members = List.copyOf(members);
    }

    /** A node that stands for several. */
    static FlowNode of(Kind kind, String id, List<FlowNode> members) {
        Builder b = new Builder(id, kind);
        for (FlowNode member : members) {
            b.kinds.addAll(member.kinds());
            b.runs.addAll(member.runs());
            b.stale.addAll(member.stale());
            b.current |= member.current();
        }
        return new FlowNode(b, members);
    }

    String id() {
        return b.id;
    }

    Kind kind() {
        return b.kind;
    }

    /** The variable, or the path as the code has it; for steps what is called, in a few words. */
    String label() {
        return b.label;
    }

    /** Of a dataset in memory: which version of its name it is, from 1. */
    int version() {
        return b.version;
    }

    /** The type of the value in the library's own terms; empty if not known. */
    String type() {
        return b.type;
    }

    /** Other names of the same object. */
    List<String> aliases() {
        return List.copyOf(b.aliases);
    }

    /** Rows; null if not known. */
    @Nullable
    Long rows() {
        return b.rows;
    }

    /** Columns, their number; null if not known. */
    @Nullable
    Long columnCount() {
        return b.columnCount;
    }

    /** Columns, their names in order; null if not all are known. */
    @Nullable
    List<String> columns() {
        return b.columns;
    }

    /** Of a file: its size in bytes when it was read; -1 if not known. */
    long bytes() {
        return b.bytes;
    }

    /** Of steps: the kinds of transformation, in order. */
    Set<TransformationKind> kinds() {
        return b.kinds;
    }

    /** Of a step: its source. */
    String code() {
        return b.code;
    }

    /** Of a step: its first line in the cell, from 1. */
    int line() {
        return b.line;
    }

    /** Of a step: whether no data goes in that is known, so that it makes data out of nothing. */
    boolean fresh() {
        return b.fresh;
    }

    /** The executions that made it, the first one first. */
    Set<Run> runs() {
        return b.runs;
    }

    /** Why it is out of date, in sentences; empty if it is not. */
    Set<String> stale() {
        return b.stale;
    }

    /** Whether it is part of how today's state came to be; if not, it was replaced, or belongs to an earlier session. */
    boolean current() {
        return b.current;
    }

    /** What it stands for; empty if for itself. */
    List<FlowNode> members() {
        return members;
    }

    @Override
    public String toString() {
        return b.id + " " + b.label;
    }

    /** Builds a {@link FlowNode}, piece by piece while the graph is read. */
    static final class Builder {
        final String id;
        Kind kind;
        String label = "";
        String session = "";
        int version;
        String type = "";
        final Set<String> aliases = new LinkedHashSet<>();

        @Nullable
        Long rows;

        @Nullable
        Long columnCount;

        @Nullable
        List<String> columns;

        long bytes = -1;
        final Set<TransformationKind> kinds = new LinkedHashSet<>();
        String code = "";
        int line;
        boolean fresh;
        final Set<Run> runs = new LinkedHashSet<>();
        final Set<String> stale = new LinkedHashSet<>();
        boolean current;

        Builder(String id, Kind kind) {
            this.id = id;
            this.kind = kind;
        }

        FlowNode build() {
            return new FlowNode(this, new ArrayList<>());
        }
    }
}
