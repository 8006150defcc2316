package dev.trackit.api;

import org.jspecify.annotations.Nullable;

/** Another writer holds the log. The caller can wait, or stop the other writer; readers are not affected. */
public final class LogLockedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the user. */
    public LogLockedException(String message) {
        super(message);
    }

    /** An exception with a message for the user and the fault that led to it. */
    public LogLockedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
