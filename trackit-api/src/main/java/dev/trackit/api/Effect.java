package dev.trackit.api;

import static java.util.Objects.requireNonNull;

/**
 * What one statement does to one location.
 *
 * <p>A {@link Kind#WRITE} or {@link Kind#DELETE} that is certain hides what was there before; one that is not certain, and a
 * {@link Kind#MUTATE}, add to it: a reader then depends on both.
 *
 * @param kind what it does
 * @param location to what
 * @param certain whether it surely happened, as opposed to perhaps (a branch, an unknown call, a failed statement)
 * @param before whether a read saw the value from before the execution, as opposed to one that the same execution made
 */
public record Effect(Kind kind, Location location, boolean certain, boolean before) {

    /** What a statement does to a location. */
    public enum Kind {
        /** Uses the value. */
        READ,
        /** Puts a new value there. */
        WRITE,
        /** Changes the value in place. */
        MUTATE,
        /** Removes it. */
        DELETE
    }

    /** Checks. */
    public Effect {
        requireNonNull(kind, "kind");
        requireNonNull(location, "location");
    }
}
