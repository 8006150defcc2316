package dev.trackit.runner.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The argument of commands that look at one folder: the one that was named, or the one the user is in. A picocli mixin. */
public final class FolderArgument {
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "A folder; without it, the one you are in.")
    private @Nullable String folder;

    /** Filled by picocli. */
    public FolderArgument() {}

    /**
     * The folder, absolute.
     *
     * @throws Failure with {@link ExitCodes#NOTHING} if there is none
     */
    public Path in(Environment environment) {
        Path where = folder == null ? environment.workingFolder() : environment.resolve(folder);
        if (!Files.isDirectory(where)) {
            String name = environment.display(where);
            throw Files.exists(where)
                    ? Failure.of(ExitCodes.USAGE, name + " is not a folder.", "Name the folder that it is in.")
                    : Failure.of(ExitCodes.NOTHING, "There is no folder " + name + ".");
        }
        return where;
    }
}
