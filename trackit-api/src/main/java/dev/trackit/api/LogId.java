package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One append-only log of a store. Each notebook has several, so that each has one writer: {@code capture}, which the agent
 * holds as long as it runs, and {@code notes}, to which tags, summaries and the record of what was sent out are added in
 * between.
 *
 * @param notebook the notebook
 * @param name which of the notebook's logs: 1 to 32 of {@code a-z}, {@code 0-9}
 */
public record LogId(NotebookId notebook, String name) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}");

    /** Checks the name. @throws IllegalArgumentException if it is not one */
    public LogId {
        requireNonNull(notebook, "notebook");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a log's name: \"" + name + "\". Expected 1 to 32 of a-z and 0-9.");
        }
    }

    /** The log of what was captured. */
    public static LogId capture(NotebookId notebook) {
        return new LogId(notebook, "capture");
    }

    /** The log of what was added by hand or by programs: tags, summaries, calls. */
    public static LogId notes(NotebookId notebook) {
        return new LogId(notebook, "notes");
    }

    @Override
    public String toString() {
        return notebook + "/" + name;
    }
}
