package dev.trackit.api;

import static java.util.Objects.requireNonNull;

/**
 * What one statement does to one location.
 *
 * <p>Locations are told apart by their keys alone; a reader of effects need not know which part belongs to which object, nor which
 * objects share memory, because the analyzer says it all: a use of a whole object is a read of its {@link Location.Kind#OBJECT}
 * and of each {@link Location.Kind#PART} of it that is known by then (and of what it holds, as deep as it is used); a change of the
 * whole is a {@link Kind#MUTATE} of all of these; a change of one part is an effect on this part alone, and a change that is seen
 * through views is an effect on each object that shares the memory. An object comes into being with a {@link Kind#WRITE} of its
 * {@code OBJECT}, by the statement that makes it.
 *
 * <p>A {@link Kind#WRITE} or {@link Kind#DELETE} that is {@link Certainty#SURE} hides what was there before; one that is less than
 * sure, and a {@link Kind#MUTATE}, add to it: a reader then depends on both.
 *
 * <p>Answers by name follow from this: an execution <em>reads</em> the names of its reads of {@link Location.Kind#BINDING} that
 * saw the value from {@linkplain #before() before}, <em>writes</em> the names of its writes of {@code BINDING}, and
 * <em>mutates</em> those names that it reads and that are the {@link Location#name()} of a {@code WRITE}, {@code MUTATE} or
 * {@code DELETE} of a {@code PART}, or of a {@code MUTATE} of an {@code OBJECT}, from {@linkplain #before() before}. It reads and writes
 * the files of its {@code EXTERNAL} effects, except those whose key is an address ({@code ://}), and except the source files that a
 * statement with the trait {@link Statement.Trait#IMPORT} reads. Where several names lead to a changed object, each has
 * an effect of its own, with the same key and its own name, also names that the statement does not mention. Effects that are
 * only {@link Certainty#POSSIBLE} do not count in such answers.
 *
 * @param kind what it does
 * @param location to what
 * @param certainty how sure it is that this happened
 * @param before whether a read saw the value from before the execution, as opposed to one that the same execution made; whether a
 *     change is one of an object that existed before the execution
 */
public record Effect(Kind kind, Location location, Certainty certainty, boolean before) {

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

    /** How sure it is that an effect happened. */
    public enum Certainty {
        /** It happened whenever the statement ran to its end. */
        SURE,
        /** It most likely happened, but did not have to: the body of an {@code if}, a second branch, a loop. */
        LIKELY,
        /**
         * It usually does not happen, but cannot be excluded: an {@code except} clause, what an unknown function does to its
         * arguments. Kept so that slices stay right; not counted in answers by name.
         */
        POSSIBLE
    }

    /** Checks. */
    public Effect {
        requireNonNull(kind, "kind");
        requireNonNull(location, "location");
        requireNonNull(certainty, "certainty");
    }

    /** Whether it surely happened. */
    public boolean sure() {
        return certainty == Certainty.SURE;
    }
}
