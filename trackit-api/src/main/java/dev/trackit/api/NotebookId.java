package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Names one tracked notebook within a store, for as long as the store lives: renaming or moving the file does not
 * change it. A person recognises the notebook in it ({@code titanic-3f2a9c}), and a store may use it as a folder name:
 * it holds lower-case letters, digits, {@code -}, {@code _} and {@code .} only, begins with a letter or digit, and has
 * at most 100 characters.
 *
 * @param value the written form
 */
public record NotebookId(String value) implements Comparable<NotebookId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    /** Checks the written form. @throws IllegalArgumentException if it is not one */
    public NotebookId {
        requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a notebook id: \"" + value
                    + "\". Expected at most 100 of a-z, 0-9, '-', '_' and '.', beginning with a letter or digit.");
        }
    }

    /** The id of this written form. */
    public static NotebookId of(String value) {
        return new NotebookId(value);
    }

    @Override
    public int compareTo(NotebookId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
