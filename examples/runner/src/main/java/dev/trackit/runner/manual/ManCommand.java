package dev.trackit.runner.manual;

import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit man}: manual pages for {@code man}. */
@Command(
        name = "man",
        sortOptions = false,
        description = "Print the manual page of the program or of a command, or write all of them to a folder.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit man log | man -l -                     read one",
            "  trackit man --write ~/.local/share/man/man1    then: man trackit, man trackit-log",
        })
public final class ManCommand extends RunnerCommand {
    private final Function<Program, CommandLine> all;
    private final String version;

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "Which command; without one, the program itself.")
    private @Nullable String command;

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "Write all pages to this folder, which is made if it is missing.")
    private @Nullable String folder;

    /** Called by the table of commands, which gives all of them, and says what the pages call the program's version. */
    public ManCommand(Function<Program, CommandLine> all, String version) {
        this.all = all;
        this.version = version;
    }

    @Override
    protected int run() throws IOException {
        CommandLine commands = all.apply(program());
        if (folder != null) {
            write(commands, environment().resolve(folder));
        } else if (command == null) {
            console().print(ManPage.ofProgram(commands, version));
        } else {
            CommandLine found = commands.getSubcommands().get(command);
            if (found == null) {
                throw Failure.of(
                        ExitCodes.USAGE,
                        "There is no command \"" + command + "\".",
                        "All commands: " + environment().command() + " --help");
            }
            console().print(ManPage.of(command, found, version));
        }
        return ExitCodes.FINE;
    }

    private void write(CommandLine commands, Path where) throws IOException {
        Files.createDirectories(where);
        Files.writeString(where.resolve("trackit.1"), ManPage.ofProgram(commands, version));
        for (Map.Entry<String, CommandLine> each : commands.getSubcommands().entrySet()) {
            Files.writeString(
                    where.resolve("trackit-" + each.getKey() + ".1"),
                    ManPage.of(each.getKey(), each.getValue(), version));
        }
        int pages = commands.getSubcommands().size() + 1;
        console()
                .line(Wording.count(pages, "page") + " written to "
                        + environment().display(where));
    }
}
