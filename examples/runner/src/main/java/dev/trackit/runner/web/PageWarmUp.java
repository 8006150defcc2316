package dev.trackit.runner.web;

import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.web.live.PageListener;
import dev.trackit.runner.web.live.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page of a folder once, and asks for its views: so that the classes for it are in the archive from which the program starts. */
public final class PageWarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(PageWarmUp.class);

    private PageWarmUp() {}

    /** Does it, for a folder that has a record of one notebook. What does not work is left out of the archive. */
    public static void run(Program program, Path folder) {
        try (TrackitReader reader = Trackit.builder().watchedFolder(folder).open();
                PageServer server = PageServer.start(program, new Reading(reader), new PageListener(), 0)) {
            String notebook = "/notebooks/" + reader.notebooks().get(0).id();
            String base = server.url().replaceAll("/\\?.*", "");
            String token = server.url().replaceAll(".*token=", "");
            for (String address :
                    List.of("/", "/page/js/main.js", notebook + "/timeline?var=df", notebook + "/lineage", "/state")) {
                ask(base + address, token);
            }
        }
    }

    private static void ask(String address, String token) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + token);
            try (InputStream in = connection.getInputStream()) {
                in.readAllBytes();
            }
        } catch (IOException e) {
            LOG.debug("An address was not warmed up: {}", address, e);
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
