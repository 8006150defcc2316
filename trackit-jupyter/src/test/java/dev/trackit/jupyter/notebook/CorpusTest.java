package dev.trackit.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.api.CaptureException;
import dev.trackit.api.CellType;
import dev.trackit.api.Notebook;
import dev.trackit.api.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Real notebooks, where the environment variable TRACKIT_CORPUS names a folder of them. */
@EnabledIfEnvironmentVariable(named = "TRACKIT_CORPUS", matches = ".+")
class CorpusTest {
    private final Path corpus = Path.of(Objects.requireNonNull(System.getenv("TRACKIT_CORPUS")));
    private final NotebookReader reader = new NotebookReader();

    @Test
    void notebooksHaveTheFactsOfTheManifest() throws IOException {
        JsonNode manifest = new ObjectMapper()
                .readTree(corpus.resolve("static/MANIFEST.json").toFile());
        assertThat(manifest).hasSizeGreaterThan(30);
        for (JsonNode expected : manifest) {
            Path file = corpus.resolve(expected.get("file").asText());
            if (!expected.get("error").isNull()) {
                assertThatThrownBy(() -> reader.read(file)).isInstanceOf(CaptureException.class);
            } else {
                check(reader.read(file), expected);
                check(reader.facts(file), expected);
            }
        }
    }

    @Test
    void allNotebooksAreReadAndTheCheapFactsAgree() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(corpus)) {
            files = walk.filter(f -> f.toString().endsWith(".ipynb"))
                    .filter(f -> !f.toString().contains("zeppelin"))
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Notebook notebook = reader.read(file);
            NotebookFacts facts = reader.facts(file);
            assertThat(facts.cells()).isEqualTo(notebook.cells().size());
            assertThat(facts.language()).isEqualTo(notebook.language());
            assertThat(facts.format()).isEqualTo(notebook.format());
            assertThat(reader.read(file, notebook.cells(), PayloadSink.NONE)).isEqualTo(notebook);
        }
    }

    private static void check(Notebook notebook, JsonNode expected) {
        String name = expected.get("file").asText();
        assertThat(notebook.format())
                .as(name)
                .isEqualTo(expected.get("nbformat").asText() + "."
                        + expected.get("nbformat_minor").asText());
        assertThat(notebook.language())
                .as(name)
                .isEqualTo(expected.get("language").asText().toLowerCase(Locale.ROOT));
        assertThat(notebook.kernelName())
                .as(name)
                .isEqualTo(expected.path("kernel").asText(""));
        assertThat(notebook.cells()).as(name).hasSize(expected.get("cells").asInt());
        assertThat(count(notebook, CellType.CODE))
                .as(name)
                .isEqualTo(expected.get("code_cells").asInt());
        assertThat(count(notebook, CellType.MARKDOWN))
                .as(name)
                .isEqualTo(expected.get("md_cells").asInt());
        assertThat(notebook.cells().stream()
                        .filter(c -> c.executionCount().isPresent())
                        .count())
                .as(name)
                .isEqualTo(expected.get("exec_counts_present").asInt());
        assertThat(notebook.cells().stream()
                        .flatMap(c -> c.outputs().stream())
                        .filter(o -> o.type() == Output.Type.ERROR)
                        .count())
                .as(name)
                .isEqualTo(expected.get("saved_error_outputs").asInt());
    }

    private static void check(NotebookFacts facts, JsonNode expected) {
        assertThat(facts.codeCells()).isEqualTo(expected.get("code_cells").asInt());
        assertThat(facts.executedCells())
                .isEqualTo(expected.get("exec_counts_present").asInt());
    }

    private static long count(Notebook notebook, CellType type) {
        return notebook.cells().stream().filter(c -> c.type() == type).count();
    }
}
