package dev.trackit.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Analysis;
import dev.trackit.api.Digest;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.Location;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.core.files.FileStates;
import dev.trackit.core.lineage.DiskObserver;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.ExternalObserver;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.SessionAnalyzer;
import dev.trackit.testkit.InMemoryLineageStoreProvider;
import dev.trackit.testkit.ScriptedNotebookSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWitnessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant END = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path folder;

    private final LineageStore store = new InMemoryLineageStoreProvider()
            .open(ProviderContext.builder(
                            Path.of("").toAbsolutePath(), Path.of("").toAbsolutePath())
                    .build());
    private final ScriptedNotebookSource source = new ScriptedNotebookSource();

    /** Each line {@code read NAME} or {@code write NAME} does so; {@code fail} makes the analyzer throw. */
    private static final class Lines implements CodeAnalyzer {
        @Override
        public boolean understands(String language) {
            return language.equals("python");
        }

        @Override
        public SessionAnalyzer begin(Session session) {
            return execution -> {
                List<Statement> statements = new ArrayList<>();
                for (String line : execution.code().lines().toList()) {
                    if (line.equals("fail")) {
                        throw new IllegalStateException("as asked");
                    }
                    String[] words = line.split(" ", 2);
                    Location file = new Location(Location.Kind.EXTERNAL, words[1], words[1], "");
                    Effect.Kind kind = words[0].equals("read") ? Effect.Kind.READ : Effect.Kind.WRITE;
                    statements.add(Statement.builder(statements.size(), 1, 1, line)
                            .effects(List.of(new Effect(kind, file, Effect.Certainty.SURE, true)))
                            .build());
                }
                return new Analysis(execution.id(), statements, List.of(), List.of(), List.of());
            };
        }
    }

    private void run(String... codes) {
        try (Trackit trackit = Trackit.builder()
                .watchedFolder(folder)
                .store(store)
                .source(source)
                .analyzer(new Lines())
                .start()) {
            source.started(
                    Session.builder("s", "k").language("python").build(),
                    NotebookMatch.of(NotebookMatch.Basis.SERVER, folder.resolve("titanic.ipynb")));
            for (String code : codes) {
                source.finished(
                        Execution.builder(code, "s", code).finishedAt(END).build());
            }
            assertThat(trackit.flush(PATIENCE)).isTrue();
        }
    }

    private FileStates states(ExternalObserver otherwise) {
        FileStates states = new FileStates(otherwise);
        store.logs().stream()
                .map(LogId::notebook)
                .filter(n -> n.value().startsWith("titanic"))
                .distinct()
                .forEach(n -> states.add(store, n));
        return states;
    }

    private Path write(String name, String content, Instant modified) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
        return file;
    }

    @Test
    void digestSizeAndTimeOfAFileAreRecordedAsTheyWereWhenItWasRead() throws Exception {
        Path raw = write("raw.csv", "a,b\n1,2\n", END.minusSeconds(60));
        Path made = write("made.csv", "a\n1\n", END);
        run("read raw.csv\nread https://example.org/x.csv\nread gone.csv", "write made.csv");
        write("raw.csv", "a,b\n3,4\n", END.minusSeconds(60));

        ExternalDataset.State seen = states(new DiskObserver(1 << 20))
                .recorded("read raw.csv\nread https://example.org/x.csv\nread gone.csv", raw)
                .orElseThrow();
        assertThat(seen.digest()).isEqualTo(Digest.ofText("a,b\n1,2\n"));
        assertThat(seen.size()).isEqualTo(8);
        assertThat(seen.modifiedAt()).isEqualTo(END.minusSeconds(60));
        assertThat(states(ExternalObserver.noop()).recorded("write made.csv", made))
                .isPresent();
        assertThat(store.logs()).extracting(LogId::name).contains("files");
    }

    @Test
    void whatWasRecordedWinsOverTheDiskAndTheDiskIsAskedForTheRest() throws Exception {
        Path raw = write("raw.csv", "old", END.minusSeconds(60));
        run("read raw.csv");
        write("raw.csv", "new", END.minusSeconds(60));
        FileStates states = states(new DiskObserver(1 << 20));
        Execution recorded =
                Execution.builder("read raw.csv", "s", "").finishedAt(END).build();
        Execution other = Execution.builder("imported", "s", "").finishedAt(END).build();
        assertThat(states.look(recorded, raw).map(ExternalDataset.State::digest))
                .isEqualTo(Optional.of(Digest.ofText("old")));
        assertThat(states.look(other, raw).map(ExternalDataset.State::digest))
                .isEqualTo(Optional.of(Digest.ofText("new")));
    }

    @Test
    void aFileThatChangedBeforeAnybodyLookedIsNotTakenForWhatWasRead() throws Exception {
        Path raw = write("raw.csv", "later", END.plusSeconds(1));
        run("read raw.csv");
        assertThat(states(ExternalObserver.noop()).recorded("read raw.csv", raw))
                .isEmpty();
    }

    @Test
    void aFaultOfTheAnalyzerHindersNeitherTheCaptureNorWhatComesAfterIt() throws Exception {
        Path raw = write("raw.csv", "x", END.minusSeconds(60));
        run("fail", "read raw.csv");
        assertThat(states(ExternalObserver.noop()).recorded("read raw.csv", raw))
                .isPresent();
    }
}
