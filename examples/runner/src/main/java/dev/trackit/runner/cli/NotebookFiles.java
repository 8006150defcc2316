package dev.trackit.runner.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The notebook files that arguments name: files as they are, folders with all notebooks below. */
public final class NotebookFiles {
    private final Environment environment;

    /** Arguments are resolved in this environment. */
    public NotebookFiles(Environment environment) {
        this.environment = environment;
    }

    /**
     * The files, each once, in the order of the arguments, those of a folder in order of their paths. Hidden folders and
     * checkpoints below a folder are left out.
     *
     * @throws Failure with {@link ExitCodes#NOTHING} if an argument names nothing that exists
     */
    public List<Path> of(List<String> arguments) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (String argument : arguments) {
            Path named = environment.resolve(argument);
            if (Files.isDirectory(named)) {
                below(named).forEach(found -> files.add(found.path()));
            } else if (Files.exists(named)) {
                files.add(named);
            } else {
                throw Failure.of(ExitCodes.NOTHING, "There is no " + environment.display(named) + ".");
            }
        }
        return List.copyOf(files);
    }

    /**
     * A notebook file as a walk finds it.
     *
     * @param path the file
     * @param bytes its size
     * @param modifiedAt when it was changed last
     */
    public record Found(Path path, long bytes, Instant modifiedAt) {}

    /** The notebooks below a folder, in order of their paths, without opening any. */
    public static List<Found> below(Path folder) throws IOException {
        List<Found> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                return !dir.equals(folder) && isHidden(dir) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean notebook = file.toString().toLowerCase(Locale.ROOT).endsWith(".ipynb");
                if (notebook && attributes.isRegularFile() && !isHidden(file)) {
                    found.add(new Found(
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // A folder that may not be entered holds nothing to import.
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(Comparator.comparing(Found::path));
        return found;
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }
}
