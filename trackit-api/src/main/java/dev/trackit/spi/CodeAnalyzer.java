package dev.trackit.spi;

import dev.trackit.api.Session;

/**
 * Says what code does to data, from the code and its outputs alone: it never runs code, and reads no files but its own. Safe for use
 * by several threads.
 */
public interface CodeAnalyzer {

    /** Whether it understands this language, given in lower case, for example {@code python}. */
    boolean understands(String language);

    /** Begins the analysis of one kernel session, with an empty namespace. */
    SessionAnalyzer begin(Session session);
}
