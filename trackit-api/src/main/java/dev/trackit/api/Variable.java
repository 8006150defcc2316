package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a top-level name stands for when an execution has ended.
 *
 * @param name the name
 * @param type the type of its value in the library's own terms, for example {@code pandas.DataFrame}, {@code int},
 *     {@code function}; empty if not known
 * @param content the locations that make up its value, besides its binding: the object, its known parts, and what it holds. Whoever
 *     wants the value wants, for each of them, what was last written there and every change since
 */
public record Variable(String name, String type, List<Location> content) {

    /** Checks and copies. */
    public Variable {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        content = List.copyOf(content);
    }
}
