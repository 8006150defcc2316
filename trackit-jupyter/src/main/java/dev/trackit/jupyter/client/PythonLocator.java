package dev.trackit.jupyter.client;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds a Python that can run a kernel. The first one on the search path often cannot: version managers put a bare one before the system's, so each
 * is asked in turn. Safe for use by several threads.
 */
public final class PythonLocator {
    private static final List<String> NAMES =
            File.separatorChar == '/' ? List.of("python3", "python") : List.of("python.exe", "python3.exe");

    private PythonLocator() {}

    /** All Pythons that could be found, in the order in which they are tried: the active environment, the search path, the system's. */
    public static List<Path> candidates() {
        Map<String, String> environment = System.getenv();
        Set<Path> found = new LinkedHashSet<>();
        for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
            String prefix = environment.get(variable);
            if (prefix != null && !prefix.isBlank()) {
                add(found, prefix + (File.separatorChar == '/' ? "/bin" : ""));
                add(found, prefix + (File.separatorChar == '/' ? "" : "/Scripts"));
            }
        }
        found.addAll(onPath(environment));
        if (File.separatorChar == '/') {
            List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin").forEach(f -> add(found, f));
        }
        return new ArrayList<>(found);
    }

    static List<Path> onPath(Map<String, String> environment) {
        Set<Path> found = new LinkedHashSet<>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            add(found, folder);
        }
        return new ArrayList<>(found);
    }

    private static void add(Set<Path> found, String folder) {
        if (folder.isBlank()) {
            return;
        }
        for (String name : NAMES) {
            try {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                    found.add(file);
                }
            } catch (InvalidPathException e) {
                // what is no path holds no program
            }
        }
    }

    /** The first candidate that has all of these modules, for example {@code ipykernel}. Runs each candidate, which takes a while. */
    public static Optional<Path> withModules(String... modules) {
        return candidates().stream().filter(p -> has(p, modules)).findFirst();
    }

    /** Whether this Python has all of these modules. Runs it. */
    public static boolean has(Path python, String... modules) {
        String code =
                "import importlib.util as u, sys; " + "sys.exit(0 if all(u.find_spec(m) for m in sys.argv[1:]) else 1)";
        List<String> command = new ArrayList<>(List.of(python.toString(), "-c", code));
        command.addAll(List.of(modules));
        Process process = start(command);
        if (process == null) {
            return false;
        }
        try {
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static @Nullable Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return null;
        }
    }
}
