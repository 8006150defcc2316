package dev.trackit.runner;

import dev.trackit.api.ConfigurationException;
import dev.trackit.api.LogLockedException;
import dev.trackit.api.TrackitException;
import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.Suggestions;
import dev.trackit.runner.cli.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs one command line: finds the command, has picocli parse its options, and turns whatever goes wrong into one clear message
 * and an exit code.
 */
final class Runner {
    private static final List<String> OPTIONS_WITH_VALUE = List.of("--store", "--color");

    private final Environment environment;
    private final Console console;

    Runner(Environment environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    int run(String... args) {
        boolean debug = Arrays.asList(args).contains("--debug");
        LogOutput.configure(debug);
        int exitCode;
        try {
            exitCode = dispatch(args);
            console.flush();
        } catch (Console.OutputClosedException e) {
            exitCode = ExitCodes.FINE;
        } catch (Exception e) {
            exitCode = report(e, debug);
        } catch (OutOfMemoryError e) {
            exitCode = report(
                    Failure.of(
                            ExitCodes.IO,
                            e,
                            "Not enough memory for this.",
                            "Give the program more: TRACKIT_JAVA_OPTS=-Xmx2g " + environment.command() + " …"),
                    debug);
        }
        return exitCode;
    }

    private int dispatch(String[] args) throws Exception {
        int at = commandIndex(args);
        if (at < 0) {
            return withoutCommand(args);
        }
        String name = args[at];
        if (name.equals("help")) {
            return help(Arrays.copyOfRange(args, at + 1, args.length));
        }
        Optional<Commands.Entry> entry = Commands.named(name);
        if (entry.isEmpty()) {
            throw unknownCommand(name);
        }
        return execute(entry.get(), args);
    }

    /** Where the command stands: the first argument that is neither an option nor the value of one; -1 if there is none. */
    private static int commandIndex(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (OPTIONS_WITH_VALUE.contains(args[i])) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return i;
            }
        }
        return -1;
    }

    private int withoutCommand(String[] args) {
        for (String arg : args) {
            if (arg.equals("--version") || arg.equals("-V")) {
                console.line(Version.line());
                return ExitCodes.FINE;
            }
            boolean known = arg.equals("-h") || arg.equals("--help") || arg.equals("--debug");
            if (arg.startsWith("-") && !known && OPTIONS_WITH_VALUE.stream().noneMatch(arg::startsWith)) {
                throw Failure.of(
                        ExitCodes.USAGE,
                        "There is no option " + TerminalText.line(arg) + ".",
                        hintLines(
                                Suggestions.sentence(
                                        arg, List.of("--version", "--help", "--store", "--color", "--debug")),
                                "All commands: " + environment.command() + " --help"));
            }
        }
        new HelpPage(console, environment).print();
        return ExitCodes.FINE;
    }

    private int help(String[] topics) throws Exception {
        if (topics.length == 0 || topics[0].startsWith("-")) {
            new HelpPage(console, environment).print();
            return ExitCodes.FINE;
        }
        Commands.Entry entry = Commands.named(topics[0]).orElseThrow(() -> unknownCommand(topics[0]));
        return execute(entry, new String[] {entry.name(), "--help"});
    }

    private Failure unknownCommand(String name) {
        List<String> names = new ArrayList<>(Commands.names());
        names.add("help");
        return Failure.of(
                ExitCodes.USAGE,
                "There is no command \"" + TerminalText.line(name) + "\".",
                hintLines(Suggestions.sentence(name, names), "All commands: " + environment.command() + " --help"));
    }

    private int execute(Commands.Entry entry, String[] args) throws Exception {
        Program program = new Program(environment, console);
        CommandLine root = new CommandLine(program);
        CommandLine command = new CommandLine(entry.factory().get());
        root.addSubcommand(entry.name(), command);
        root.setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(helpWidth());
        CommandLine.ParseResult parsed;
        try {
            parsed = root.parseArgs(args);
        } catch (ParameterException e) {
            throw usage(e, entry);
        }
        if (parsed.hasSubcommand() && parsed.subcommand().isUsageHelpRequested() || parsed.isUsageHelpRequested()) {
            program.applyColor();
            Ansi ansi = console.style().enabled() ? Ansi.ON : Ansi.OFF;
            console.print(command.getUsageMessage(CommandLine.Help.defaultColorScheme(ansi)));
            return ExitCodes.FINE;
        }
        Object called = parsed.subcommand().commandSpec().userObject();
        return ((RunnerCommand) called).call();
    }

    private int helpWidth() {
        int columns = console.columns();
        return Math.max(60, Math.min(columns == Integer.MAX_VALUE ? 100 : columns, 110));
    }

    private Failure usage(ParameterException e, Commands.Entry entry) {
        String suggestion = "";
        String message = String.valueOf(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String argument = unmatched.getUnmatched().get(0);
            if (argument.startsWith("-")) {
                message = entry.name() + " has no option " + argument + ".";
                List<String> known = new ArrayList<>();
                e.getCommandLine().getCommandSpec().options().forEach(o -> known.addAll(Arrays.asList(o.names())));
                suggestion = Suggestions.sentence(argument.replaceFirst("=.*", ""), known);
            } else {
                message = entry.name() + " does not know what to do with \"" + argument + "\".";
            }
        }
        return Failure.of(
                ExitCodes.USAGE,
                e,
                TerminalText.line(message),
                hintLines(suggestion, "How to use it: " + environment.command() + " " + entry.name() + " --help"));
    }

    private static String[] hintLines(String suggestion, String more) {
        return suggestion.isEmpty() ? new String[] {more} : new String[] {suggestion, more};
    }

    private int report(Exception e, boolean debug) {
        Failure failure = e instanceof Failure f ? f : failureOf(e);
        try {
            console.flush();
        } catch (RuntimeException ignored) {
            // The message below is what matters now.
        }
        List<String> hints = new ArrayList<>(failure.hints());
        if (failure.exitCode() == ExitCodes.FAULT && !debug) {
            hints.add("This is a fault of TrackIT. With --debug it shows where; please report it.");
        }
        console.error(TerminalText.clean(String.valueOf(failure.getMessage())), hints);
        if (debug) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            console.note(TerminalText.clean(trace.toString()).stripTrailing());
        }
        return failure.exitCode();
    }

    private Failure failureOf(Exception e) {
        if (e instanceof LogLockedException) {
            return Failure.of(ExitCodes.LOCKED, e, text(e));
        } else if (e instanceof ConfigurationException) {
            return Failure.of(ExitCodes.USAGE, e, text(e));
        } else if (e instanceof TrackitException) {
            return Failure.of(ExitCodes.IO, e, text(e));
        } else if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return Failure.of(ExitCodes.IO, e, ioText(unchecked.getCause()));
        } else if (e instanceof IOException io) {
            return Failure.of(ExitCodes.IO, e, ioText(io));
        } else if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return Failure.of(ExitCodes.IO, e, "Interrupted.");
        }
        return Failure.of(ExitCodes.FAULT, e, "Unexpected: " + e);
    }

    private static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    // The JDK's messages for files are often just the file's name.
    private static String ioText(@Nullable IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "There is no " + missing.getFile() + ".";
        } else if (e instanceof AccessDeniedException denied) {
            return "No permission for " + denied.getFile() + ".";
        } else if (e instanceof FileSystemException fs) {
            String reason = fs.getReason() == null ? e.getClass().getSimpleName() : fs.getReason();
            return reason + ": " + fs.getFile();
        }
        return e == null || e.getMessage() == null ? "Reading or writing failed." : e.getMessage();
    }
}
