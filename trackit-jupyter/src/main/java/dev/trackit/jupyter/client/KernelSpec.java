package dev.trackit.jupyter.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a kernel is started, as a {@code kernel.json} says it.
 *
 * @param name the name by which notebooks know it
 * @param displayName the name for people
 * @param language in lower case
 * @param command the command line; {@code {connection_file}} and {@code {resource_dir}} stand for what is known only at the start
 * @param environment what is added to the environment
 * @param folder the folder of the {@code kernel.json}
 */
public record KernelSpec(
        String name,
        String displayName,
        String language,
        List<String> command,
        Map<String, String> environment,
        Path folder) {

    /** Copies. */
    public KernelSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
