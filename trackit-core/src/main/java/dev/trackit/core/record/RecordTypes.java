package dev.trackit.core.record;

import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;

/** The types of records that the core writes; their fields are listed in {@code docs/log-format.md}. */
public final class RecordTypes {
    /** First record of a notebook's log: who it is. */
    public static final String NOTEBOOK = "notebook";
    /** First record of the log of a kernel whose notebook is not known. */
    public static final String KERNEL = "kernel";
    /** The file was renamed or moved. */
    public static final String NOTEBOOK_MOVED = "notebook.moved";
    /** The file is gone. */
    public static final String NOTEBOOK_DELETED = "notebook.deleted";
    /** A session began, or was found running. */
    public static final String SESSION_STARTED = "session.started";
    /** It became known, or better known, to which notebook a session belongs. */
    public static final String SESSION_MATCHED = "session.matched";
    /** The earlier records of a session stand in another log. */
    public static final String SESSION_ADOPTED = "session.adopted";
    /** A session ended. */
    public static final String SESSION_ENDED = "session.ended";
    /** A cell was executed. */
    public static final String EXECUTION = "execution";
    /** More became known of an execution: its outputs, its times. */
    public static final String EXECUTION_AMENDED = "execution.amended";
    /** The cell of an execution became known, or better known. */
    public static final String EXECUTION_MATCHED = "execution.matched";
    /** The notebook was saved with changes. */
    public static final String SNAPSHOT = "snapshot";
    /** Something could not be seen. */
    public static final String GAP = "gap";
    /** What a file looked like that an execution read or wrote; in the log {@code files} of the notebook. */
    public static final String FILE_SEEN = "file.seen";
    /** The agent began to watch; in the agent's own log only. */
    public static final String AGENT_STARTED = "agent.started";
    /** The agent ended in good order; in the agent's own log only. */
    public static final String AGENT_STOPPED = "agent.stopped";

    /**
     * The agent's own log: which notebooks there are and where, which sessions are open. It can be rebuilt from the notebooks' logs,
     * and its lock keeps a second agent from the same store. No notebook has this id: theirs end in a hyphen and hexadecimal digits.
     */
    public static final LogId AGENT_LOG = LogId.capture(NotebookId.of("agent"));

    private RecordTypes() {}
}
