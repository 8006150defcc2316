package dev.trackit.runner.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options that all commands have, and the surroundings they work in. A command gets it as its picocli parent; see
 * {@link RunnerCommand}.
 */
@Command(name = "trackit", synopsisSubcommandLabel = "COMMAND", sortOptions = false)
public final class Program {
    private final Environment environment;
    private final Console console;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 900,
            description = "Where TrackIT keeps its data, if not in .trackit in the tracked folder.")
    private @Nullable String store;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            order = 901,
            description = "auto, always or never. NO_COLOR is respected.")
    private Console.@Nullable Color color;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            order = 902,
            description = "Say more: what goes on inside, and the stack trace of an error.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 903,
            description = "Show this help.")
    private boolean help;

    /** The program in these surroundings. */
    public Program(Environment environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    /** What the program was started in. */
    public Environment environment() {
        return environment;
    }

    /** Where to write. */
    public Console console() {
        return console;
    }

    /** The data folder that the user named, if any, as typed. */
    public Optional<String> store() {
        return Optional.ofNullable(store);
    }

    /** Whether the user wants to see the inside. */
    public boolean debug() {
        return debug;
    }

    /** Has the console obey {@code --color}. */
    public void applyColor() {
        if (color != null) {
            console.color(color);
        }
    }
}
