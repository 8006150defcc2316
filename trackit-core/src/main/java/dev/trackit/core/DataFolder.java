package dev.trackit.core;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the data of a watched folder is. */
final class DataFolder {
    private static final String NAME = ".trackit";

    private DataFolder() {}

    /** The nearest {@code .trackit} in this folder or above it, as Git finds its own; where there is none, the one that this folder would get. */
    static Path locate(Path folder) {
        Path start = folder.toAbsolutePath().normalize();
        for (Path at = start; at != null; at = at.getParent()) {
            Path candidate = at.resolve(NAME);
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return start.resolve(NAME);
    }
}
