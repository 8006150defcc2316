package dev.trackit.spi;

import dev.trackit.api.NotebookMatch;
import java.util.Objects;

/**
 * One kernel as a source sees it at one time.
 *
 * @param kernelId the kernel, the same across restarts
 * @param session the id of its present session; empty before the first one is known
 * @param kernelName the kernel spec's name; empty if not known
 * @param language in lower case; empty if not known
 * @param state what it does
 * @param notebook which notebook it belongs to
 * @param detail a sentence for the user where the state needs one, otherwise empty
 * @param captured executions seen live since the source was started
 * @param recovered executions recovered from the kernel's history since the source was started
 * @param gaps gaps reported since the source was started
 * @param dropped messages that could not be used (bad signature, unreadable, overflow) since the source was started
 * @param bytes bytes received from the kernel since the source was started
 */
public record KernelStatus(
        String kernelId,
        String session,
        String kernelName,
        String language,
        State state,
        NotebookMatch notebook,
        String detail,
        long captured,
        long recovered,
        long gaps,
        long dropped,
        long bytes) {

    /** What a kernel does. */
    public enum State {
        /** Found, connection not yet made. */
        CONNECTING,
        /** Connected, no cell runs. */
        IDLE,
        /** Connected, a cell runs. */
        BUSY,
        /** The connection was lost, and is tried again. */
        DISCONNECTED,
        /** Ended. */
        DEAD,
        /** Found, but cannot be captured; the detail says why. */
        UNSUPPORTED
    }

    /** Checks. */
    public KernelStatus {
        Objects.requireNonNull(kernelId, "kernelId");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(kernelName, "kernelName");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(notebook, "notebook");
        Objects.requireNonNull(detail, "detail");
    }
}
