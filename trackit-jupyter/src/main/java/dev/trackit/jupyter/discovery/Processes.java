package dev.trackit.jupyter.discovery;

import dev.trackit.jupyter.discovery.ConnectionFiles.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the processes of kernels by their command lines, which name the connection file: {@code -f X}, {@code -f=X},
 * {@code --connection-file=X}, {@code --IPKernelApp.connection_file=X}, or just a file that is one. On Linux by {@code /proc}, elsewhere by what
 * Java knows of processes, which is less. Only new processes are looked at, so that a scan is cheap. Used on one thread.
 */
final class Processes {
    private static final Path PROC = Path.of("/proc");

    private final boolean proc = Files.isDirectory(PROC.resolve("self"));
    private final Map<Long, Integer> looks = new HashMap<>();
    private final Map<Path, Long> pids = new HashMap<>();

    /** Looks for new processes; the connection files that they name. */
    Map<Path, Found> scan() {
        Map<Path, Found> found = new LinkedHashMap<>();
        Set<Long> alive = alive();
        for (long pid : alive) {
            // Between fork and exec a process has its parent's command line: each is looked at twice.
            if (looks.merge(pid, 1, Integer::sum) <= 3) {
                look(pid, found);
            }
        }
        looks.keySet().retainAll(alive);
        pids.values().retainAll(alive);
        return found;
    }

    /** The processes there are. Where there is {@code /proc}, its names tell; the JDK would open a file or two for each process, every time. */
    private Set<Long> alive() {
        Set<Long> alive = new HashSet<>();
        if (proc) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, Processes::isNumbered)) {
                entries.forEach(
                        entry -> alive.add(Long.parseLong(entry.getFileName().toString())));
                return alive;
            } catch (IOException | DirectoryIteratorException e) {
                alive.clear();
            }
        }
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.forEach(process -> alive.add(process.pid()));
        }
        return alive;
    }

    private static boolean isNumbered(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return !name.isEmpty() && name.length() < 19 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether this process is there still. Cheap: no file is opened where there is {@code /proc}. */
    boolean isAlive(long pid) {
        return proc
                ? Files.exists(PROC.resolve(Long.toString(pid)))
                : ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** The process that runs the kernel of this connection file. */
    Optional<KernelProcess> of(Path connectionFile) {
        Long pid = pids.get(connectionFile);
        if (pid == null) {
            pid = pids.get(real(connectionFile));
        }
        return pid == null ? Optional.empty() : describe(pid);
    }

    /** What can be known of a process. */
    Optional<KernelProcess> describe(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(handle -> {
            Map<String, String> environment = environment(pid);
            return new KernelProcess(
                    pid,
                    command(pid),
                    workingFolder(pid),
                    handle.info().startInstant(),
                    environment.getOrDefault("JPY_SESSION_NAME", ""),
                    parent(handle, environment.get("JPY_PARENT_PID")));
        });
    }

    private static long parent(ProcessHandle handle, @Nullable String told) {
        try {
            long pid = told == null ? 0 : Long.parseLong(told);
            if (pid > 1) {
                return pid;
            }
        } catch (NumberFormatException e) {
            // on Windows it is a handle, not an id
        }
        return handle.parent().map(ProcessHandle::pid).orElse(-1L);
    }

    private void look(long pid, Map<Path, Found> found) {
        List<String> command = command(pid);
        for (int i = 1; i < command.size(); i++) {
            String argument = command.get(i);
            int equals = argument.indexOf('=');
            String value = argument.startsWith("-") && equals > 0 ? argument.substring(equals + 1) : argument;
            boolean named = i > 0
                    && (command.get(i - 1).equals("-f") || command.get(i - 1).equals("--connection-file"));
            if (!value.endsWith(".json") && !named) {
                continue;
            }
            path(pid, value).ifPresent(file -> ConnectionFiles.read(file).ifPresent(f -> {
                pids.put(file, pid);
                pids.put(real(file), pid);
                found.put(file, f);
            }));
        }
    }

    private Optional<Path> path(long pid, String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute()
                    ? Optional.of(path.normalize())
                    : workingFolder(pid).map(folder -> folder.resolve(path).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    /** The command line, the program first; empty if it cannot be read. */
    List<String> command(long pid) {
        if (proc) {
            return nulSeparated(pid, "cmdline");
        }
        List<String> command = new ArrayList<>();
        ProcessHandle.of(pid).map(ProcessHandle::info).ifPresent(info -> {
            command.add(info.command().orElse(""));
            info.arguments().ifPresent(arguments -> command.addAll(Arrays.asList(arguments)));
            if (command.size() == 1) {
                info.commandLine().ifPresent(line -> command.addAll(Arrays.asList(line.split(" ", -1))));
            }
        });
        return command;
    }

    /** Where a process was started; empty where the system does not tell. */
    Optional<Path> workingFolder(long pid) {
        if (!proc) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/cwd")));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private Map<String, String> environment(long pid) {
        Map<String, String> environment = new HashMap<>();
        if (proc) {
            for (String entry : nulSeparated(pid, "environ")) {
                if (entry.startsWith("JPY_") && entry.indexOf('=') > 0) {
                    environment.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
                }
            }
        }
        return environment;
    }

    private static List<String> nulSeparated(long pid, String file) {
        try {
            String text = new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), StandardCharsets.UTF_8);
            return text.isEmpty() ? List.of() : List.of(text.split("\0", -1));
        } catch (IOException e) {
            return List.of(); // ended, or another user's
        }
    }
}
