package dev.trackit.core.record;

import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which notebooks and kernels are recorded. Used by one thread. */
final class CaptureScope {
    private final RecorderSettings settings;
    private final Path folder;
    private final Path realFolder;
    private final Set<Path> named = new HashSet<>();
    private final Set<Path> excluded = new HashSet<>();

    CaptureScope(RecorderSettings settings) {
        this.settings = settings;
        this.folder = settings.watchedFolder;
        this.realFolder = real(folder);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }

    /** The path by which a file is known, whether a source names it through a symbolic link to the watched folder or not. */
    Path canonical(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return !absolute.startsWith(folder) && absolute.startsWith(realFolder)
                ? folder.resolve(realFolder.relativize(absolute))
                : absolute;
    }

    void name(Path path) {
        excluded.remove(path);
        named.add(path);
    }

    void exclude(Path path) {
        named.remove(path);
        excluded.add(path);
    }

    void moved(Path from, Path to) {
        if (named.remove(from)) {
            named.add(to);
        }
        if (excluded.remove(from)) {
            excluded.add(to);
        }
    }

    boolean isNamed(Path path) {
        return named.contains(path);
    }

    /** Whether a notebook here may be recorded once there is a reason to. */
    boolean holds(Path path) {
        return !excluded.contains(path) && (named.contains(path) || settings.allKernels || path.startsWith(folder));
    }

    /** Whether a notebook is recorded because a kernel runs for it. */
    boolean recordsKernelOf(Path path, boolean hasLog) {
        return holds(path)
                && (hasLog
                        || named.contains(path)
                        || settings.recordWorkedOn
                        || settings.recordAll
                        || settings.allKernels);
    }

    /** Whether a notebook is recorded because it was saved, or, if only found, because all are. */
    boolean recordsSaveOf(Path path, boolean hasLog, boolean onlyFound) {
        return !excluded.contains(path)
                && (hasLog
                        || named.contains(path)
                        || path.startsWith(folder) && (settings.recordAll || settings.recordWorkedOn && !onlyFound));
    }

    /** Whether a kernel may belong to a notebook that is recorded, as far as is known. */
    boolean mayHold(Session session, NotebookMatch match) {
        if (settings.allKernels) {
            return true;
        }
        if (!match.candidates().isEmpty()) {
            return match.candidates().stream().map(this::canonical).anyMatch(this::holds);
        }
        return settings.recordWorkedOn || settings.recordAll
                ? session.workingFolder()
                        .map(f -> canonical(f).startsWith(folder))
                        .orElse(false)
                : false;
    }
}
