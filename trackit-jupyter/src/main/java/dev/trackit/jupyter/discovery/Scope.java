package dev.trackit.jupyter.discovery;

import dev.trackit.api.NotebookMatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Which kernels are to be captured: those of notebooks below the watched folder, or all. Immutable. */
final class Scope {
    private final Path watched;
    private final Path real;
    private final boolean all;

    Scope(Path watched, boolean all) {
        this.watched = watched;
        this.real = real(watched);
        this.all = all;
    }

    /** Whether the kernel is to be captured; empty while that cannot be told. */
    Optional<Boolean> holds(KnownKernel kernel) {
        if (all) {
            return Optional.of(true);
        }
        NotebookMatch match = kernel.match();
        boolean matchedInside = match.candidates().stream().anyMatch(this::isInside);
        if (matchedInside) {
            return Optional.of(true);
        }
        Optional<Path> folder = kernel.workingFolder();
        if (folder.isEmpty()) {
            return match.isSettled() ? Optional.of(false) : Optional.empty();
        }
        if (isInside(folder.get())) {
            return Optional.of(true);
        }
        // A kernel started above the watched folder may well work on a notebook below it.
        boolean above = real.startsWith(real(folder.get()));
        return above && !match.isSettled() ? Optional.empty() : Optional.of(false);
    }

    /** The same match with paths as the watched folder was given, where that goes by a symbolic link. */
    NotebookMatch asWatched(NotebookMatch match) {
        if (watched.equals(real) || match.candidates().isEmpty()) {
            return match;
        }
        return new NotebookMatch(
                match.basis(), match.candidates().stream().map(this::asWatched).toList());
    }

    private Path asWatched(Path path) {
        return !path.startsWith(watched) && path.startsWith(real) ? watched.resolve(real.relativize(path)) : path;
    }

    private boolean isInside(Path path) {
        return path.startsWith(watched) || path.startsWith(real) || real(path).startsWith(real);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
