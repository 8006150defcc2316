package dev.trackit.python.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.api.ConfigurationException;
import dev.trackit.api.TransformationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeReaderTest {
    private static final Path SOURCES = Path.of("src/main/resources/dev/trackit/python/knowledge");

    @TempDir
    Path folder;

    @Test
    void eachFileOfTheFolderIsInTheIndex() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> !f.equals("index.json")))
                    .containsExactlyInAnyOrderElementsOf(KnowledgeReader.builtInFiles());
        }
    }

    @Test
    void noFileSaysTwoThingsOfOneName() throws IOException {
        List<String> twice = new ArrayList<>();
        for (String file : KnowledgeReader.builtInFiles()) {
            JsonNode document =
                    new ObjectMapper().readTree(SOURCES.resolve(file).toFile());
            document.path("modules")
                    .properties()
                    .forEach(m -> collectTwice(m.getValue().path("functions"), file + ", " + m.getKey(), twice));
            document.path("classes").properties().forEach(c -> {
                collectTwice(c.getValue().path("methods"), file + ", " + c.getKey(), twice);
                collectTwice(c.getValue().path("attributes"), file + ", " + c.getKey(), twice);
            });
        }
        assertThat(twice).isEmpty();
    }

    private static void collectTwice(JsonNode group, String place, List<String> twice) {
        Set<String> seen = new HashSet<>();
        group.fieldNames().forEachRemaining(names -> {
            for (String name : names.trim().split("\\s+")) {
                if (!seen.add(name)) {
                    twice.add(place + ": " + name);
                }
            }
        });
    }

    @Test
    void aUsersFileAddsAndReplaces() throws IOException {
        Files.writeString(folder.resolve("ours.json"), """
                // Our own library, and a correction.
                {
                  "library": "ours",
                  "modules": {
                    "ours.cleaning": {
                      "functions": {
                        "load_raw": {"params": "path", "reads": "path", "returns": "DataFrame", "kind": "source"},
                        "fix_ages": {"params": "frame", "mutates": "frame", "returns": "none", "kind": "impute"}
                      }
                    },
                    "numpy": {"functions": {"unique": {"params": "ar", "returns": "ndarray", "kind": "deduplicate"}}}
                  }
                }
                """);
        Knowledge knowledge = KnowledgeReader.readWithFolder(folder);
        CallKnowledge fix = knowledge.module("ours.cleaning").function("fix_ages");
        assertThat(fix.mutates()).containsExactly("frame");
        assertThat(fix.kind()).isEqualTo(TransformationKind.IMPUTE);
        assertThat(knowledge.module("numpy").function("unique").kind()).isEqualTo(TransformationKind.DEDUPLICATE);
        assertThat(knowledge.module("numpy").function("concatenate")).isNotNull();
        assertThat(Knowledge.builtIn().module("ours.cleaning")).isNull();
    }

    @Test
    void withoutAFolderThereIsTheBuiltInKnowledge() {
        assertThat(KnowledgeReader.readWithFolder(folder.resolve("none"))).isSameAs(Knowledge.builtIn());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'modules': {'m': {'functions': {'f': {'mutate': 'x'}}}}} | ours.json, module m, f has the unknown field \"mutate\"",
                "{'modules': {'m': {'function': {}}}} | ours.json, module m has the unknown field \"function\"; known are",
                "{'modules': {'m': {'functions': {'f': {'kind': 'clean'}}}}} | ours.json, module m, f has the unknown kind of transformation \"clean\"",
                "{'modules': {'m': {'functions': {'f': 'Frame'}}}} | ours.json, module m, f names the class \"Frame\", which no file describes",
                "{'modules': {'m': {'functions': {'f': 'list(str'}}}} | ours.json, module m, f says of what it returns",
                "{'modules': {'m': {'functions': {'f': {'view': 'perhaps'}}}}} | has \"perhaps\" as view; possible are [no, possible, likely, sure]",
                "{'classes': {'m.C': {'traits': 'lazy'}}} | ours.json, class m.C has the unknown trait \"lazy\"",
                "{'classes': {'m.C': {'extends': 'm.C'}}} | class m.C extends itself",
                "{'modules': {'m': {'functions': {'f': 3}}}} | must be an object, or a text that says what is returned",
                "[] | ours.json is not a JSON object",
                "{'modules': | ours.json is not valid JSON"
            })
    void aWrongFileIsAnErrorThatNamesFilePlaceAndWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> KnowledgeReader.readWithText("ours.json", json.replace('\'', '"')))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }
}
