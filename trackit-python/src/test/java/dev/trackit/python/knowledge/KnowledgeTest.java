package dev.trackit.python.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnowledgeTest {

    @Test
    void builtInFilesAreAllInTheIndexAndValid() throws Exception {
        Path folder = Path.of(KnowledgeTest.class
                        .getResource("/dev/trackit/python/knowledge/index.json")
                        .toURI())
                .getParent();
        try (var files = Files.list(folder)) {
            assertThat(files.map(p -> p.getFileName().toString())
                            .filter(n -> n.endsWith(".json") && !n.equals("index.json")))
                    .containsExactlyInAnyOrderElementsOf(KnowledgeReader.builtInFiles());
        }
        assertThat(Knowledge.builtIn().classes()).isNotEmpty();
    }

    @Test
    void methodsAreInherited() {
        ClassKnowledge frame = Knowledge.builtIn().requireType("pandas.DataFrame");
        assertThat(frame.method("fillna")).isNotNull();
        assertThat(frame.is(ClassKnowledge.Trait.COLUMNS)).isTrue();
        assertThat(frame.isA("pandas.NDFrame")).isTrue();
    }

    @Test
    void modulesAreFoundByTheNearestPattern() {
        Knowledge k = Knowledge.builtIn();
        assertThat(k.module("sklearn.whatever.deep")).hasToString("sklearn.*");
        assertThat(k.module("sklearn.preprocessing")).hasToString("sklearn.preprocessing");
        assertThat(k.module("notalibrary")).isNull();
    }

    @Test
    void aUsersFileAddsToAndCorrectsTheBuiltInOnes(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("ours.json"), """
                {"library": "ours",
                 "modules": {"ours": {"functions": {"clean": {"params": "df", "mutates": "df", "returns": "none"}}}},
                 "classes": {"pandas.DataFrame": {"methods": {"scrub": {"mutates": "self", "returns": "self"}}}}}
                """);
        Knowledge k = KnowledgeReader.readWithFolder(folder);
        assertThat(k.module("ours").function("clean").mutates()).containsExactly("df");
        assertThat(k.requireType("pandas.DataFrame").method("scrub")).isNotNull();
        assertThat(k.requireType("pandas.DataFrame").method("merge")).isNotNull();
        assertThat(Knowledge.builtIn().module("ours")).isNull();
    }

    @Test
    void anErrorNamesFileAndPlace() {
        assertThatThrownBy(() -> KnowledgeReader.readWithText(
                        "mine.json", "{\"modules\": {\"m\": {\"functions\": {\"f\": {\"mutate\": \"x\"}}}}}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mine.json, module m, f has the unknown field \"mutate\"");
        assertThatThrownBy(() -> KnowledgeReader.readWithText(
                        "mine.json", "{\"modules\": {\"m\": {\"functions\": {\"f\": \"NoSuchClass\"}}}}"))
                .hasMessageContaining("names the class \"NoSuchClass\", which no file describes");
        assertThatThrownBy(() -> KnowledgeReader.readWithText(
                        "mine.json",
                        "{\"classes\": {\"m.A\": {\"extends\": \"m.B\"}, \"m.B\": {\"extends\": \"m.A\"}}}"))
                .hasMessageContaining("extends itself");
        assertThatThrownBy(
                        () -> KnowledgeReader.readWithText(
                                "mine.json",
                                "{\"modules\": {\"m\": {\"functions\": {\"f\": {\"returns\": \"none\", \"kind\": \"magic\"}}}}}"))
                .hasMessageContaining("unknown kind of transformation \"magic\"");
        assertThatThrownBy(() -> KnowledgeReader.readWithText("mine.json", "{\"modules\": "))
                .hasMessageContaining("mine.json is not valid JSON");
    }

    /** What the files name must exist in the library that is installed, apart from what older or newer versions have. */
    @Test
    void methodsOfPandasAndNumpyExist() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        boolean required = "1".equals(System.getenv("TRACKIT_REQUIRE_PROGRAMS"));
        if (!required) {
            Assumptions.assumeTrue(Files.isExecutable(python), "/usr/bin/python3 is missing");
        }
        List<String> expressions = new ArrayList<>();
        for (String type : List.of("pandas.DataFrame", "pandas.Series", "numpy.ndarray")) {
            Knowledge.builtIn().requireType(type).ownMethods().keySet().forEach(m -> expressions.add(type + "." + m));
        }
        Knowledge.builtIn().module("pandas").functions.keySet().forEach(f -> expressions.add("pandas." + f));
        String script =
                "import pandas, numpy, warnings, sys\nwarnings.simplefilter('ignore')\nfor e in sys.stdin.read().split():\n"
                        + "    try: eval(e)\n    except AttributeError: print(e)\n";
        Process p = new ProcessBuilder(python.toString(), "-c", script)
                .redirectErrorStream(true)
                .start();
        p.getOutputStream().write(String.join("\n", expressions).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        p.getOutputStream().close();
        String output = new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(p.waitFor(2, TimeUnit.MINUTES)).isTrue();
        if (!required) {
            Assumptions.assumeFalse(output.contains("ModuleNotFoundError"), "pandas is missing");
        }
        List<String> otherVersions = List.of(
                "pandas.DataFrame.from_csv",
                "pandas.Series.argpartition",
                "pandas.DataFrame.append",
                "pandas.Series.append",
                "pandas.DataFrame.mad",
                "pandas.Series.mad",
                "pandas.DataFrame.lookup",
                "pandas.Series.iteritems",
                "pandas.from_dummies",
                "pandas.read_gbq",
                "numpy.ndarray.tostring");
        assertThat(output.lines().filter(l -> !otherVersions.contains(l))).isEmpty();
    }
}
