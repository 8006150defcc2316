package dev.trackit.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * What one command line did, run in this process, in a working folder and an environment of its own.
 *
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record CliRun(int exitCode, String out, String err) {

    public static CliRun in(Path folder, String... args) {
        return in(folder, Map.of(), false, args);
    }

    public static CliRun in(Path folder, Map<String, String> variables, boolean terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Environment environment = new Environment(
                folder, variables, out, err, terminal, terminal, 100, "trackit", Clock.systemUTC(), ZoneOffset.UTC);
        int exitCode = new Runner(environment, new Console(environment)).run(args);
        return new CliRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as JSON, a value a line. */
    public List<JsonNode> json() {
        ObjectMapper mapper = new ObjectMapper();
        return out.lines()
                .map(line -> {
                    try {
                        return mapper.readTree(line);
                    } catch (JsonProcessingException e) {
                        throw new AssertionError("Not JSON: " + line, e);
                    }
                })
                .toList();
    }
}
