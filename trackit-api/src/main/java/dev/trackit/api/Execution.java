package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one cell: what the kernel was given, and what came of it.
 *
 * <p>Times are those of the kernel's own messages (its clock, microseconds); order is told by {@link #sequence()}, never
 * by time. The id is unique for ever: for a live capture of a Jupyter kernel it is the id of the request message.
 */
public final class Execution {
    private final String id;
    private final String session;
    private final long sequence;
    private final String code;
    /** Computed when it is first asked for, and handed on by {@link #toBuilder()}: most executions are made on the way to another. */
    private @Nullable Digest codeDigest;

    private final @Nullable Integer executionCount;
    private final ExecutionStatus status;
    private final Origin origin;
    private final @Nullable Instant startedAt;
    private final @Nullable Instant finishedAt;
    private final List<Output> outputs;
    private final CellMatch cell;
    private final List<String> notes;

    private Execution(Builder b) {
        this.id = b.id;
        this.session = b.session;
        this.sequence = b.sequence;
        this.code = b.code;
        this.codeDigest = b.codeDigest;
        this.executionCount = b.executionCount;
        this.status = b.status;
        this.origin = b.origin;
        this.startedAt = b.startedAt;
        this.finishedAt = b.finishedAt;
        this.outputs = List.copyOf(b.outputs);
        this.cell = b.cell;
        this.notes = List.copyOf(b.notes);
    }

    /** Begins an execution that was seen live, ended well, and printed nothing. */
    public static Builder builder(String id, String session, String code) {
        return new Builder(id, session, code);
    }

    /** A builder that begins with these values. */
    public Builder toBuilder() {
        Builder builder = new Builder(id, session, code);
        builder.codeDigest = codeDigest;
        return builder.sequence(sequence)
                .executionCount(executionCount)
                .status(status)
                .origin(origin)
                .startedAt(startedAt)
                .finishedAt(finishedAt)
                .outputs(outputs)
                .cell(cell)
                .notes(notes);
    }

    /** The id, unique for ever. */
    public String id() {
        return id;
    }

    /** The id of the {@link Session} in which the code ran. */
    public String session() {
        return session;
    }

    /** The place in the order of executions of this notebook, from 1, across sessions; 0 before it was recorded. */
    public long sequence() {
        return sequence;
    }

    /** The code as the kernel was given it. */
    public String code() {
        return code;
    }

    /** The digest of {@link #code()}. */
    public Digest codeDigest() {
        Digest known = codeDigest;
        if (known == null) {
            known = Digest.ofText(code);
            codeDigest = known; // threads that ask at once compute the same
        }
        return known;
    }

    /** The kernel's execution count; not unique within a session. */
    public OptionalInt executionCount() {
        return executionCount == null ? OptionalInt.empty() : OptionalInt.of(executionCount);
    }

    /** How it ended. */
    public ExecutionStatus status() {
        return status;
    }

    /** From where the record was taken. */
    public Origin origin() {
        return origin;
    }

    /** When the kernel began, if known. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /** When the kernel was done, if known. */
    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAt);
    }

    /** The outputs in order, streams joined, display updates applied. */
    public List<Output> outputs() {
        return outputs;
    }

    /** The cell of the saved notebook that this execution belongs to. */
    public CellMatch cell() {
        return cell;
    }

    /** What a reader must know about this record, in sentences: outputs taken from the saved notebook, for example. */
    public List<String> notes() {
        return notes;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Execution that
                && id.equals(that.id)
                && session.equals(that.session)
                && sequence == that.sequence
                && code.equals(that.code)
                && Objects.equals(executionCount, that.executionCount)
                && status == that.status
                && origin == that.origin
                && Objects.equals(startedAt, that.startedAt)
                && Objects.equals(finishedAt, that.finishedAt)
                && outputs.equals(that.outputs)
                && cell.equals(that.cell)
                && notes.equals(that.notes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Ids, count and status: never code or outputs, which may be private. */
    @Override
    public String toString() {
        return "Execution[#" + sequence + " " + id + " In[" + (executionCount == null ? " " : executionCount) + "] "
                + status + " " + origin + "]";
    }

    /** Builds an {@link Execution}. Not safe for use by several threads. */
    public static final class Builder {
        private final String id;
        private final String session;
        private final String code;
        private @Nullable Digest codeDigest;
        private long sequence;
        private @Nullable Integer executionCount;
        private ExecutionStatus status = ExecutionStatus.OK;
        private Origin origin = Origin.LIVE;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private List<Output> outputs = List.of();
        private CellMatch cell = CellMatch.unknown();
        private List<String> notes = List.of();

        private Builder(String id, String session, String code) {
            this.id = requireNonNull(id, "id");
            this.session = requireNonNull(session, "session");
            this.code = requireNonNull(code, "code");
            if (id.isEmpty()) {
                throw new IllegalArgumentException("An execution needs an id");
            }
        }

        /** See {@link Execution#sequence()}. */
        public Builder sequence(long sequence) {
            this.sequence = sequence;
            return this;
        }

        /** The kernel's execution count. */
        public Builder executionCount(@Nullable Integer executionCount) {
            this.executionCount = executionCount;
            return this;
        }

        /** How it ended. */
        public Builder status(ExecutionStatus status) {
            this.status = requireNonNull(status, "status");
            return this;
        }

        /** From where the record is taken. */
        public Builder origin(Origin origin) {
            this.origin = requireNonNull(origin, "origin");
            return this;
        }

        /** When the kernel began. */
        public Builder startedAt(@Nullable Instant startedAt) {
            this.startedAt = startedAt;
            return this;
        }

        /** When the kernel was done. */
        public Builder finishedAt(@Nullable Instant finishedAt) {
            this.finishedAt = finishedAt;
            return this;
        }

        /** The outputs in order. */
        public Builder outputs(List<Output> outputs) {
            this.outputs = requireNonNull(outputs, "outputs");
            return this;
        }

        /** The cell that this execution belongs to. */
        public Builder cell(CellMatch cell) {
            this.cell = requireNonNull(cell, "cell");
            return this;
        }

        /** See {@link Execution#notes()}. */
        public Builder notes(List<String> notes) {
            this.notes = requireNonNull(notes, "notes");
            return this;
        }

        /** The execution. */
        public Execution build() {
            return new Execution(this);
        }
    }
}
