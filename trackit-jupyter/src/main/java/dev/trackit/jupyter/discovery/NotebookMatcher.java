package dev.trackit.jupyter.discovery;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.NotebookMatch.Basis;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says which notebook a kernel belongs to, by the best knowledge there is: the server's word, the name in the kernel's environment or connection
 * file, the command line of the process that started it, times and code of executions that stand in a saved notebook, the working folder.
 * Several that fit equally well are all named. Used on one thread.
 */
final class NotebookMatcher {
    private static final int MOST_CANDIDATES = 60;
    private static final long LARGEST_CANDIDATE = 32L * 1024 * 1024;
    /** Code so short may stand in any notebook. */
    private static final int TELLING_LENGTH = 12;

    private static final Set<String> SERVERS = Set.of(
            "jupyter-lab",
            "jupyter-notebook",
            "jupyter-server",
            "jupyter-nbclassic",
            "jupyterhub-singleuser",
            "jupyter-labhub",
            "jupyterlab",
            "lab",
            "notebook",
            "server",
            "nbclassic",
            "jupyter_server");

    private static final Set<String> CONSOLES =
            Set.of("jupyter-console", "console", "jupyter-qtconsole", "qtconsole", "spyder", "jupyter_console");

    private final Function<Path, Notebook> reader;
    private final Map<Path, NotebookCells> read = new HashMap<>();

    /** @param reader reads a notebook, or throws a {@link CaptureException} */
    NotebookMatcher(Function<Path, Notebook> reader) {
        this.reader = reader;
    }

    /** A notebook was saved and read by someone else: its content need not be read again. */
    void saved(NotebookCells cells) {
        read.put(cells.path(), cells);
    }

    /** A notebook is gone from its place. */
    void gone(Path path) {
        read.remove(path);
    }

    /**
     * The best match that is known now.
     *
     * @param byServer what servers say
     * @param roots the servers' root folders
     * @param parent the command and folder of the process that started the kernel
     * @param serverMayKnow whether a server may still tell, so that guesses are better left out
     */
    NotebookMatch match(
            KnownKernel kernel,
            Map<String, Path> byServer,
            List<Path> roots,
            Optional<KernelProcess> parent,
            boolean serverMayKnow) {
        Path told = byServer.get(kernel.kernelId());
        if (told != null) {
            return NotebookMatch.of(Basis.SERVER, told);
        }
        Optional<Path> named = named(kernel, roots);
        if (named.isPresent()) {
            return NotebookMatch.of(Basis.KERNEL, named.get());
        }
        List<Path> inCommand = parent.map(NotebookMatcher::inCommand).orElse(List.of());
        if (inCommand.size() == 1) {
            return new NotebookMatch(Basis.COMMAND_LINE, inCommand);
        }
        boolean console = parent.map(p -> runs(p, CONSOLES)).orElse(false);
        if (serverMayKnow || console) {
            return kernel.match();
        }
        return byContent(kernel, inCommand);
    }

    private NotebookMatch byContent(KnownKernel kernel, List<Path> inCommand) {
        List<Path> candidates = new ArrayList<>(inCommand);
        if (candidates.isEmpty()) {
            candidates.addAll(
                    kernel.workingFolder().map(NotebookMatcher::notebooksIn).orElse(List.of()));
        }
        List<Path> near = List.copyOf(candidates);
        read.keySet().stream()
                .filter(p -> !near.contains(p))
                .limit(MOST_CANDIDATES)
                .forEach(candidates::add);
        List<KnownKernel.Executed> executed = kernel.executions();
        List<Path> byTime = new ArrayList<>();
        Map<Path, Integer> scores = new HashMap<>();
        for (Path candidate : candidates) {
            NotebookCells cells = executed.isEmpty() ? null : cells(candidate);
            if (cells != null) {
                if (executed.stream()
                        .anyMatch(e -> e.at() != null && cells.times().contains(e.at()))) {
                    byTime.add(candidate);
                }
                scores.put(candidate, score(cells, executed));
            }
        }
        if (!byTime.isEmpty()) {
            return new NotebookMatch(Basis.TIME, byTime);
        }
        int best = scores.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Path> fitting = best == 0
                ? List.of()
                : candidates.stream()
                        .filter(c -> scores.getOrDefault(c, 0) == best)
                        .toList();
        if (!fitting.isEmpty()) {
            return new NotebookMatch(Basis.CODE, fitting);
        }
        if (!inCommand.isEmpty()) {
            return new NotebookMatch(Basis.COMMAND_LINE, inCommand);
        }
        return near.isEmpty() ? NotebookMatch.unknown() : new NotebookMatch(Basis.WORKING_FOLDER, near);
    }

