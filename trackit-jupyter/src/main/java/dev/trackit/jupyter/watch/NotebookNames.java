package dev.trackit.jupyter.watch;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Which files count as notebooks and which folders are looked into, by their names alone. Left out are hidden files and folders, whose
 * names begin with a dot ({@code .ipynb_checkpoints}, {@code .git}, {@code .trackit}, and the {@code .~name.ipynb} that Jupyter keeps while it
 * saves), and {@code __pycache__}.
 */
final class NotebookNames {
    private static final String EXTENSION = ".ipynb";
    private static final String SAVE_COPY = ".~";
    private static final Set<String> LEFT_OUT = Set.of("__pycache__");

    private NotebookNames() {}

    static boolean isNotebook(Path file) {
        String name = name(file);
        return !name.startsWith(".") && name.endsWith(EXTENSION);
    }

    static boolean isLeftOut(Path folder) {
        String name = name(folder);
        return name.startsWith(".") || LEFT_OUT.contains(name);
    }

    /** The notebook that is being saved, if this is the copy that Jupyter keeps meanwhile. */
    static Optional<Path> savedBeside(Path file) {
        String name = name(file);
        return name.startsWith(SAVE_COPY) && name.endsWith(EXTENSION)
                ? Optional.of(file.resolveSibling(name.substring(SAVE_COPY.length())))
                : Optional.empty();
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
