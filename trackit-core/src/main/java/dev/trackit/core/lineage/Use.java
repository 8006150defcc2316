package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

/**
 * One reason why a statement depends on another: it used what the other left at a location.
 *
 * @param kind how it used it
 * @param version what it used
 */
public record Use(Kind kind, Version version) {

    /** How a version is used. */
    public enum Kind {
        /** Its value was read. */
        VALUE,
        /** It was changed in place, or a part of it was. */
        MUTATION,
        /** A file, an address or a table was read that the other statement wrote. */
        FILE,
        /** State that no name shows was used: a random generator, the working folder. */
        HIDDEN,
        /** Only what an import, a function or a class definition bound. */
        DEFINITION,
        /** A name that nothing visible bound: a statement whose effects are not known may have. */
        UNKNOWN
    }

    /** Checks. */
    public Use {
        requireNonNull(kind, "kind");
        requireNonNull(version, "version");
    }

    /** The statement depended on. */
    public StatementNode on() {
        return version.writer();
    }
}
