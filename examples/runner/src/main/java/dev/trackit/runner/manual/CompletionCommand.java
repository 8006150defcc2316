package dev.trackit.runner.manual;

import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.cli.RunnerCommand;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code trackit completion}: a script that has a shell complete commands and options. */
@Command(
        name = "completion",
        sortOptions = false,
        description = "Print a script that has your shell complete commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(trackit completion bash)                                  in ~/.bashrc",
            "  source <(trackit completion zsh)                                   in ~/.zshrc, after compinit",
            "  trackit completion fish > ~/.config/fish/completions/trackit.fish",
        })
public final class CompletionCommand extends RunnerCommand {
    /** The shells there are scripts for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    private final Function<Program, CommandLine> all;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.bash;

    /** Called by the table of commands, which gives all of them. */
    public CompletionCommand(Function<Program, CommandLine> all) {
        this.all = all;
    }

    @Override
    protected int run() {
        CommandLine commands = all.apply(program());
        // The script for bash serves zsh as well: it asks which of the two reads it.
        console().print(shell == Shell.fish ? FishCompletion.of(commands) : AutoComplete.bash("trackit", commands));
        return ExitCodes.FINE;
    }
}
