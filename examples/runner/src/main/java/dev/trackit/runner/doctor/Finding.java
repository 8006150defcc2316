package dev.trackit.runner.doctor;

import static java.util.Objects.requireNonNull;

/**
 * One thing that was looked at.
 *
 * @param area what it belongs to: {@code python}, {@code jupyter}, {@code store} …
 * @param level how it is
 * @param text what was found, in a sentence
 * @param advice what to do; empty if nothing
 */
public record Finding(String area, Level level, String text, String advice) {
    /** How something is. */
    public enum Level {
        /** As it should be. */
        FINE,
        /** Good to know. */
        NOTE,
        /** It hinders capture; something should be done. */
        PROBLEM
    }

    /** Checks. */
    public Finding {
        requireNonNull(area, "area");
        requireNonNull(level, "level");
        requireNonNull(text, "text");
        requireNonNull(advice, "advice");
    }

    static Finding fine(String area, String text) {
        return new Finding(area, Level.FINE, text, "");
    }

    static Finding note(String area, String text, String advice) {
        return new Finding(area, Level.NOTE, text, advice);
    }

    static Finding problem(String area, String text, String advice) {
        return new Finding(area, Level.PROBLEM, text, advice);
    }
}
