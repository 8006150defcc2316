package dev.trackit.api;

import org.jspecify.annotations.Nullable;

/** A source of notebooks could not do what was asked of it, for example read a file. */
public final class CaptureException extends TrackitException {
    private static final long serialVersionUID = 1L;

    private final boolean perhapsIncomplete;

    /** An exception with a message for the user. */
    public CaptureException(String message) {
        super(message);
        this.perhapsIncomplete = false;
    }

    /** An exception with a message for the user and the fault that led to it. */
    public CaptureException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.perhapsIncomplete = false;
    }

    private CaptureException(String message, @Nullable Throwable cause, boolean perhapsIncomplete) {
        super(message, cause);
        this.perhapsIncomplete = perhapsIncomplete;
    }

    /** An exception about something that is perhaps just being written, and may be whole a moment later. */
    public static CaptureException perhapsIncomplete(String message, @Nullable Throwable cause) {
        return new CaptureException(message, cause, true);
    }

    /**
     * Whether the thing was perhaps caught half-written, so that trying again in a moment can help: an empty file, one that
     * ends too early, one that changed while it was read.
     */
    public boolean isPerhapsIncomplete() {
        return perhapsIncomplete;
    }
}
