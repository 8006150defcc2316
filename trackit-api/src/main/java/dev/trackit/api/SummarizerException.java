package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A summarizer could not give a summary. It knows why, and whether asking again can help. */
public final class SummarizerException extends TrackitException {
    private static final long serialVersionUID = 1L;

    /** Why there is no summary. */
    public enum Reason {
        /** The service asks to slow down; it was asked again until the deadline. */
        THROTTLED(true),
        /** The service, or the way to it, failed; it was asked again until the deadline. */
        UNAVAILABLE(true),
        /** No answer within the deadline. */
        TIMEOUT(true),
        /** The answer broke off. */
        CUT_OFF(true),
        /** The answer is not of the stated form, also after one repair. */
        BAD_ANSWER(true),
        /** The model is not offered any more, or not under this name. */
        MODEL_GONE(false),
        /** The account may not use the model. */
        NO_ACCESS(false),
        /** The model is not offered in the region, or the region is not one. */
        WRONG_REGION(false),
        /** No credentials were found, or they are expired or wrong. */
        NO_CREDENTIALS(false),
        /** A content filter of the service withheld the answer. */
        FILTERED(false),
        /** The request is not one that the service accepts. */
        REJECTED(false),
        /** The call could not be recorded, or was not consented to; nothing was sent. */
        NOT_PERMITTED(false),
        /** The caller gave up. */
        CANCELLED(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Reason reason;

    /** An exception with a message for the user. */
    public SummarizerException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** An exception with a message for the user and the fault that led to it. */
    public SummarizerException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Why there is no summary. */
    public Reason reason() {
        return reason;
    }

    /** Whether asking again later, with nothing changed, can help. */
    public boolean retryable() {
        return reason.retryable;
    }
}