    /** How many different sources were executed that stand in the notebook; 0 if those few are too short to tell anything. */
    private static int score(NotebookCells cells, List<KnownKernel.Executed> executed) {
        Set<Integer> found = new LinkedHashSet<>();
        boolean telling = false;
        for (KnownKernel.Executed execution : executed) {
            if (cells.sources().contains(execution.source())) {
                found.add(execution.source());
                telling |= execution.length() >= TELLING_LENGTH;
            }
        }
        return telling || found.size() > 1 ? found.size() : 0;
    }

    private @Nullable NotebookCells cells(Path path) {
        try {
            Instant modified = Files.getLastModifiedTime(path).toInstant();
            NotebookCells known = read.get(path);
            if (known != null && known.modified().equals(modified)) {
                return known;
            }
            if (Files.size(path) > LARGEST_CANDIDATE) {
                return null;
            }
            NotebookCells cells = NotebookCells.of(reader.apply(path));
            read.put(path, new NotebookCells(path, modified, cells.sources(), cells.times()));
            return cells;
        } catch (IOException | CaptureException e) {
            return null; // not a notebook, or half-written: the next look may tell
        }
    }

    private static Optional<Path> named(KnownKernel kernel, List<Path> roots) {
        String name = kernel.sessionName();
        if (name.isBlank()) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(SessionNames.file(name));
            if (!path.toString().endsWith(".ipynb")) {
                return Optional.empty();
            }
            if (path.isAbsolute()) {
                return Files.exists(path) ? Optional.of(path) : Optional.empty();
            }
            Optional<Path> folder = kernel.workingFolder();
            for (Path at = folder.orElse(null); at != null; at = at.getParent()) {
                if (Files.exists(at.resolve(path))) {
                    return Optional.of(at.resolve(path).normalize());
                }
            }
            return roots.stream()
                    .map(r -> r.resolve(path))
                    .filter(Files::exists)
                    .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The notebooks that a command names, unless it is that of a server, which may run many. */
    private static List<Path> inCommand(KernelProcess process) {
        if (runs(process, SERVERS)) {
            return List.of();
        }
        Set<Path> found = new LinkedHashSet<>();
        for (String argument : process.command()) {
            String value = argument.startsWith("-") ? argument.substring(argument.indexOf('=') + 1) : argument;
            if (!value.endsWith(".ipynb")) {
                continue;
            }
            try {
                Path path = Path.of(value);
                Path file = path.isAbsolute() || process.workingFolder().isEmpty()
                        ? path
                        : process.workingFolder().get().resolve(path);
                if (Files.exists(file)) {
                    found.add(file.normalize());
                }
            } catch (InvalidPathException e) {
                // no path, no notebook
            }
        }
        List<Path> notebooks = new ArrayList<>(found);
        boolean papermill = process.command().stream().anyMatch(a -> name(a).equals("papermill"));
        // papermill reads one notebook and executes its copy, which is the one that is saved with outputs
        return papermill && notebooks.size() == 2 ? notebooks.subList(1, 2) : notebooks;
    }

    /** Whether a process is one of these programs, by the first words of its command. */
    static boolean isServer(KernelProcess process) {
        return runs(process, SERVERS);
    }

    private static boolean runs(KernelProcess process, Set<String> programs) {
        return process.command().stream().limit(5).anyMatch(argument -> programs.contains(name(argument)));
    }

    private static String name(String argument) {
        String name = argument.substring(Math.max(argument.lastIndexOf('/'), argument.lastIndexOf('\\')) + 1);
        return name.toLowerCase(Locale.ROOT).replaceFirst("(-script)?\\.(exe|py)$", "");
    }

    private static List<Path> notebooksIn(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.ipynb")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith(".") && found.size() < MOST_CANDIDATES) {
                    found.add(file);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
