package dev.trackit.core.lineage;

import static dev.trackit.core.lineage.Scripted.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.ColumnLineage;
import dev.trackit.api.Location;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnTraceTest {
    private final LineageGraph graph = new LineageGraph();
    private final Scripted session = new Scripted(graph, "a.ipynb", "s1");

    private static Location location(String text) {
        return Scripted.location(text);
    }

    private static ColumnLineage column(String name, String dataset, String from, ColumnLineage.Type type) {
        return new ColumnLineage(name, List.of(new ColumnLineage.Input(dataset, from, type)));
    }

    @Test
    void aColumnIsTracedThroughTransformationsToTheFile() {
        session.run(line("df = pd.read_csv('in.csv')", "R f:in.csv", "W o:1@df", "W b:df=o:1@df")
                .step(Transformation.builder(TransformationKind.SOURCE, "pandas.read_csv", 1)
                        .inputs(List.of(location("f:in.csv")))
                        .outputs(List.of(location("o:1@df")))
                        .columns(List.of(column("*", "in.csv", "*", ColumnLineage.Type.IDENTITY)))
                        .build()));
        session.run(
                line("df['age'] = 2026 - df['born']", "R b:df", "R o:1@df", "W p:1.age@df", "W b:df=o:1@df,p:1.age@df")
                        .step(Transformation.builder(TransformationKind.PROJECTION_MODIFY, "DataFrame.__setitem__", 1)
                                .inputs(List.of(location("o:1@df")))
                                .outputs(List.of(location("p:1.age@df")))
                                .columns(List.of(column("age", "df", "born", ColumnLineage.Type.TRANSFORMATION)))
                                .build()));

        List<ColumnTrace.Step> steps =
                ColumnTrace.of(graph.value(session.session(), "df").orElseThrow(), "age");

        assertThat(steps)
                .extracting(s -> s.depth() + " " + s.column() + " <- " + s.dataset() + "." + s.input() + " " + s.type())
                .contains("0 age <- df.born TRANSFORMATION", "1 born <- in.csv.born IDENTITY");
    }
}
