package dev.trackit.runner.web.http;

import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import java.util.Objects;

/**
 * Why a request gets no answer, for the person in front of the page: what happened, to which thing, and what to do. It never holds a path that was not
 * asked for, a stack trace or a secret. Thrown by views, and turned into an answer in one place.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String where;
    private final String todo;

    private Problem(int status, String what, String where, String todo) {
        super(what, null, false, false);
        this.status = status;
        this.where = where;
        this.todo = todo;
    }

    /** A problem. @param status of HTTP @param what in a sentence */
    public static Problem of(int status, String what) {
        return new Problem(status, what, "", "");
    }

    /** A command's failure, as the page tells it. */
    public static Problem of(Failure failure) {
        int status =
                switch (failure.exitCode()) {
                    case ExitCodes.USAGE -> 400;
                    case ExitCodes.NOTHING -> 404;
                    case ExitCodes.LOCKED -> 409;
                    default -> 500;
                };
        String what = Objects.requireNonNullElse(failure.getMessage(), "TrackIT failed to answer this.");
        return new Problem(status, what, "", String.join(" ", failure.hints()));
    }

    /** The same, with the thing that it happened to. */
    public Problem where(String thing) {
        return new Problem(status, what(), thing, todo);
    }

    /** The same, with what to do. */
    public Problem todo(String advice) {
        return new Problem(status, what(), where, advice);
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** What happened. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** To which thing; may be empty. */
    public String where() {
        return where;
    }

    /** What to do; may be empty. */
    public String todo() {
        return todo;
    }
}
