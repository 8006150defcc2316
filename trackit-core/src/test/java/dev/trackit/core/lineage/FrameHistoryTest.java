package dev.trackit.core.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Analysis;
import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Execution;
import dev.trackit.api.FrameState;
import dev.trackit.api.Location;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.api.Variable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameHistoryTest {
    private static final Location NAME = new Location(Location.Kind.BINDING, "name:df", "df", "df");
    private static final Location OBJECT = new Location(Location.Kind.OBJECT, "o1", "df", "df");

    private final LineageGraph graph = new LineageGraph();

    FrameHistoryTest() {
        graph.open("nb", Session.builder("s", "k").language("python").build());
    }

    private ExecutionNode run(String code, List<FrameState> frames, Effect... effects) {
        int n = graph.executions().size() + 1;
        Execution execution = Execution.builder("e" + n, "s", code).sequence(n).build();
        Statement.Builder statement = Statement.builder(0, 1, 1, code).effects(List.of(effects));
        List<Variable> variables = List.of(new Variable("df", "pandas.DataFrame", List.of(OBJECT)));
        return graph.add(execution, new Analysis("e" + n, List.of(statement.build()), variables, frames, List.of()));
    }

    private static FrameState rows(long rows) {
        return new FrameState("df", rows, null, null, Map.of(), Map.of());
    }

    @Test
    void whatALaterCellShowsIsKnownOfTheFrameThatItShows() {
        ExecutionNode made = run(
                "df = load()",
                List.of(),
                new Effect(Effect.Kind.WRITE, OBJECT, Certainty.SURE, false),
                new Effect(Effect.Kind.WRITE, NAME, Certainty.SURE, false));
        run("df.shape", List.of(rows(10)), new Effect(Effect.Kind.READ, NAME, Certainty.SURE, true));
        ExecutionNode changed =
                run("df.dropna(inplace=True)", List.of(), new Effect(Effect.Kind.MUTATE, OBJECT, Certainty.SURE, true));
        run("len(df)", List.of(rows(8)), new Effect(Effect.Kind.READ, NAME, Certainty.SURE, true));

        assertThat(FrameHistory.after(graph, made))
                .extracting(FrameState::rowCount)
                .containsExactly(10L);
        assertThat(FrameHistory.after(graph, changed))
                .extracting(FrameState::rowCount)
                .containsExactly(8L);
    }
}
