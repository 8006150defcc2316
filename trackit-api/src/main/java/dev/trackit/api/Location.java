package dev.trackit.api;

import static java.util.Objects.requireNonNull;

/**
 * Something that code can read or change: the binding of a name, the content of an object or of an addressable part of it, hidden
 * state such as a random generator's, or an external dataset.
 *
 * <p>Names and objects are told apart: after {@code b = a} there are two bindings and one object, and a change through one is a change
 * of the same location as through the other. Two locations of a session are the same exactly if their keys are equal.
 *
 * @param kind what it is
 * @param key unique within a session; an external dataset's key is its path or address, so that it is the same in all sessions
 * @param label how a person would write it: {@code df}, {@code df["age"]}, {@code model.coef_}, {@code data/raw.csv}
 * @param name the top-level name through which the code reached it; empty if none
 */
public record Location(Kind kind, String key, String label, String name) {

    /** What a location is. */
    public enum Kind {
        /** What a name is bound to. */
        BINDING,
        /** The content of an object, whatever names it has. */
        OBJECT,
        /** An addressable part of an object: a column, an item, an attribute; also which parts there are, and in which order. */
        PART,
        /** State that no name shows: a random generator, the working folder, the current figure. */
        HIDDEN,
        /** A file, an address, a table of a database. */
        EXTERNAL
    }

    /** Checks. */
    public Location {
        requireNonNull(kind, "kind");
        requireNonNull(key, "key");
        requireNonNull(label, "label");
        requireNonNull(name, "name");
    }
}
