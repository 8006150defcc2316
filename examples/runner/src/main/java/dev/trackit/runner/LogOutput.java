package dev.trackit.runner;

import dev.trackit.runner.cli.TerminalText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * How the libraries' log messages are shown: warnings, one line each; with {@code --debug} everything of TrackIT. Java's logging
 * creates this class when the first message is logged, so that commands that log nothing do not pay for it.
 */
public final class LogOutput {
    private static final String DEBUG = "trackit.debug";

    // Held here: the log manager keeps loggers, and so their levels, only weakly. Not made with this class: that would
    // begin the logging before it
    // is told of this class.
    private static final List<Logger> HELD = new ArrayList<>();

    /** Called by {@link LogManager}. */
    public LogOutput() {
        boolean debug = Boolean.getBoolean(DEBUG);
        Logger root = Logger.getLogger("");
        ConsoleHandler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new Line(debug));
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        Logger trackit = Logger.getLogger("dev.trackit");
        trackit.setLevel(debug ? Level.ALL : Level.WARNING);
        HELD.add(trackit);
        // What the page's server says of requests that it refuses would let anybody on this machine write into this
        // terminal.
        for (String library : List.of("org.eclipse.jetty", "io.javalin")) {
            Logger server = Logger.getLogger(library);
            server.setLevel(debug ? Level.WARNING : Level.OFF);
            HELD.add(server);
        }
    }

    static void configure(boolean debug) {
        if (System.getProperty("java.util.logging.config.class") == null) {
            System.setProperty("java.util.logging.config.class", LogOutput.class.getName());
        }
        System.setProperty(DEBUG, Boolean.toString(debug));
    }

    private static final class Line extends Formatter {
        private final boolean debug;

        Line(boolean debug) {
            this.debug = debug;
        }

        @Override
        public String format(LogRecord logRecord) {
            StringBuilder line = new StringBuilder("trackit: ")
                    .append(logRecord.getLevel().getName().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(TerminalText.clean(formatMessage(logRecord)));
            Throwable thrown = logRecord.getThrown();
            if (thrown != null) {
                line.append(" (").append(thrown).append(')');
                if (debug) {
                    StringWriter trace = new StringWriter();
                    thrown.printStackTrace(new PrintWriter(trace));
                    line.append('\n').append(trace);
                }
            }
            return line.append('\n').toString();
        }
    }
}
