package dev.trackit.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Execution;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import dev.trackit.core.Trackit;
import dev.trackit.core.slice.PythonScript;
import dev.trackit.core.slice.Slice;
import dev.trackit.testkit.InMemoryLineageStore;
import dev.trackit.testkit.ScriptedNotebookSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final InMemoryLineageStore store = new InMemoryLineageStore();
    private final ScriptedNotebookSource source = new ScriptedNotebookSource();

    @Test
    void applicationsSeeExecutionsLineageAndSlice() {
        List<String> screen = new CopyOnWriteArrayList<>();
        try (Trackit trackit = EmbeddedCapture.start(builder().source(source), screen::add)) {
            work();
            assertThat(trackit.flush(PATIENCE)).isTrue();
            Slice slice = EmbeddedCapture.slice(trackit, "titanic", "adults");
            assertThat(EmbeddedCapture.lineage(slice)).anyMatch(step -> step.startsWith("source: "));
            assertThat(PythonScript.of(slice).text())
                    .contains("pd.read_csv(\"raw.csv\")", "adults = ")
                    .doesNotContain("head");
        }
        assertThat(screen).hasSize(4).last().asString().endsWith("#4 OK");
    }

    @Test
    void readersSeeTheSameAndLeaveNothing() throws IOException {
        try (Trackit trackit = builder().source(source).start()) {
            work();
            assertThat(trackit.flush(PATIENCE)).isTrue();
            assertThat(LogReading.report(builder()))
                    .startsWith("titanic.ipynb: 4 executions", "  #1 OK import pandas as pd");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void examplesAreShort() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(80);
            }
        }
    }

    private Trackit.Builder builder() {
        return Trackit.builder().watchedFolder(folder).store(store);
    }

    private void work() {
        source.started(
                Session.builder("s1", "kernel").language("python").build(),
                NotebookMatch.of(NotebookMatch.Basis.SERVER, folder.resolve("titanic.ipynb")));
        int count = 1;
        for (String code : List.of(
                "import pandas as pd", "df = pd.read_csv(\"raw.csv\")", "df.head()", "adults = df[df[\"age\"] > 17]")) {
            source.finished(Execution.builder("e" + count, "s1", code)
                    .executionCount(count++)
                    .build());
        }
    }
}
