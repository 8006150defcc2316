package dev.trackit.api;

import org.jspecify.annotations.Nullable;

/**
 * The root of what TrackIT throws. Its leaves are told apart by what a caller can do about them: mend the
 * configuration, look at the store, look at the source, ask the summarizer again.
 *
 * <p>A message says what happened, to which thing, and what to do. Exceptions of libraries appear as causes only.
 */
public class TrackitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the user. */
    public TrackitException(String message) {
        super(message);
    }

    /** An exception with a message for the user and the fault that led to it. */
    public TrackitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
