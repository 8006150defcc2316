package dev.trackit.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Notebook;
import dev.trackit.api.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the reader against Python's own nbformat, on the fixtures and, where TRACKIT_CORPUS is set, on real notebooks. */
class NbformatIT {
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3", "python");

    @Test
    void theReaderFindsWhatNbformatFinds() throws Exception {
        List<Path> files = notebooks();
        Process python = new ProcessBuilder(
                        python(), resource("/read_with_nbformat.py").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Writer in = python.outputWriter();
                BufferedReader out = python.inputReader()) {
            for (Path file : files) {
                in.write(file + "\n");
                in.flush();
                String line = out.readLine();
                assertThat(line).as("what nbformat says of " + file).isNotNull();
                compare(new NotebookReader().read(file), new ObjectMapper().readTree(line));
            }
        }
        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static void compare(Notebook notebook, JsonNode expected) {
        assertThat(notebook.cells())
                .as(notebook.toString())
                .hasSize(expected.get("cells").size());
        for (Cell cell : notebook.cells()) {
            JsonNode other = expected.get("cells").get(cell.index());
            String place = notebook + ", " + cell;
            if (other.get("type").asText().equals("prose")) {
                assertThat(cell.type()).as(place).isNotEqualTo(CellType.CODE);
                continue;
            }
            assertThat(cell.type().name().toLowerCase(Locale.ROOT))
                    .as(place)
                    .isEqualTo(other.get("type").asText());
            assertThat(cell.sourceDigest().hex())
                    .as(place)
                    .isEqualTo(other.get("source").asText());
            JsonNode count = other.get("count");
            assertThat(cell.executionCount().isPresent()).as(place).isEqualTo(!count.isNull());
            assertThat(cell.executionCount().orElse(0)).as(place).isEqualTo(count.asInt(0));
            assertThat(cell.outputs()).as(place).hasSize(other.get("outputs").size());
            for (int i = 0; i < cell.outputs().size(); i++) {
                compare(place, cell.outputs().get(i), other.get("outputs").get(i));
            }
        }
    }

    private static void compare(String place, Output output, JsonNode expected) {
        assertThat(output.type().wireName()).as(place).isEqualTo(expected.get(0).asText());
        boolean named = output.type() == Output.Type.STREAM || output.type() == Output.Type.ERROR;
        assertThat(named ? output.name() : output.mime())
                .as(place)
                .isEqualTo(expected.get(1).asText());
        if (!expected.get(2).isNull()) {
            assertThat(output.digest().hex())
                    .as(place)
                    .isEqualTo(expected.get(2).asText());
        }
    }

    private static List<Path> notebooks() throws IOException, URISyntaxException {
        List<Path> files = new ArrayList<>(List.of(resource("/notebooks/v4_5.ipynb"), resource("/notebooks/v3.ipynb")));
        String corpus = System.getenv("TRACKIT_CORPUS");
        if (corpus != null) {
            try (Stream<Path> walk = Files.walk(Path.of(corpus))) {
                walk.filter(f ->
                                f.toString().endsWith(".ipynb") && !f.toString().contains("zeppelin"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static String python() throws IOException, InterruptedException {
        for (String candidate : PYTHONS) {
            try {
                Process process = new ProcessBuilder(candidate, "-c", "import nbformat")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
                    return candidate;
                }
            } catch (IOException e) {
                // there is no such program: try the next
            }
        }
        if ("1".equals(System.getenv("TRACKIT_REQUIRE_PROGRAMS"))) {
            return fail("No Python with nbformat was found, and TRACKIT_REQUIRE_PROGRAMS=1 asks for it");
        }
        return abort("No Python with nbformat was found");
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(NbformatIT.class.getResource(name)).toURI());
    }
}
