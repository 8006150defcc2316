package dev.trackit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Temporary folders, in memory where Linux offers that: a fuzz test makes a hundred thousand of them. */
final class Scratch {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private Scratch() {}

    static Path folder() throws IOException {
        return Files.isWritable(SHARED_MEMORY)
                ? Files.createTempDirectory(SHARED_MEMORY, "trackit-fuzz-")
                : Files.createTempDirectory("trackit-fuzz-");
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
