package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a name stood for at some point.
 *
 * @param name the name
 * @param type the type of the value in the library's own terms; empty if not known
 * @param binding what bound the name
 * @param content the newest versions of all that makes up the value: the object, its parts, what it holds
 */
public record NamedValue(String name, String type, Version binding, List<Version> content) {

    /** Checks and copies. */
    public NamedValue {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(binding, "binding");
        content = List.copyOf(content);
    }
}
