package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something happened, or may have happened, that could not be seen. A gap stands in the log where the missing records would
 * stand.
 */
public final class Gap {

    /** Why something could not be seen. */
    public enum Reason {
        /** The source attached to a kernel that had run before, and its history does not reach back. */
        ATTACHED_LATE,
        /** The connection to a kernel was lost for a while. */
        DISCONNECTED,
        /** Messages arrived faster than they could be taken; some were dropped. */
        OVERLOAD,
        /** The kernel ended while an execution was open. */
        KERNEL_DIED,
        /** A message could not be read, or its signature was wrong. */
        UNREADABLE,
        /** The agent was not running. */
        AGENT_STOPPED,
        /** The store refused or lost records. */
        STORE_FAILED,
        /** A source failed. */
        SOURCE_FAILED,
        /** Anything else; the detail tells. */
        OTHER
    }

    private final Reason reason;
    private final String session;
    private final String detail;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final long missing;

    private Gap(Builder b) {
        this.reason = b.reason;
        this.session = b.session;
        this.detail = b.detail;
        this.from = b.from;
        this.to = b.to;
        this.missing = b.missing;
    }

    /** Begins a gap. @param detail a sentence for the user: what could not be seen, and what is known of it */
    public static Builder builder(Reason reason, String detail) {
        return new Builder(reason, detail);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The session concerned; empty if none, or all. */
    public String session() {
        return session;
    }

    /** A sentence for the user. */
    public String detail() {
        return detail;
    }

    /** The beginning of what could not be seen, if known. */
    public Optional<Instant> from() {
        return Optional.ofNullable(from);
    }

    /** The end of what could not be seen, if known. */
    public Optional<Instant> to() {
        return Optional.ofNullable(to);
    }

    /** How many executions are missing, as far as execution counts tell; -1 if not known. */
    public long missing() {
        return missing;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Gap that
                && reason == that.reason
                && session.equals(that.session)
                && detail.equals(that.detail)
                && Objects.equals(from, that.from)
                && Objects.equals(to, that.to)
                && missing == that.missing;
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, session, detail, from, to);
    }

    @Override
    public String toString() {
        return "Gap[" + reason + " " + session + ": " + detail + "]";
    }

    /** Builds a {@link Gap}. Not safe for use by several threads. */
    public static final class Builder {
        private final Reason reason;
        private final String detail;
        private String session = "";
        private @Nullable Instant from;
        private @Nullable Instant to;
        private long missing = -1;

        private Builder(Reason reason, String detail) {
            this.reason = requireNonNull(reason, "reason");
            this.detail = requireNonNull(detail, "detail");
        }

        /** The session concerned. */
        public Builder session(String session) {
            this.session = requireNonNull(session, "session");
            return this;
        }

        /** The span of time that could not be seen; either end may be unknown. */
        public Builder between(@Nullable Instant from, @Nullable Instant to) {
            this.from = from;
            this.to = to;
            return this;
        }

        /** How many executions are missing; -1 if not known. */
        public Builder missing(long missing) {
            this.missing = missing;
            return this;
        }

        /** The gap. */
        public Gap build() {
            return new Gap(this);
        }
    }
}
