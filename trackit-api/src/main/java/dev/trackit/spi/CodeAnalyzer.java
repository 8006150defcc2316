package dev.trackit.spi;

import dev.trackit.api.Session;

/**
 * Says what code does to data, from the code and its outputs alone: it never runs code. It reads no files but its own, with one
 * exception: the source of a module that the code imports from the session's own {@linkplain Session#workingFolder() folder}, which it
 * may read (never write or run) to learn what the module's functions do. Safe for use by several threads.
 */
public interface CodeAnalyzer {

    /** Whether it understands this language, given in lower case, for example {@code python}. */
    boolean understands(String language);

    /** Begins the analysis of one kernel session, with an empty namespace. */
    SessionAnalyzer begin(Session session);
}
