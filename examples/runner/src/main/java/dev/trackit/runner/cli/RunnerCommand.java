package dev.trackit.runner.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/**
 * One command of the program. A subclass is a picocli command with options of its own, and is named in {@code Commands}; it is
 * created when it is called, so that the others cost nothing at start-up.
 */
public abstract class RunnerCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Program program;

    /**
     * Does the work.
     *
     * @return one of {@link dev.trackit.runner.cli.ExitCodes}
     * @throws dev.trackit.runner.cli.Failure to end with a message and an exit code
     * @throws Exception for what is turned into a message by its type: exceptions of TrackIT and of input and output
     */
    protected abstract int run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        program().applyColor();
        return run();
    }

    /** The options that all commands have. */
    protected final Program program() {
        return requireNonNull(program, "program");
    }

    /** Where to write. */
    protected final Console console() {
        return program().console();
    }

    /** What the program was started in. */
    protected final Environment environment() {
        return program().environment();
    }
}
