package dev.trackit.api;

import org.jspecify.annotations.Nullable;

/** A source of notebooks could not do what was asked of it, for example read a file. */
public final class CaptureException extends TrackitException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the user. */
    public CaptureException(String message) {
        super(message);
    }

    /** An exception with a message for the user and the fault that led to it. */
    public CaptureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
