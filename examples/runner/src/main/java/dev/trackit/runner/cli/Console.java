package dev.trackit.runner.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: results to standard output, everything else (errors, progress, notes) to standard error. Always
 * UTF-8, whatever the locale.
 *
 * <p>Safe for use by several threads: a line is never torn.
 */
public final class Console {
    /** When to use colour. */
    public enum Color {
        /** On a terminal, unless NO_COLOR is set or TERM is dumb. */
        AUTO,
        /** Always. */
        ALWAYS,
        /** Never. */
        NEVER
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface JsonContent {
        /** Writes it. */
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static final int DEFAULT_COLUMNS = 100;

    private final Environment environment;
    private final Writer out;
    private final Writer err;
    private Color color = Color.AUTO;
    private @Nullable Json json;
    private @Nullable Progress progress;

    /** A console on the streams of this environment. */
    public Console(Environment environment) {
        this.environment = environment;
        this.out = writer(environment.out());
        this.err = writer(environment.err());
    }

    // A lone surrogate, which notebooks can hold and UTF-8 cannot, becomes U+FFFD and not an exception.
    private static Writer writer(OutputStream stream) {
        return new BufferedWriter(
                new OutputStreamWriter(
                        stream,
                        StandardCharsets.UTF_8
                                .newEncoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                                .replaceWith(new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD})),
                1 << 15);
    }

    /** Chooses when to use colour; {@link Color#AUTO} without this call. */
    public void color(Color when) {
        this.color = when;
    }

    /** The styles for standard output. */
    public Style style() {
        return new Style(colored(environment.outIsTerminal()));
    }

    /** The styles for standard error. */
    public Style errorStyle() {
        return new Style(colored(environment.errIsTerminal()));
    }

    private boolean colored(boolean terminal) {
        return switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal
                        && environment.variables().getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(environment.variables().get("TERM"));
        };
    }

    /** Whether a person reads standard output. */
    public boolean isTerminal() {
        return environment.outIsTerminal();
    }

    /** The width to fit lines into: the terminal's, or a usual one. Lines to a file or pipe are not cut: the largest int. */
    public int columns() {
        if (!environment.outIsTerminal()) {
            return Integer.MAX_VALUE;
        }
        return environment.columns() > 0 ? Math.max(40, environment.columns()) : DEFAULT_COLUMNS;
    }

    /** Writes a line to standard output. */
    public synchronized void line(String text) {
        hideProgress();
        write(text);
        write("\n");
        if (environment.outIsTerminal()) {
            flush();
        }
    }

    /** Writes text as it is to standard output. */
    public synchronized void print(String text) {
        hideProgress();
        write(text);
    }

    /** Writes one JSON value as a line of its own to standard output. */
    public synchronized void json(JsonContent content) {
        hideProgress();
        try {
            if (json == null) {
                json = new Json(out);
            }
            json.line(content);
        } catch (IOException e) {
            throw outputFailed(e);
        }
        if (environment.outIsTerminal()) {
            flush();
        }
    }

    /** Writes text as it is to standard error, for a person who waits for a result that is written as a whole afterwards. */
    public synchronized void progressText(String text) {
        try {
            err.write(text);
            err.flush();
        } catch (IOException ignored) {
            // Progress is a courtesy.
        }
    }

    /** Writes a note for the user to standard error. */
    public synchronized void note(String text) {
        hideProgress();
        try {
            err.write(text);
            err.write("\n");
            err.flush();
        } catch (IOException ignored) {
            // Nobody reads standard error: there is no other place to say so.
        }
    }

    /** Writes an error and its hints to standard error, as all commands do. */
    public void error(String message, List<String> hints) {
        Style style = errorStyle();
        StringBuilder text = new StringBuilder(style.red("trackit: ")).append(message);
        for (String hint : hints) {
            text.append("\n  ").append(hint);
        }
        note(text.toString());
    }

    /** Begins to show progress, on a terminal only; to be closed. One at a time. */
    public synchronized Progress progress(String what, long total) {
        hideProgress();
        Progress started = new Progress(this, what, total, environment.errIsTerminal());
        progress = started;
        return started;
    }

    /** Writes out what is buffered. */
    public synchronized void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw outputFailed(e);
        }
    }

    synchronized void progressLine(String text) {
        try {
            err.write("\r\u001b[K" + text);
            err.flush();
        } catch (IOException ignored) {
            // Progress is a courtesy.
        }
    }

    int progressColumns() {
        return environment.columns() > 0 ? environment.columns() - 1 : DEFAULT_COLUMNS - 1;
    }

    private void hideProgress() {
        if (progress != null) {
            progress.hide();
        }
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw outputFailed(e);
        }
    }

    private static RuntimeException outputFailed(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Broken pipe") || message.contains("EPIPE") || message.contains("Pipe closed")) {
            return new OutputClosedException(e);
        }
        return Failure.of(ExitCodes.IO, e, "Cannot write the output: " + message);
    }

    /** Whoever read standard output wants no more of it, as {@code head} does: a quiet end, no error. */
    public static final class OutputClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private OutputClosedException(IOException cause) {
            super(cause);
        }
    }
}
