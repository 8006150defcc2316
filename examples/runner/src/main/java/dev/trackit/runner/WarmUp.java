package dev.trackit.runner;

import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.web.PageWarmUp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the frequent commands once, on a tiny notebook in a folder of its own, so that the classes they need get into the archive
 * that the launcher makes of a new build. Start-up is twice as fast with it.
 */
final class WarmUp {
    private static final String NOTEBOOK = """
            {"cells": [{"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {},
             "source": "import pandas as pd\\ndf = pd.read_csv('a.csv')\\nprint(1)",
             "outputs": [{"output_type": "stream", "name": "stdout", "text": "1\\n"}]}],
             "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}, "nbformat": 4, "nbformat_minor": 5}
            """;

    // Not the pictures: with them JDK 17 crashes as it writes the archive, probably over lambdas of classes that it
    // leaves out (signed jars).
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("log", "--help"),
            List.of("import", "a.ipynb"),
            List.of("ls"),
            List.of("ls", "--json"),
            List.of("log", "a", "--color", "always"),
            List.of("log", "a", "--json", "--grep", "print"),
            List.of("show", "1"),
            List.of("status", "--json"),
            List.of("status"),
            List.of("verify"),
            List.of("lgo"));

    private WarmUp() {}

    static void run() throws IOException {
        Path folder = Files.createTempDirectory("trackit-warm-up");
        try {
            Files.writeString(folder.resolve("a.ipynb"), NOTEBOOK);
            for (List<String> command : COMMANDS) {
                Environment environment = environment(folder);
                new Runner(environment, new Console(environment)).run(command.toArray(new String[0]));
            }
            Environment environment = environment(folder);
            PageWarmUp.run(new Program(environment, new Console(environment)), folder);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static Environment environment(Path folder) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        return new Environment(
                folder,
                Map.of(),
                nowhere,
                nowhere,
                false,
                false,
                0,
                "trackit",
                Clock.systemUTC(),
                ZoneId.systemDefault());
    }
}
