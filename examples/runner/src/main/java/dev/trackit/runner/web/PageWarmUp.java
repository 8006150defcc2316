package dev.trackit.runner.web;

import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.web.live.PageListener;
import dev.trackit.runner.web.live.Recording;
import java.nio.file.Path;
import java.util.Optional;

/** Serves the page of a folder once, and asks for what a browser asks for first: so that the classes for it are in the program's archive. */
public final class PageWarmUp {
    private PageWarmUp() {}

    /** Does it, for a folder that has a record of one notebook. What does not work is left out of the archive. */
    public static void run(Program program, Path folder) {
        try (TrackitReader reader = Trackit.builder().watchedFolder(folder).open();
                PageServer server = PageServer.start(program, new Reading(reader), new PageListener(), 0)) {
            // No more than this: when all views were asked for, Java 17 crashed while it wrote the archive.
            FirstRequests requests = new FirstRequests(server.url());
            requests.ask("/", "text/html");
            requests.ask("/page/js/main.js", "*/*");
            requests.ask("/", "application/json");
        }
    }

    private record Reading(TrackitReader reader) implements Recording {
        @Override
        public Optional<TrackitStatus> status() {
            return Optional.empty();
        }

        @Override
        public void track(Path notebook) {}

        @Override
        public void untrack(Path notebook) {}

        @Override
        public Optional<Boolean> choice(Path notebook) {
            return Optional.empty();
        }
    }
}
