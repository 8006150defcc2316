package dev.trackit.runner.record;

import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The notebook files that arguments name: files as they are, folders with all notebooks below. */
final class NotebookFiles {
    private final Environment environment;

    NotebookFiles(Environment environment) {
        this.environment = environment;
    }

    /**
     * The files, each once, in the order of the arguments, those of a folder in order of their paths. Hidden folders and
     * checkpoints below a folder are left out.
     *
     * @throws Failure with {@link ExitCodes#NOTHING} if an argument names nothing that exists
     */
    List<Path> of(List<String> arguments) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (String argument : arguments) {
            Path named = environment.resolve(argument);
            if (Files.isDirectory(named)) {
                files.addAll(below(named));
            } else if (Files.exists(named)) {
                files.add(named);
            } else {
                throw Failure.of(ExitCodes.NOTHING, "There is no " + environment.display(named) + ".");
            }
        }
        return List.copyOf(files);
    }

    private static List<Path> below(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                return !dir.equals(folder) && isHidden(dir) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean notebook = file.toString().toLowerCase(Locale.ROOT).endsWith(".ipynb");
                if (notebook && attributes.isRegularFile() && !isHidden(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // A folder that may not be entered holds nothing to import.
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(Path::compareTo);
        return found;
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }
}
