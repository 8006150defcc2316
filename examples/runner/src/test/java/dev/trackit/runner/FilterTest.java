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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates, numbers of cells and tags narrow the list, the log and the summary by the same rule. */
class FilterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String A = "import pandas as pd\na = pd.read_csv('a.csv')";
    private static final String B = "b = a.dropna()  # kept";
    private static final String X = "import pandas as pd\nx = pd.read_csv('x.csv')";
    private static final String Y = "y = x.drop_duplicates()";
    private static final String Z = "z = y.sort_values('n')  # kept";
    private static final String P = "print(z)";

    @TempDir
    Path folder;

    @BeforeEach
    void twoNotebooks() throws IOException {
        write("short.ipynb", "2026-03-01T10:00:00Z", A, B);
        write("long.ipynb", "2026-05-01T10:00:00Z", X, Y, Z, P);
        assertThat(CliRun.in(folder, "import", "short.ipynb", "long.ipynb").exitCode())
                .isZero();
        assertThat(CliRun.in(folder, "tag", "short", "baseline", "--execution", "1")
                        .exitCode())
                .isZero();
        assertThat(CliRun.in(folder, "tag", "long", "paper").exitCode()).isZero();
    }

    @Test
    void theListIsNarrowedByDateNumberOfCellsAndTags() {
        assertThat(listed()).containsExactlyInAnyOrder("short.ipynb", "long.ipynb");
        assertThat(listed("--min-cells", "3")).containsExactly("long.ipynb");
        assertThat(listed("--max-cells", "3")).containsExactly("short.ipynb");
        assertThat(listed("--until", "2026-04-01")).containsExactly("short.ipynb");
        assertThat(listed("--since", "2026-04-01")).containsExactly("long.ipynb");
        assertThat(listed("--tag", "baseline")).containsExactly("short.ipynb");
        assertThat(listed("--tag", "paper")).containsExactly("long.ipynb");
        assertThat(listed("--tag", "kept")).containsExactlyInAnyOrder("short.ipynb", "long.ipynb");
        assertThat(listed("--tag", "kept", "--since", "2026-04-01")).containsExactly("long.ipynb");
        CliRun none = CliRun.in(folder, "ls", "--tag", "nothing");
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.err()).contains("None of 2 notebooks fits.");
    }

    @Test
    void theListSaysHowManyCellsAndWhichTagsANotebookHas() {
        JsonNode longer =
                CliRun.in(folder, "ls", "--json", "--min-cells", "3").json().get(0);
        assertThat(longer.path("cells").asInt()).isEqualTo(4);
        assertThat(longer.path("tags").toString()).isEqualTo("[\"kept\",\"paper\"]");
    }

    @Test
    void theLogIsNarrowedByTheSameRule() {
        assertThat(logged()).containsExactlyInAnyOrder(A, B, X, Y, Z, P);
        assertThat(logged("--max-cells", "3")).containsExactly(A, B);
        assertThat(logged("short", "--tag", "baseline")).containsExactly(A);
        assertThat(logged("--tag", "kept")).containsExactlyInAnyOrder(B, Z);
        assertThat(logged("--tag", "paper")).hasSize(4);
        assertThat(logged("--until", "2026-04-01")).hasSize(2);
        assertThat(CliRun.in(folder, "log", "short", "--min-cells", "3").exitCode())
                .isEqualTo(3);
    }

    @Test
    void theSummaryIsNarrowedByTheSameRule() {
        assertThat(told()).hasSize(2);
        assertThat(told("--max-cells", "3")).hasSize(1).first().asString().contains("dropna");
        assertThat(told("short", "--tag", "baseline"))
                .first()
                .asString()
                .contains("read_csv")
                .doesNotContain("dropna");
        assertThat(told("--tag", "kept", "--until", "2026-04-01"))
                .hasSize(1)
                .first()
                .asString()
                .contains("dropna")
                .doesNotContain("sort_values");
        assertThat(CliRun.in(folder, "summary", "short", "--min-cells", "3").exitCode())
                .isEqualTo(3);
        assertThat(CliRun.in(folder, "summary", "-o", "all.md").exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsOutOfDateIsAnOpenQuestionOfTheSummary() throws IOException {
        assertThat(CliRun.in(folder, "summary", "short").out()).doesNotContain("Out of date");
        Files.writeString(folder.resolve("a.csv"), "n\n1\n");
        assertThat(CliRun.in(folder, "summary", "short").out())
                .contains("Out of date, of execution #1", "a.csv was changed after it had been read");
    }

    private List<String> listed(String... options) {
        return json("ls", options).stream().map(n -> n.path("name").asText()).toList();
    }

    private List<String> logged(String... options) {
        return json("log", options).stream().map(n -> n.path("code").asText()).toList();
    }

    private List<String> told(String... options) {
        return json("summary", options).stream()
                .map(n -> n.path("outline").toString())
                .toList();
    }

    private List<JsonNode> json(String command, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = command;
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 1] = "--json";
        CliRun run = CliRun.in(folder, args);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json();
    }

    /** A notebook whose runs are timed; a cell whose code ends in {@code # kept} has that tag. */
    private void write(String name, String executed, String... sources) throws IOException {
        ObjectNode notebook = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "python3")
                .put("language", "python")
                .put("display_name", "Python 3");
        ArrayNode cells = notebook.putArray("cells");
        for (String source : sources) {
            ObjectNode cell = cells.addObject()
                    .put("cell_type", "code")
                    .put("id", "c" + cells.size())
                    .put("execution_count", cells.size())
                    .put("source", source);
            ObjectNode metadata = cell.putObject("metadata");
            metadata.putObject("execution").put("iopub.execute_input", executed).put("shell.execute_reply", executed);
            if (source.endsWith("# kept")) {
                metadata.putArray("tags").add("kept");
            }
            cell.putArray("outputs");
        }
        Files.write(folder.resolve(name), JSON.writeValueAsBytes(notebook));
    }
}
