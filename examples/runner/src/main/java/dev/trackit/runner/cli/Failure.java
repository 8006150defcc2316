package dev.trackit.runner.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a command with a message for the user, on standard error, and an exit code. The message says what happened and to which
 * thing; the hints, one a line, say what to do.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> hints;

    private Failure(int exitCode, String message, List<String> hints, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.hints = List.copyOf(hints);
    }

    /** A failure without a cause. */
    public static Failure of(int exitCode, String message, String... hints) {
        return new Failure(exitCode, message, List.of(hints), null);
    }

    /** A failure with the fault that led to it, which {@code --debug} shows. */
    public static Failure of(int exitCode, Throwable cause, String message, String... hints) {
        return new Failure(exitCode, message, List.of(hints), cause);
    }

    /** One of {@link ExitCodes}. */
    public int exitCode() {
        return exitCode;
    }

    /** What to do, in sentences; may be empty. */
    public List<String> hints() {
        return hints;
    }
}
