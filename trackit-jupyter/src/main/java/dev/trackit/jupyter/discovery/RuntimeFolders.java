package dev.trackit.jupyter.discovery;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where front ends put connection files: Jupyter's runtime folders by the rules of {@code jupyter_core.paths}, those of VS Code, and the
 * temporary folder, which nbclient, papermill and VS Code use.
 */
final class RuntimeFolders {
    private RuntimeFolders() {}

    /**
     * The runtime folders, which need not exist.
     *
     * @param environment the process's environment
     * @param home the user's home folder
     * @param system the operating system's name as {@code os.name} has it
     */
    static List<Path> runtime(Map<String, String> environment, Path home, String system) {
        Set<Path> folders = new LinkedHashSet<>();
        add(folders, environment.get("JUPYTER_RUNTIME_DIR"), "");
        add(folders, environment.get("JUPYTER_DATA_DIR"), "runtime");
        add(folders, environment.get("XDG_RUNTIME_DIR"), "jupyter/runtime");
        String os = system.toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            folders.add(home.resolve("Library/Jupyter/runtime"));
        } else if (os.contains("win")) {
            add(folders, environment.get("APPDATA"), "jupyter/runtime");
        }
        add(folders, environment.get("XDG_DATA_HOME"), "jupyter/runtime");
        folders.add(home.resolve(".local/share/jupyter/runtime"));
        return new ArrayList<>(folders);
    }

    /** The temporary folders. */
    static List<Path> temporary(Map<String, String> environment, String javaTemporary) {
        Set<Path> folders = new LinkedHashSet<>();
        add(folders, javaTemporary, "");
        add(folders, environment.get("TMPDIR"), "");
        add(folders, environment.get("TEMP"), "");
        if (File.separatorChar == '/') {
            folders.add(Path.of("/tmp"));
        }
        return new ArrayList<>(folders);
    }

    private static void add(Set<Path> folders, @Nullable String base, String below) {
        if (base == null || base.isBlank()) {
            return;
        }
        try {
            folders.add(Path.of(base).resolve(below).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            // what is no path cannot be a folder
        }
    }
}
