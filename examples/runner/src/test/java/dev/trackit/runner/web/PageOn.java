package dev.trackit.runner.web;

import dev.trackit.api.CaptureException;
import dev.trackit.core.Importer;
import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.NotebookFiles;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.web.live.PageListener;
import dev.trackit.runner.web.live.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Shows the page of a folder without recording anything: for work on the page. Arguments: the folder, and the port (8765). If the folder has no
 * record, what its saved notebooks hold is taken into a record that is thrown away.
 */
public final class PageOn {
    private PageOn() {}

    /** Serves until the process is ended. */
    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Environment environment = Environment.ofProcess();
        Path folder = environment.resolve(args[0]);
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8765;
        Path data = folder.resolve(".trackit");
        if (!Files.isDirectory(data)) {
            data = Files.createTempDirectory("trackit-page-on");
            fill(folder, data);
        }
        try (TrackitReader reader = builder(folder, data).open();
                PageServer page = PageServer.start(
                        new Program(environment, new Console(environment)),
                        new ReadOnly(reader),
                        new PageListener(),
                        port)) {
            System.out.println(page.url());
            Thread.currentThread().join();
        }
    }

    /** With the usual adapters, whatever else lies on the class path. */
    private static Trackit.Builder builder(Path folder, Path data) {
        return Trackit.builder()
                .watchedFolder(folder)
                .dataFolder(data)
                .store("jsonl")
                .source("jupyter");
    }

    private static void fill(Path folder, Path data) throws Exception {
        try (Importer importer = builder(folder, data).openImporter()) {
            for (NotebookFiles.Found file : NotebookFiles.below(folder)) {
                try {
                    importer.importNotebook(file.path());
                } catch (CaptureException e) {
                    System.err.println(e.getMessage());
                }
            }
        }
    }

    /** A record that nobody adds to; choices are kept while the process runs. */
    private record ReadOnly(TrackitReader reader, Map<Path, Boolean> choices) implements Recording {
        ReadOnly(TrackitReader reader) {
            this(reader, new ConcurrentHashMap<>());
        }

        @Override
        public Optional<TrackitStatus> status() {
            return Optional.empty();
        }

        @Override
        public void track(Path notebook) {
            choices.put(notebook, true);
        }

        @Override
        public void untrack(Path notebook) {
            choices.put(notebook, false);
        }

        @Override
        public Optional<Boolean> choice(Path notebook) {
            return Optional.ofNullable(choices.get(notebook));
        }
    }
}
