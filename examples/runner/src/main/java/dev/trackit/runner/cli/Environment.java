package dev.trackit.runner.cli;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/**
 * What the program was started in: all it knows of the outside, so that a test can give it another one.
 *
 * @param workingFolder the current folder, absolute
 * @param variables the environment variables
 * @param out standard output, raw
 * @param err standard error, raw
 * @param outIsTerminal whether a person reads standard output
 * @param errIsTerminal whether a person reads standard error
 * @param columns the terminal's width; 0 if not known
 * @param command how the user called the program, for hints that can be pasted
 * @param clock the time of day
 * @param zone the zone in which times are shown to people
 */
public record Environment(
        Path workingFolder,
        Map<String, String> variables,
        OutputStream out,
        OutputStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns,
        String command,
        Clock clock,
        ZoneId zone) {
    /** Checks and copies. */
    public Environment {
        requireNonNull(workingFolder, "workingFolder");
        variables = Map.copyOf(variables);
    }

    /** The process's own. The launcher says what is a terminal, because Java cannot tell the two outputs apart. */
    public static Environment ofProcess() {
        String terminal = System.getProperty("trackit.terminal");
        boolean console = terminal == null
                && System.console() != null
                && Runtime.version().feature() < 22;
        String columns = System.getProperty("trackit.columns", "");
        return new Environment(
                Path.of("").toAbsolutePath(),
                System.getenv(),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                console || terminal != null && terminal.contains("out"),
                console || terminal != null && terminal.contains("err"),
                columns.matches("[0-9]{1,5}") ? Integer.parseInt(columns) : 0,
                System.getProperty("trackit.command", "trackit"),
                Clock.systemUTC(),
                ZoneId.systemDefault());
    }

    /**
     * The file or folder that an argument names, absolute.
     *
     * @throws Failure with {@link ExitCodes#USAGE} if it cannot name one on this system
     */
    public Path resolve(String argument) {
        try {
            return workingFolder.resolve(argument).normalize();
        } catch (InvalidPathException e) {
            throw Failure.of(ExitCodes.USAGE, e, "\"" + TerminalText.line(argument) + "\" cannot name a file here.");
        }
    }

    /** A path as a person in the working folder would write it: relative where that is shorter. */
    public String display(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        if (absolute.equals(workingFolder)) {
            return ".";
        }
        if (absolute.startsWith(workingFolder)) {
            return TerminalText.line(workingFolder.relativize(absolute).toString());
        }
        return TerminalText.line(absolute.toString());
    }

    /** As {@link #display}, for a sentence about a folder: a dot would be taken for its end. */
    public String folder(Path path) {
        String shown = display(path);
        return shown.equals(".") ? "this folder" : shown;
    }
}
