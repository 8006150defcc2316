package dev.trackit.runner.web;

import dev.trackit.core.Importer;
import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.cli.Console;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.web.live.PageListener;
import dev.trackit.runner.web.live.Recording;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The page of a small record, served in this process. */
final class PageFixture implements AutoCloseable {
    static final String NOTEBOOK = """
            {"cells": [
             {"cell_type": "markdown", "id": "head", "metadata": {}, "source": "# Prices"},
             {"cell_type": "code", "id": "one", "metadata": {}, "execution_count": 1, "source": "import pandas as pd\\ndf = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})", "outputs": []},
             {"cell_type": "code", "id": "two", "metadata": {}, "execution_count": 2, "source": "total = df['a'].sum()\\nprint(total)", "outputs": [{"output_type": "stream", "name": "stdout", "text": "3\\n"}]},
             {"cell_type": "code", "id": "three", "metadata": {}, "execution_count": 3, "source": "df", "outputs": [
              {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": {"text/html": "<script>fetch('/')</script><b>x</b>", "text/plain": "   a  b"}},
              {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}},
              {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"}},
              {"output_type": "display_data", "metadata": {}, "data": {"application/javascript": "alert(1)"}}]}],
             "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}},
             "nbformat": 4, "nbformat_minor": 5}
            """;

    /** Held, because Java's logging forgets levels of loggers that nobody holds. */
    private static final Logger QUIET = Logger.getLogger("");

    static {
        QUIET.setLevel(Level.WARNING);
    }

    private final TrackitReader reader;
    private final PageServer server;
    private final Map<Path, Boolean> choices = new ConcurrentHashMap<>();

    PageFixture(Path folder) throws Exception {
        Files.writeString(folder.resolve("prices.ipynb"), NOTEBOOK);
        Files.writeString(
                folder.resolve("never run.ipynb"),
                NOTEBOOK.replaceAll("\"execution_count\": [0-9]", "\"execution_count\": null"));
        try (Importer importer = Trackit.builder().watchedFolder(folder).openImporter()) {
            importer.importNotebook(folder.resolve("prices.ipynb"));
        }
        reader = Trackit.builder().watchedFolder(folder).open();
        Environment environment = new Environment(
                folder,
                Map.of(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                false,
                false,
                0,
                "trackit",
                Clock.systemUTC(),
                ZoneOffset.UTC);
        server = PageServer.start(
                new Program(environment, new Console(environment)), new Reading(), new PageListener(), 0);
    }

    PageServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    String token() {
        return server.url().replaceAll(".*token=", "");
    }

    TrackitReader reader() {
        return reader;
    }

    Map<Path, Boolean> choices() {
        return choices;
    }

    private final class Reading implements Recording {
        @Override
        public TrackitReader reader() {
            return reader;
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

    @Override
    public void close() {
        server.close();
        reader.close();
    }
}
