package dev.trackit.runner;

import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import java.io.IOException;

/** The entry point of the {@code trackit} program. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) throws IOException {
        if (Boolean.getBoolean("trackit.warmup")) {
            WarmUp.run();
            return;
        }
        Environment environment = Environment.ofProcess();
        int exitCode = new Runner(environment, new Console(environment)).run(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
