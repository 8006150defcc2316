package dev.trackit.benchmarks.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The notebooks and folders that are measured. Immutable. */
public final class Notebooks {
    private static final long SEED = 42;

    private Notebooks() {}

    /** About 15 kB: twenty cells with a little text each. */
    public static Path small(Path folder) {
        return written(folder, "small.ipynb", PythonCells.session(20, SEED), 400, 0);
    }

    /** About 200 kB, fifty cells: what people have open. */
    public static Path typical(Path folder) {
        return written(folder, "typical.ipynb", PythonCells.session(50, SEED), 1_500, 18_000);
    }

    /** As {@link #typical}, with one cell edited. */
    public static Path typicalEdited(Path folder) {
        List<String> code = new ArrayList<>(PythonCells.session(50, SEED));
        code.set(25, code.get(25) + "\nprint(\"edited\")");
        return written(folder, "typical-edited.ipynb", code, 1_500, 18_000);
    }

    /** About 1 MB: two hundred cells, text and some pictures. */
    public static Path oneMegabyte(Path folder) {
        return written(folder, "one-megabyte.ipynb", PythonCells.session(200, SEED), 2_000, 14_000);
    }

    /** As {@link #oneMegabyte}, with one cell edited. */
    public static Path oneMegabyteEdited(Path folder) {
        List<String> code = new ArrayList<>(PythonCells.session(200, SEED));
        code.set(100, code.get(100) + "\nprint(\"edited\")");
        return written(folder, "one-megabyte-edited.ipynb", code, 2_000, 14_000);
    }

    /** About 100 MB, nearly all of it pictures. */
    public static Path hundredMegabytes(Path folder) {
        return written(folder, "hundred-megabytes.ipynb", PythonCells.session(500, SEED), 2_000, 1_470_000);
    }

    /** A tree of folders with many small notebooks, a hundred to a folder. */
    public static Path tree(Path folder, int notebooks) {
        Path root = folder.resolve("tree-" + notebooks);
        try {
            for (int i = 0; i < notebooks; i++) {
                Path file = root.resolve("group-" + i / 1_000 % 100)
                        .resolve("project-" + i / 100)
                        .resolve("notebook-" + i + ".ipynb");
                if (i % 100 == 0) {
                    Files.createDirectories(file.getParent());
                }
                NotebookWriter.write(file, PythonCells.session(3, i), 60, 0, i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root;
    }

    private static Path written(Path folder, String name, List<String> code, int textBytes, int pictureBytes) {
        Path file = folder.resolve(name);
        NotebookWriter.write(file, code, textBytes, pictureBytes, SEED);
        return file;
    }

    /** A folder that is gone with {@link #delete}. */
    public static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("trackit-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all in it. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
