package dev.trackit.runner.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.api.Gap;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.Staleness;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineageViewTest {
    private static final String[] NOTEBOOK = {
        "import pandas as pd",
        "raw = pd.read_csv('raw.csv')",
        "clean = raw.dropna(subset=['age'])",
        "clean['old'] = clean['age'] > 30",
        "clean['young'] = ~clean['old']",
        "total = clean[['age', 'old']]",
        "total.to_csv('out.csv')"
    };
    private final ObjectMapper mapper = new ObjectMapper();
    private final LineageGraph graph = Flows.graph(NOTEBOOK);

    /** Something that writes JSON. */
    private interface Writing {
        void to(JsonGenerator g) throws IOException;
    }

    private JsonNode json(Writing writing) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator g = mapper.getFactory().createGenerator(text)) {
            writing.to(g);
        }
        return mapper.readTree(text.toString());
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.valueStream().map(node -> node.path(field).asText()).toList();
    }

    @Test
    void thePictureAndTheTableTellTheSameNodes() throws IOException {
        LineageView view = LineageView.of(graph, List.of(), List.of());

        JsonNode json = json(g -> view.json(g, Map.of()));

        List<String> ids = texts(json.path("nodes"), "id");
        assertThat(texts(json.path("picture").path("nodes"), "id")).isEqualTo(ids);
        assertThat(texts(json.path("table"), "id")).isEqualTo(ids);
        assertThat(json.path("edges")).hasSameSizeAs(json.path("picture").path("edges"));
        assertThat(json.path("shown").asInt()).isEqualTo(ids.size());
        assertThat(json.path("hidden").asInt()).isZero();
        assertThat(texts(json(g -> view.find(g, Map.of("find", List.of("RAW")))).path("found"), "label"))
                .containsExactly("raw", "raw.csv");
        JsonNode total = json.path("table")
                .valueStream()
                .filter(row -> row.path("name").asText().equals("total"))
                .findFirst()
                .orElseThrow();
        assertThat(total.path("from").path(0).asText()).isEqualTo("Select columns");
        assertThat(total.path("to").path(0).asText()).isEqualTo("Write");
        assertThat(total.path("executions").path(0).asText()).isEqualTo("In [6]");
    }

    @Test
    void aFocusIsFoundByNameOrIdAndAnUnknownOneIsNone() throws IOException {
        LineageView view = LineageView.of(graph, List.of(), List.of());

        String id = json(g -> view.json(g, Map.of("focus", List.of("clean"))))
                .path("focus")
                .asText();

        assertThat(id).isEqualTo("d5.0.0");
        assertThat(json(g -> view.json(g, Map.of("focus", List.of(id))))
                        .path("focus")
                        .asText())
                .isEqualTo(id);
        JsonNode none = json(g -> view.json(g, Map.of("focus", List.of("nothing"))));
        assertThat(none.path("focus").isNull()).isTrue();
        assertThat(none.path("shown").asInt()).isPositive();
    }

    @Test
    void aWrongQueryIsRefusedWithWhatThereIs() {
        LineageView view = LineageView.of(graph, List.of(), List.of());

        assertThatThrownBy(() -> view.svg("t", Map.of("direction", List.of("sideways"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("direction must be one of up, down, both.");
        assertThatThrownBy(() -> view.svg("t", Map.of("limit", List.of("many"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit must be a number");
        assertThatThrownBy(() -> view.svg("t", Map.of("focus", List.of("x".repeat(2000)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(view.svg("t", Map.of("limit", List.of("1000000000")))).contains("<svg");
    }

    @Test
    void columnsTellWhereTheyCameFrom() throws IOException {
        LineageView view = LineageView.of(graph, List.of(), List.of());

        JsonNode json = json(g -> view.columns(g, Map.of("dataset", List.of("total"))));

        assertThat(texts(json.path("columns"), "column")).containsExactly("age", "old");
        JsonNode old = json.path("columns").path(1).path("from");
        assertThat(texts(old, "dataset")).contains("clean");
        assertThat(texts(old, "input")).contains("age");
        assertThat(old.path(0).path("place").asText()).isEqualTo("In [6]");
    }

    @Test
    void whatIsOutOfDateSaysWhy() throws IOException {
        Staleness.Finding finding = new Staleness.Finding(
                Staleness.Finding.Kind.CELL_EDITED,
                "clean",
                graph.executions().get(4),
                "The cell that made clean was edited.");

        JsonNode json =
                json(g -> LineageView.of(graph, List.of(finding), List.of()).json(g, Map.of()));

        JsonNode clean = json.path("nodes")
                .valueStream()
                .filter(node -> node.path("id").asText().equals("d5.0.0"))
                .findFirst()
                .orElseThrow();
        assertThat(clean.path("stale").path(0).asText()).isEqualTo("The cell that made clean was edited.");
        assertThat(json.path("picture").toString()).contains("out of date");
    }

    @Test
    void aStepWhoseInputWasMadeAgainAndAFileThatChangedAreMarked() throws IOException {
        List<Staleness.Finding> findings = List.of(
                new Staleness.Finding(
                        Staleness.Finding.Kind.INPUT_REMADE,
                        "clean",
                        graph.executions().get(5),
                        "clean was made again."),
                new Staleness.Finding(
                        Staleness.Finding.Kind.FILE_CHANGED,
                        "raw.csv",
                        graph.executions().get(1),
                        "raw.csv was changed."));

        JsonNode json = json(g -> LineageView.of(graph, findings, List.of()).json(g, Map.of()));

        assertThat(json.path("nodes")
                        .valueStream()
                        .filter(node -> !node.path("stale").isEmpty())
                        .map(node -> node.path("label").asText() + ": "
                                + node.path("stale").path(0).asText()))
                .containsExactlyInAnyOrder("raw.csv: raw.csv was changed.", "[age, old]: clean was made again.");
    }

    @Test
    void gapsAreListed() throws IOException {
        Gap gap = Gap.builder(Gap.Reason.DISCONNECTED, "The connection was lost.")
                .missing(2)
                .build();

        JsonNode json = json(g -> LineageView.of(graph, List.of(), List.of(gap)).json(g, Map.of()));

        assertThat(json.path("gaps").path(0).path("detail").asText()).isEqualTo("The connection was lost.");
        assertThat(json.path("gaps").path(0).path("missing").asInt()).isEqualTo(2);
    }

    @Test
    void aDocumentsPictureShowsNothingThatRedactionRemoves() {
        LineageView view = LineageView.of(
                Flows.graph(
                        "import pandas as pd", "df = pd.read_csv('s3://key:hunter2@host/a.csv')", "df['hunter2'] = 1"),
                List.of(),
                List.of(),
                text -> text.replace("hunter2", "***"));

        assertThat(view.svg("t", Map.of("expand", List.of("all"))))
                .doesNotContain("hunter2")
                .contains("***");
    }
}
