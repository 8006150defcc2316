package dev.trackit.core.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Execution;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.SessionAnalyzer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineageBuilderTest {

    /** Understands "read FILE" and "write FILE". */
    private static final class FileAnalyzer implements CodeAnalyzer {
        @Override
        public boolean understands(String language) {
            return language.equals("python");
        }

        @Override
        public SessionAnalyzer begin(Session session) {
            return execution -> {
                String[] words = execution.code().split(" ");
                Location file = new Location(Location.Kind.EXTERNAL, words[1], words[1], "");
                Effect.Kind kind = words[0].equals("read") ? Effect.Kind.READ : Effect.Kind.WRITE;
                Statement statement = Statement.builder(0, 1, 1, execution.code())
                        .effects(List.of(new Effect(kind, file, Effect.Certainty.SURE, true)))
                        .build();
                return new Analysis(execution.id(), List.of(statement), List.of(), List.of(), List.of());
            };
        }
    }

    private final LineageBuilder builder = new LineageBuilder(List.of(new FileAnalyzer()), ExternalObserver.noop());

    private void add(String notebook, String session, String language, @Nullable Instant at, String code) {
        Session of = Session.builder(session, "k")
                .language(language)
                .workingFolder(Path.of("/w"))
                .build();
        Execution execution = Execution.builder(session + "-1", session, code)
                .sequence(1)
                .startedAt(at)
                .build();
        builder.add(notebook, of, List.of(execution));
    }

    private static List<String> order(LineageGraph graph) {
        return graph.executions().stream().map(ExecutionNode::notebook).toList();
    }

    @Test
    void executionsComeInTheOrderOfTime() {
        add("a", "s1", "python", Instant.ofEpochSecond(20), "read f");
        add("b", "s2", "python", Instant.ofEpochSecond(10), "write f");

        assertThat(order(builder.build())).containsExactly("b", "a");
    }

    @Test
    void withoutTimesTheReaderOfAFileComesAfterItsWriter() {
        add("a", "s1", "python", null, "read f");
        add("b", "s2", "python", null, "write f");

        assertThat(order(builder.build())).containsExactly("b", "a");
    }

    @Test
    void withoutTimesAndFilesTheGivenOrderHolds() {
        add("b", "s1", "python", null, "read f");
        add("a", "s2", "python", null, "read f");

        assertThat(order(builder.build())).containsExactly("b", "a");
    }

    @Test
    void notebooksThatFeedEachOtherDoNotHang() {
        add("a", "s1", "python", null, "read f");
        add("a", "s2", "python", null, "write g");
        add("b", "s3", "python", null, "read g");
        add("b", "s4", "python", null, "write f");

        assertThat(builder.build().executions()).hasSize(4);
    }

    @Test
    void aLanguageThatNoAnalyzerKnowsIsSaidSo() {
        add("a", "s1", "cobol", null, "read f");

        assertThat(builder.build().executions().get(0).analysis().problems())
                .containsExactly("No analyzer understands \"cobol\".");
    }
}
