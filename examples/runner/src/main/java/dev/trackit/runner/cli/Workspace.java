package dev.trackit.runner.cli;

import dev.trackit.core.NotebookSummary;
import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.UnknownNotebookException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which folder is tracked, and where its data is: the folder that {@code --store} names, else the nearest {@code .trackit} in the
 * working folder or above it, as Git finds its own.
 */
public final class Workspace {
    /** The name of the data folder in a tracked folder. */
    public static final String DATA_FOLDER = ".trackit";

    private final Environment environment;
    private final Optional<Path> store;

    /** @param store the data folder that the user named, as typed */
    public Workspace(Environment environment, Optional<String> store) {
        this.environment = environment;
        this.store = store.map(environment::resolve);
    }

    /** A reader of the data that was recorded for the working folder. */
    public TrackitReader open() {
        return open(environment.workingFolder());
    }

    /**
     * A reader of the data that was recorded for this folder; to be closed.
     *
     * @throws Failure with {@link ExitCodes#NOTHING} if there is no data
     */
    public TrackitReader open(Path folder) {
        Path data = existingData(folder).orElseThrow(() -> noData(folder));
        return Trackit.builder()
                .watchedFolder(watchedFolder(data, folder))
                .dataFolder(data)
                .open();
    }

    /** A reader of the data in which this notebook, as typed, is looked for: that of its own folder if it is a file, else of the working folder. */
    public TrackitReader openFor(String notebook) {
        return open(folderFor(notebook));
    }

    /** The folder in or above which the data is, that a notebook, as typed, is looked for in. */
    private Path folderFor(String notebook) {
        Path file = environment.resolve(notebook);
        Path parent = file.getParent();
        boolean elsewhere = parent != null
                && store.isEmpty()
                && !parent.startsWith(environment.workingFolder())
                && Files.isDirectory(parent)
                && existingData(parent).isPresent();
        boolean below = parent != null
                && Files.isRegularFile(file)
                && existingData(parent).isPresent();
        return parent != null && (elsewhere || below) ? parent : environment.workingFolder();
    }

    /** The data folder for this folder: the one the user named or the nearest that exists, if any does. */
    public Optional<Path> existingData(Path folder) {
        if (store.isPresent()) {
            return store.filter(Files::isDirectory);
        }
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path candidate = at.resolve(DATA_FOLDER);
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The data folder for this folder: the existing one, else the one that it will get. */
    public Path data(Path folder) {
        return existingData(folder).or(() -> store).orElseGet(() -> folder.resolve(DATA_FOLDER));
    }

    /** The tracked folder that this data belongs to: the one it lies in, unless it was placed elsewhere. */
    public Path watchedFolder(Path data, Path folder) {
        Path name = data.getFileName();
        Path parent = data.getParent();
        return store.isEmpty()
                        && parent != null
                        && name != null
                        && name.toString().equals(DATA_FOLDER)
                ? parent
                : folder;
    }

    /**
     * The notebook that the user named: by path, name, id, or a part that only one has.
     *
     * @throws Failure with {@link ExitCodes#USAGE} if several answer, {@link ExitCodes#NOTHING} if none does
     */
    public NotebookSummary find(TrackitReader reader, String named) {
        Path file = environment.resolve(named);
        try {
            return reader.find(Files.exists(file) ? file.toString() : named);
        } catch (UnknownNotebookException e) {
            if (e.ambiguous()) {
                throw Failure.of(ExitCodes.USAGE, e, String.valueOf(e.getMessage()));
            }
            if (Files.isRegularFile(file)) {
                throw Failure.of(
                        ExitCodes.NOTHING,
                        e,
                        "Nothing has been recorded of " + environment.display(file) + " yet.",
                        "Record it while you work:      " + environment.command() + " up",
                        "Or take what its file holds:   " + environment.command() + " import "
                                + environment.display(file));
            }
            throw Failure.of(
                    ExitCodes.NOTHING,
                    e,
                    String.valueOf(e.getMessage()),
                    "All that are recorded: " + environment.command() + " ls");
        }
    }

    private Failure noData(Path folder) {
        if (store.isPresent()) {
            return Failure.of(
                    ExitCodes.NOTHING, "Nothing has been recorded in " + environment.display(store.get()) + ".");
        }
        return Failure.of(
                ExitCodes.NOTHING,
                "Nothing has been recorded in " + environment.folder(folder) + " or above it yet.",
                "Record while you work:               " + environment.command() + " up",
                "Or take what saved notebooks hold:   " + environment.command() + " import FILE…",
                "If the data is elsewhere, name it:   --store DIR");
    }
}
