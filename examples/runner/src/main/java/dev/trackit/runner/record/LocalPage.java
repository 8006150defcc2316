package dev.trackit.runner.record;

import dev.trackit.core.TrackitListener;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.web.PageServer;
import dev.trackit.runner.web.live.PageListener;
import dev.trackit.runner.web.live.Recording;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The page of a running agent. It starts beside the recording, which waits for nothing, and whose course it cannot change: if it fails, recording goes on. */
final class LocalPage implements AutoCloseable {
    private final Program program;
    private final PageListener listener = new PageListener();
    private final int port;
    private final boolean opensBrowser;
    private @Nullable PageServer server;
    private boolean closed;

    LocalPage(Program program, int port, boolean opensBrowser) {
        this.program = program;
        this.port = port;
        this.opensBrowser = opensBrowser;
    }

    /** To be told of what is recorded, from the start. */
    TrackitListener listener() {
        return listener;
    }

    /** Starts it. @param ready is told the address when the page can be opened */
    void start(Recording recording, Consumer<String> ready) {
        Thread thread = new Thread(() -> serve(recording, ready), "trackit-page-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Recording recording, Consumer<String> ready) {
        try {
            PageServer started = PageServer.start(program, recording, listener, port);
            synchronized (this) {
                if (closed) {
                    started.close();
                    return;
                }
                server = started;
            }
            started.warm();
            ready.accept(started.url());
            if (opensBrowser) {
                open(started.urlForOnce());
            }
        } catch (RuntimeException | LinkageError e) {
            program.console()
                    .error(
                            "The page could not be started: " + TerminalText.line(String.valueOf(e.getMessage())),
                            List.of("Recording goes on without it."));
        }
    }

    /** The address can be seen by others in the list of processes, so it lets a browser in once only. */
    private void open(String url) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", url)
                : system.contains("windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                        : List.of("xdg-open", url);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            program.console().note("No browser could be opened; open the address yourself.");
        }
    }

    /** Ends it. Idempotent. */
    @Override
    public void close() {
        PageServer running;
        synchronized (this) {
            closed = true;
            running = server;
            server = null;
        }
        if (running != null) {
            running.close();
        }
    }
}
