package dev.trackit.spi;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Gap;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Something that a {@link NotebookSource} saw. */
public sealed interface CaptureEvent {

    /**
     * A notebook file was found or saved, and could be read.
     *
     * @param notebook its content
     * @param at when the source noticed
     */
    record NotebookSaved(Notebook notebook, Instant at) implements CaptureEvent {
        /** Checks. */
        public NotebookSaved {
            requireNonNull(notebook, "notebook");
            requireNonNull(at, "at");
        }
    }

    /**
     * A notebook file was renamed or moved.
     *
     * @param from the old path, absolute
     * @param to the new path, absolute
     * @param at when the source noticed
     */
    record NotebookMoved(Path from, Path to, Instant at) implements CaptureEvent {
        /** Checks. */
        public NotebookMoved {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
            requireNonNull(at, "at");
        }
    }

    /**
     * A notebook file is gone.
     *
     * @param path where it was, absolute
     * @param at when the source noticed
     */
    record NotebookDeleted(Path path, Instant at) implements CaptureEvent {
        /** Checks. */
        public NotebookDeleted {
            requireNonNull(path, "path");
            requireNonNull(at, "at");
        }
    }

    /**
     * A kernel session began, or was found running.
     *
     * @param session the session
     * @param match which notebook it belongs to, as far as known
     */
    record SessionStarted(Session session, NotebookMatch match) implements CaptureEvent {
        /** Checks. */
        public SessionStarted {
            requireNonNull(session, "session");
            requireNonNull(match, "match");
        }
    }

    /**
     * It became known, or better known, which notebook a session belongs to.
     *
     * @param session the id of a session that was started
     * @param match the new knowledge, which replaces the old
     * @param at when the source learned it
     */
    record SessionMatched(String session, NotebookMatch match, Instant at) implements CaptureEvent {
        /** Checks. */
        public SessionMatched {
            requireNonNull(session, "session");
            requireNonNull(match, "match");
            requireNonNull(at, "at");
        }
    }

    /**
     * An execution began. For those who show live progress; nothing is recorded of it before it ended.
     *
     * @param execution its id, session, code, count and start; the other values mean nothing yet
     */
    record ExecutionStarted(Execution execution) implements CaptureEvent {
        /** Checks. */
        public ExecutionStarted {
            requireNonNull(execution, "execution");
        }
    }

    /**
     * An execution ended, or was recovered. An execution may be reported again with the same id when its outputs changed
     * afterwards, as when a later cell updates its display: then the outputs given last count.
     *
     * <p>A source that could not take all outputs, because they flooded the channel, adds {@link #OUTPUTS_INCOMPLETE} to the
     * execution's notes; the recorder then completes them from the next save that holds them.
     *
     * <p>A recovered execution ({@link dev.trackit.api.Origin#RECOVERED}) may have been recorded before, under its live id, by an
     * agent that was stopped since: it is the same if session, execution count and code agree, line ends at the end of the code
     * apart. Session ids are the kernel's own, and so the same after the agent was started again. An execution reported again
     * replaces status, times, outputs and notes: a cell that still ran while the source attached is reported at once, and again
     * when it ended.
     *
     * @param execution the execution, its sequence not yet given
     * @param payloads the payloads of outputs that are worth keeping, by digest
     */
    record ExecutionFinished(Execution execution, Map<Digest, byte[]> payloads) implements CaptureEvent {
        /** The note that marks an execution whose outputs were not taken whole. */
        public static final String OUTPUTS_INCOMPLETE = "Outputs were not captured whole.";

        /** Checks. The map is not copied: the source gives it away. */
        public ExecutionFinished {
            requireNonNull(execution, "execution");
            requireNonNull(payloads, "payloads");
        }
    }

    /**
     * A session ended.
     *
     * @param session the id of a session that was started
     * @param reason a sentence: shut down, restarted, died
     * @param at when it ended
     */
    record SessionEnded(String session, String reason, Instant at) implements CaptureEvent {
        /** Checks. */
        public SessionEnded {
            requireNonNull(session, "session");
            requireNonNull(reason, "reason");
            requireNonNull(at, "at");
        }
    }

    /**
     * Something could not be seen.
     *
     * @param gap what is known of it
     * @param at when the source noticed
     */
    record Missed(Gap gap, Instant at) implements CaptureEvent {
        /** Checks. */
        public Missed {
            requireNonNull(gap, "gap");
            requireNonNull(at, "at");
        }
    }
}
