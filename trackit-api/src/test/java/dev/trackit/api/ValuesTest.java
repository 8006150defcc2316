package dev.trackit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void builderOfAnExecutionRoundTrips() {
        Execution execution = Execution.builder("m1", "s1", "df.head()")
                .sequence(3)
                .executionCount(7)
                .status(ExecutionStatus.ERROR)
                .origin(Origin.RECOVERED)
                .startedAt(Instant.EPOCH)
                .outputs(List.of(Output.stream("stdout", "hi"), Output.error("KeyError", "KeyError: 'x'")))
                .cell(CellMatch.of(CellMatch.Basis.CODE, "c1", 2))
                .notes(List.of("Outputs are not known."))
                .build();
        assertThat(execution.toBuilder().build()).isEqualTo(execution);
        assertThat(execution.toBuilder().sequence(4).build()).isNotEqualTo(execution);
        assertThat(execution.codeDigest()).isEqualTo(Digest.ofText("df.head()"));
    }

    @Test
    void valuesShowNoPrivateContentInToString() {
        Execution execution = Execution.builder("m1", "s1", "key = 'secret'")
                .outputs(List.of(Output.stream("stdout", "secret")))
                .build();
        Cell cell = Cell.builder("c", 0, CellType.CODE, "secret").build();
        assertThat(execution + "" + execution.outputs() + cell).doesNotContain("secret");
    }

    @Test
    void lengthOfAnOutputIsThatOfItsUtf8Bytes() {
        assertThat(Output.stream("stdout", "aé数😀").bytes()).isEqualTo(1 + 2 + 3 + 4);
        Output cut = Output.builder(Output.Type.STREAM, "text/plain")
                .text("beginning")
                .textCut(true)
                .payload(Digest.ofText("beginning and more"), 18)
                .build();
        assertThat(cut.bytes()).isEqualTo(18);
    }

    @Test
    void matchesSayExactlyWhatIsKnown() {
        assertThat(CellMatch.unknown().isSettled()).isFalse();
        assertThat(CellMatch.ambiguous(List.of("a", "b")).isSettled()).isFalse();
        assertThatThrownBy(() -> CellMatch.of(CellMatch.Basis.NONE, "a", 1)).hasMessageContaining("cannot name a cell");
        assertThatThrownBy(() -> CellMatch.of(CellMatch.Basis.CODE, "", 1)).hasMessageContaining("must name a cell");
        assertThat(NotebookMatch.of(NotebookMatch.Basis.SERVER, Path.of("a.ipynb"))
                        .candidates())
                .allMatch(Path::isAbsolute);
        assertThatThrownBy(() -> new NotebookMatch(NotebookMatch.Basis.CODE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void notebookIdsAreSafeAsFolderNames() {
        assertThat(NotebookId.of("titanic-3f2a9c").value()).isEqualTo("titanic-3f2a9c");
        for (String bad : new String[] {"", "../x", ".hidden", "A", "a/b", "a".repeat(101)}) {
            assertThatThrownBy(() -> NotebookId.of(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new LogId(NotebookId.of("a"), "../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesOnTheWireAreFoundAgain() {
        for (TransformationKind kind : TransformationKind.values()) {
            assertThat(TransformationKind.ofWireName(kind.wireName())).contains(kind);
        }
        for (Output.Type type : Output.Type.values()) {
            assertThat(Output.Type.ofWireName(type.wireName())).contains(type);
        }
        assertThat(TransformationKind.GROUP_AND_AGGREGATE.wireName()).isEqualTo("group-and-aggregate");
        assertThat(TransformationKind.ofWireName("no-such-kind")).isEmpty();
    }

    @Test
    void equalNotebooksHaveEqualContentWhereverTheyLie() {
        Digest digest = Digest.ofText("{}");
        Cell cell = Cell.builder("c", 0, CellType.CODE, "1").executionCount(1).build();
        Notebook a = Notebook.builder(Path.of("a.ipynb"), digest)
                .cells(List.of(cell))
                .build();
        Notebook b = Notebook.builder(Path.of("b.ipynb"), digest)
                .cells(List.of(cell))
                .modifiedAt(Instant.EPOCH.plusSeconds(1))
                .build();
        assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
    }
}
