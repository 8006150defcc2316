package dev.trackit.jupyter.discovery;

import dev.trackit.api.ConfigurationException;
import dev.trackit.spi.ProviderContext;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What is looked for, and where.
 *
 * @param watchedFolder kernels of notebooks below it are captured
 * @param allKernels whether kernels of other notebooks, and of none, are captured too
 * @param runtimeFolders where connection files and the files of servers are
 * @param temporaryFolders where other connection files may be; empty if they are not looked at
 * @param scanProcesses whether the command lines of processes are looked at
 * @param clock the clock for times in events
 */
public record DiscoveryOptions(
        Path watchedFolder,
        boolean allKernels,
        List<Path> runtimeFolders,
        List<Path> temporaryFolders,
        boolean scanProcesses,
        Clock clock) {

    /** Copies. */
    public DiscoveryOptions {
        runtimeFolders = List.copyOf(runtimeFolders);
        temporaryFolders = List.copyOf(temporaryFolders);
    }

    /**
     * Reads the options.
     *
     * <ul>
     *   <li>{@code jupyter.all-kernels}: {@code true} to capture kernels of notebooks elsewhere too. Default {@code false}.
     *   <li>{@code jupyter.runtime-dir}: the runtime folders, separated as paths are, in place of Jupyter's own.
     *   <li>{@code jupyter.temp-scan}: {@code false} to leave the temporary folder alone, where nbclient and papermill put connection files.
     *       Default {@code true}.
     *   <li>{@code jupyter.process-scan}: {@code false} to not look for kernels by the command lines of new processes. Default {@code true}.
     * </ul>
     *
     * @throws ConfigurationException if an option is wrong
     */
    public static DiscoveryOptions of(ProviderContext context) {
        Path home = Path.of(System.getProperty("user.home", "."));
        List<Path> runtime = context.option("jupyter.runtime-dir")
                .map(DiscoveryOptions::paths)
                .orElseGet(() -> RuntimeFolders.runtime(System.getenv(), home, System.getProperty("os.name", "")));
        List<Path> temporary = flag(context, "jupyter.temp-scan", true)
                ? RuntimeFolders.temporary(System.getenv(), System.getProperty("java.io.tmpdir", ""))
                : List.of();
        return new DiscoveryOptions(
                context.watchedFolder(),
                flag(context, "jupyter.all-kernels", false),
                runtime,
                temporary,
                flag(context, "jupyter.process-scan", true),
                context.clock());
    }

    private static List<Path> paths(String value) {
        List<Path> paths = new ArrayList<>();
        for (String part : value.split(File.pathSeparator, -1)) {
            try {
                if (!part.isBlank()) {
                    paths.add(Path.of(part).toAbsolutePath().normalize());
                }
            } catch (InvalidPathException e) {
                throw new ConfigurationException(
                        "Option jupyter.runtime-dir holds something that is no path: " + part, e);
            }
        }
        return paths;
    }

    private static boolean flag(ProviderContext context, String name, boolean otherwise) {
        String value = context.option(name).orElse(String.valueOf(otherwise));
        if (!value.equals("true") && !value.equals("false")) {
            throw new ConfigurationException("Option " + name + " is \"" + value + "\". Use true or false.");
        }
        return value.equals("true");
    }
}
