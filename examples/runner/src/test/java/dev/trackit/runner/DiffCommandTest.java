package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void anEditedFillExplainsTheChangedMeanOfTheLastRun() {
        CliRun.in(folder, "demo", "--no-kernel", "work");
        Path work = folder.resolve("work");
        CliRun run = CliRun.in(work, "diff", "training-data");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "mean age",
                        "40.9 → 53.5",
                        "Series.fillna(value=0)",
                        "can explain: mean age",
                        "What else was changed");

        JsonNode diff = CliRun.in(work, "diff", "training-data", "--from", "#5", "--to", "8", "--json")
                .json()
                .get(0);
        assertThat(texts(diff.path("results"), "subject")).containsExactly("mean age");
        JsonNode first = diff.path("causes").get(0);
        assertThat(first.path("level").asText()).isEqualTo("cell");
        assertThat(first.path("explains").toString()).isEqualTo("[\"mean age\"]");
        assertThat(texts(diff.path("causes"), "level")).containsExactly("cell", "transformation");
        assertThat(diff.path("causes").get(1).path("after").asText()).contains("median()");

        CliRun experiment = CliRun.in(work, "diff", "training-data", "--from", "experiment:2", "--to", "8", "--json");
        assertThat(experiment.exitCode()).as(experiment.err()).isZero();
        assertThat(CliRun.in(work, "diff", "training-data", "--from", "99").exitCode())
                .isEqualTo(3);
        assertThat(CliRun.in(work, "diff", "training-data", "--from", "soon").exitCode())
                .isEqualTo(2);
        assertThat(CliRun.in(work, "diff", "training-data", "--from", "3", "--to", "3")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void twoNotebooksAreComparedByWhatTheirCellsSay() throws IOException {
        write(
                "a.ipynb",
                "import pandas as pd\ndf = pd.read_csv('raw.csv')|",
                "print('start')|start",
                "df = df[df.amount > 10]\ndf.shape|(90, 4)",
                "print('rows:', len(df))|rows: 90",
                "df.to_csv('out.csv')|");
        write(
                "b.ipynb",
                "import pandas as pd\ndf = pd.read_csv('raw.csv')|",
                "df = df[df.amount > 50]\ndf.shape|(40, 4)",
                "print('rows:', len(df))|rows: 40",
                "df['net'] = df.amount * 0.8|",
                "print('start')|start");
        CliRun run = CliRun.in(folder, "diff", "a.ipynb", "b.ipynb", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode diff = run.json().get(0);
        assertThat(texts(diff.path("results"), "subject")).contains("df", "rows");
        assertThat(find(diff.path("results"), "df").path("after").asText()).contains("40 rows");
        JsonNode filter = diff.path("causes").get(0);
        assertThat(filter.path("change").asText()).isEqualTo("changed");
        assertThat(filter.path("before").asText()).contains("> 10");
        assertThat(filter.path("explains").toString()).contains("rows", "df");
        assertThat(find(diff.path("causes"), "print('start')").path("change").asText())
                .isEqualTo("moved");
        assertThat(find(diff.path("causes"), "df['net'] = df.amount * 0.8")
                        .path("change")
                        .asText())
                .isEqualTo("added");
        assertThat(find(diff.path("causes"), "df.to_csv('out.csv')")
                        .path("change")
                        .asText())
                .isEqualTo("removed");
    }

    @Test
    void aNotebookThatIsTheSameDiffersInNothing() throws IOException {
        write("a.ipynb", "x = 1|");
        write("b.ipynb", "x = 1|");
        assertThat(CliRun.in(folder, "diff", "a.ipynb", "b.ipynb").out()).contains("Nothing is different.");
        CliRun alone = CliRun.in(folder, "diff", "a.ipynb");
        assertThat(alone.exitCode()).isEqualTo(3);
        assertThat(alone.err()).contains("one run only", "--from");
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(n -> n.path(field).asText())
                .toList();
    }

    private static JsonNode find(JsonNode list, String subject) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(n -> n.path("subject").asText().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No \"" + subject + "\" in " + list));
    }

    /** Cells are code, a bar, and what they show. */
    private void write(String name, String... cells) throws IOException {
        ObjectNode notebook = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "python3")
                .put("language", "python")
                .put("display_name", "Python 3");
        ArrayNode all = notebook.putArray("cells");
        for (String cell : cells) {
            String[] parts = cell.split("\\|", 2);
            ObjectNode node = all.addObject()
                    .put("cell_type", "code")
                    .put("id", name.charAt(0) + "-" + all.size())
                    .put("execution_count", all.size())
                    .put("source", parts[0]);
            node.putObject("metadata");
            ArrayNode outputs = node.putArray("outputs");
            if (parts[1].startsWith("(")) {
                outputs.addObject()
                        .put("output_type", "execute_result")
                        .put("execution_count", all.size())
                        .putObject("data")
                        .put("text/plain", parts[1]);
                ((ObjectNode) outputs.get(0)).putObject("metadata");
            } else if (!parts[1].isEmpty()) {
                outputs.addObject()
                        .put("output_type", "stream")
                        .put("name", "stdout")
                        .put("text", parts[1] + "\n");
            }
        }
        Files.write(folder.resolve(name), JSON.writeValueAsBytes(notebook));
    }
}
