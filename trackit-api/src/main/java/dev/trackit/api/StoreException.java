package dev.trackit.api;

import org.jspecify.annotations.Nullable;

/** A log could not be opened, written or read. */
public class StoreException extends TrackitException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the user. */
    public StoreException(String message) {
        super(message);
    }

    /** An exception with a message for the user and the fault that led to it. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
