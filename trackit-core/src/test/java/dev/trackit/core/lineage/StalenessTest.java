package dev.trackit.core.lineage;

import static dev.trackit.core.lineage.Scripted.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StalenessTest {
    private final LineageGraph graph = new LineageGraph();
    private final Scripted session = new Scripted(graph, "a.ipynb", "s1");

    private List<Staleness.Finding> find(String... cells) {
        List<Cell> saved = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].isEmpty()) {
                saved.add(Cell.builder("cell" + i, i, CellType.CODE, cells[i]).build());
            }
        }
        Notebook notebook = Notebook.builder(Path.of("/w/a.ipynb"), Digest.ofText(""))
                .cells(saved)
                .build();
        return Staleness.find(graph, session.session(), notebook, file -> Optional.empty());
    }

    @Test
    void aNameWhoseCellWasEditedIsStale() {
        session.runCell(0, line("x = 1", "W o:1", "W b:x=o:1"));

        assertThat(find("x = 2")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Staleness.Finding.Kind.CELL_EDITED);
            assertThat(finding.subject()).isEqualTo("x");
        });
        assertThat(find("x = 1")).isEmpty();
    }

    @Test
    void aNameWhoseCellWasDeletedIsStale() {
        session.runCell(0, line("x = 1", "W o:1", "W b:x=o:1"));

        assertThat(find("", "y = 1"))
                .extracting(Staleness.Finding::kind)
                .containsExactly(Staleness.Finding.Kind.CELL_DELETED);
    }

    @Test
    void anExecutionWhoseInputWasMadeAgainIsStaleUntilItRunsAgain() {
        session.runCell(0, line("x = 1", "W o:1", "W b:x=o:1"));
        ExecutionNode user = session.runCell(1, line("y = x", "R b:x", "W b:y=o:1"));
        session.runCell(0, line("x = 1", "W o:2", "W b:x=o:2"));

        assertThat(find("x = 1", "y = x")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Staleness.Finding.Kind.INPUT_REMADE);
            assertThat(finding.execution()).isSameAs(user);
        });

        session.runCell(1, line("y = x", "R b:x", "W b:y=o:2"));
        assertThat(find("x = 1", "y = x")).isEmpty();
    }

    @Test
    void aFileThatWasChangedAfterItWasReadIsStale() {
        session.runCell(0, line("x = r('in.csv')", "R f:in.csv", "W o:1", "W b:x=o:1"));
        Instant read = Instant.EPOCH.plusSeconds(61);

        assertThat(Staleness.find(graph, session.session(), null, file -> state(read.plusSeconds(1))))
                .extracting(Staleness.Finding::kind)
                .containsExactly(Staleness.Finding.Kind.FILE_CHANGED);
        assertThat(Staleness.find(graph, session.session(), null, file -> state(read.minusSeconds(1))))
                .isEmpty();
    }

    private static Optional<ExternalDataset.State> state(Instant modifiedAt) {
        return Optional.of(new ExternalDataset.State(null, 1, modifiedAt));
    }
}
