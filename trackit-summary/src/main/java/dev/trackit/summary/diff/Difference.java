package dev.trackit.summary.diff;

import static java.util.Objects.requireNonNull;

import dev.trackit.core.lineage.ExecutionNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is different between two runs.
 *
 * @param level of what kind of thing it is
 * @param change how it is different
 * @param subject what is different: a file, a cell's first line, a call, a name, what was printed
 * @param before how it was; empty if it was not there
 * @param after how it is; empty if it is not there any more
 * @param earlier the execution of the first run that shows it; null if none does
 * @param later the execution of the second run that shows it; null if none does
 * @param explains the subjects of the differing results that rest on it, in order; empty for a result
 */
public record Difference(
        Level level,
        Change change,
        String subject,
        String before,
        String after,
        @Nullable ExecutionNode earlier,
        @Nullable ExecutionNode later,
        List<String> explains) {

    /** What may be different. */
    public enum Level {
        /** A file that was read. */
        INPUT,
        /** A cell. */
        CELL,
        /** A step on data. */
        TRANSFORMATION,
        /** What came out: a file, the shape of a frame, a printed value, an error. */
        RESULT
    }

    /** How it may be different. */
    public enum Change {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** It is another. */
        CHANGED,
        /** It stands elsewhere. */
        MOVED
    }

    /** Checks and copies. */
    public Difference {
        requireNonNull(level, "level");
        requireNonNull(change, "change");
        requireNonNull(subject, "subject");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        explains = List.copyOf(explains);
    }

    static Difference of(
            Level level,
            String subject,
            String before,
            String after,
            @Nullable ExecutionNode earlier,
            @Nullable ExecutionNode later) {
        Change change = earlier == null ? Change.ADDED : later == null ? Change.REMOVED : Change.CHANGED;
        return new Difference(level, change, subject, before, after, earlier, later, List.of());
    }

    Difference explaining(List<String> results) {
        return new Difference(level, change, subject, before, after, earlier, later, results);
    }
}
