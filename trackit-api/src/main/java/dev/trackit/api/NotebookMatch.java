package dev.trackit.api;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * Which notebook file a kernel session belongs to, and how that is known.
 *
 * @param basis how it is known
 * @param candidates the files, absolute: one when settled, several when ambiguous, none when unknown
 */
public record NotebookMatch(Basis basis, List<Path> candidates) {

    /** The ways of knowing, best first. */
    public enum Basis {
        /** A Jupyter server says so. */
        SERVER,
        /** The kernel's environment or connection file names the notebook. */
        KERNEL,
        /** The command line of the process that started the kernel names the notebook. */
        COMMAND_LINE,
        /** The times of executions stand in the saved notebook. */
        TIME,
        /** The executed code stands in the cells of exactly this notebook in the kernel's working folder. */
        CODE,
        /** The only notebook in the kernel's working folder. */
        WORKING_FOLDER,
        /** Nothing is known. */
        NONE
    }

    private static final NotebookMatch UNKNOWN = new NotebookMatch(Basis.NONE, List.of());

    /** Checks and copies; paths become absolute. */
    public NotebookMatch {
        requireNonNull(basis, "basis");
        candidates =
                candidates.stream().map(p -> p.toAbsolutePath().normalize()).toList();
        if ((basis == Basis.NONE) != candidates.isEmpty()) {
            throw new IllegalArgumentException(
                    "A match by " + basis + " cannot have " + candidates.size() + " candidates");
        }
    }

    /** Nothing is known. */
    public static NotebookMatch unknown() {
        return UNKNOWN;
    }

    /** One file. */
    public static NotebookMatch of(Basis basis, Path notebook) {
        return new NotebookMatch(basis, List.of(notebook));
    }

    /** Whether exactly one file is known. */
    public boolean isSettled() {
        return candidates.size() == 1;
    }
}
