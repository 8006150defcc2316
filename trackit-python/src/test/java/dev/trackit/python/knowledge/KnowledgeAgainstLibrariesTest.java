package dev.trackit.python.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trackit.python.parse.CpythonTrees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the knowledge files against the libraries of this machine's Python: by introspection, and by experiment. */
class KnowledgeAgainstLibrariesTest {
    private static final String HERE = "/dev/trackit/python/knowledge/";

    /** What the continuous integration installs; the rest is checked where it happens to be. */
    private static final Set<String> REQUIRED =
            Set.of("pandas", "numpy", "sklearn", "matplotlib", "seaborn", "scipy", "statsmodels", "openpyxl");

    @TempDir
    Path folder;

    @Test
    void eachNameExistsWithItsParametersWhereThisPythonHasTheLibrary() throws IOException {
        Report report = run("check_names.py", copy(HERE, "other_versions.txt").toString());
        assertThat(report.wrong()).isEmpty();
        report.requireLibraries();
        assertThat(report.count()).isGreaterThan(2_000);
    }

    @Test
    void methodsChangeTheirObjectExactlyWhereTheKnowledgeSaysSo() throws IOException {
        Report report = run("try_mutations.py");
        assertThat(report.wrong()).isEmpty();
        report.requireLibraries();
        assertThat(report.count()).isGreaterThan(400);
    }

    private record Report(List<String> wrong, List<String> missing, int count) {
        void requireLibraries() {
            List<String> needed = missing.stream().filter(REQUIRED::contains).toList();
            if ("1".equals(System.getenv("TRACKIT_REQUIRE_PROGRAMS"))) {
                assertThat(needed).as("libraries that this Python lacks").isEmpty();
            }
            assumeTrue(needed.isEmpty(), "this Python lacks " + needed + "; the rest was checked");
        }
    }

    private Report run(String script, String... arguments) throws IOException {
        List<String> all = new ArrayList<>();
        all.add(knowledgeFiles().toString());
        all.addAll(List.of(arguments));
        List<String> wrong = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        int count = -1;
        Process process = CpythonTrees.start(HERE + script, all.toArray(String[]::new));
        try (BufferedReader output = CpythonTrees.output(process)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String rest = line.substring(line.indexOf(' ') + 1);
                if (line.startsWith("wrong ")) {
                    wrong.add(rest);
                } else if (line.startsWith("missing ")) {
                    missing.add(rest);
                } else if (line.startsWith("checked ") || line.startsWith("tried ")) {
                    count = Integer.parseInt(rest);
                }
            }
        }
        assertThat(count).as("the script ran to its end").isNotNegative();
        return new Report(wrong, missing, count);
    }

    private Path knowledgeFiles() throws IOException {
        copy(HERE, "index.json");
        for (String file : KnowledgeReader.builtInFiles()) {
            copy(HERE, file);
        }
        return folder;
    }

    private Path copy(String from, String name) throws IOException {
        try (InputStream in = KnowledgeAgainstLibrariesTest.class.getResourceAsStream(from + name)) {
            assertThat(in).as(name).isNotNull();
            Path target = folder.resolve(name);
            Files.write(target, in.readAllBytes());
            return target;
        }
    }
}
