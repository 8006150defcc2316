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

class LineageCommandsTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeEach
    void notebooks() throws IOException {
        Files.writeString(folder.resolve("raw.csv"), "name,age\\na,31\\nb,\\nc,41\\n");
        notebook(
                "prepare.ipynb",
                "import pandas as pd, numpy as np",
                "raw = pd.read_csv('raw.csv')\nraw.head()",
                "clean = raw.dropna(subset=['age'])\nclean['old'] = clean['age'] > 30",
                "clean.to_csv('clean.csv', index=False)");
        notebook("model.ipynb", "import pandas as pd", "d = pd.read_csv('clean.csv')", "m = d['age'].mean()\nprint(m)");
    }

    private void notebook(String name, String... sources) throws IOException {
        ObjectNode notebook = mapper.createObjectNode();
        notebook.put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata").putObject("language_info").put("name", "python");
        ArrayNode cells = notebook.putArray("cells");
        for (int i = 0; i < sources.length; i++) {
            ObjectNode cell = cells.addObject();
            cell.put("cell_type", "code").put("id", "c" + i).put("source", sources[i]);
            cell.put("execution_count", i + 1);
            cell.putObject("metadata");
            cell.putArray("outputs");
        }
        mapper.writeValue(folder.resolve(name).toFile(), notebook);
    }

    private CliRun run(String... args) {
        CliRun run = CliRun.in(folder, args);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void lineageGivesOneObjectForEachExecution() {
        List<JsonNode> executions = run("lineage", "prepare.ipynb", "--json").json();

        assertThat(executions).hasSize(4);
        JsonNode clean = executions.get(2);
        assertThat(clean.path("notebook").asText()).isEqualTo("prepare.ipynb");
        assertThat(clean.path("sequence").asInt()).isEqualTo(3);
        assertThat(clean.path("cellIndex").asInt()).isEqualTo(2);
        assertThat(texts(clean.path("reads"))).containsExactly("raw");
        assertThat(texts(clean.path("writes"))).containsExactly("clean");
        assertThat(texts(clean.path("mutates"))).isEmpty();
        assertThat(texts(clean.path("dependsOn"))).containsExactly("2");
        assertThat(texts(clean.path("transformations").findValue("outputs"))).containsExactly("clean");
        assertThat(texts(executions.get(1).path("filesRead"))).containsExactly("raw.csv");
        assertThat(texts(executions.get(3).path("filesWritten"))).containsExactly("clean.csv");
        assertThat(executions.get(1).path("inputs").path(0).path("digest").asText())
                .startsWith("sha256:");
    }

    @Test
    void aFileJoinsNotebooksWhicheverIsNamedFirst() {
        List<JsonNode> executions =
                run("lineage", "model.ipynb", "prepare.ipynb", "--json").json();

        JsonNode reader = executions.stream()
                .filter(e -> e.path("notebook").asText().equals("model.ipynb"))
                .filter(e -> e.path("sequence").asInt() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(reader.path("dependsOnOthers").path(0).path("notebook").asText())
                .isEqualTo("prepare.ipynb");
        assertThat(reader.path("dependsOnOthers").path(0).path("sequence").asInt())
                .isEqualTo(4);
    }

    @Test
    void lineageIsShownAsATree() {
        assertThat(run("lineage", "prepare.ipynb", "--var", "clean").out())
                .contains("clean  pandas.DataFrame", "└─ In [2] raw = pd.read_csv('raw.csv')", "raw.csv");
        assertThat(run("lineage", "prepare.ipynb", "--dot").out()).startsWith("digraph lineage {");
        assertThat(run("lineage", "prepare.ipynb", "--mermaid").out()).startsWith("flowchart TD");
    }

    @Test
    void aNameThatNothingRecordedDefinesIsShownAsSuch() throws IOException {
        notebook("scaled.ipynb", "import pandas as pd", "frame = pd.DataFrame(scaled)");

        assertThat(run("lineage", "scaled.ipynb", "--var", "frame").out())
                .contains("scaled  (nothing recorded defines it)");
        assertThat(run("lineage", "scaled.ipynb", "--dot").out())
                .contains("u0 [label=\"scaled\", style=dashed];", "u0 -> e1;");
        assertThat(run("lineage", "scaled.ipynb", "--mermaid").out())
                .contains("u0(\"scaled\"):::unknown", "u0 --> e1", "e1[\"In [2] frame: source\"]");
    }

    @Test
    void codeThatNoAnalyzerUnderstandsIsSaidToBeUnknown() throws IOException {
        Files.writeString(folder.resolve("plot.ipynb"), """
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "ir", "language": "R"}},
                 "cells": [{"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "x <- 1", "outputs": []}]}
                """);
        for (String[] command : List.of(
                new String[] {"lineage", "plot.ipynb"},
                new String[] {"lineage", "plot.ipynb", "--json"},
                new String[] {"slice", "plot.ipynb", "--all"},
                new String[] {"uses", "plot.ipynb", "--cell", "0"})) {
            assertThat(CliRun.in(folder, command).err())
                    .as(String.join(" ", command))
                    .contains("No analyzer here understands r: what 1 execution read, wrote and changed is not known.");
        }
        assertThat(run("lineage", "plot.ipynb", "--json")
                        .json()
                        .get(0)
                        .path("activity")
                        .asText())
                .isEqualTo("other");
    }

    @Test
    void lineageIsDrawnAsAPicture() throws IOException {
        assertThat(run("lineage", "prepare.ipynb", "model.ipynb", "--svg").out())
                .startsWith("<?xml")
                .contains("<title>raw, frame", "<title>clean.csv", "</svg>");

        run("lineage", "prepare.ipynb", "--var", "raw", "--svg", "-o", "raw.svg");

        assertThat(folder.resolve("raw.svg"))
                .content()
                .contains("<title>raw, frame")
                .doesNotContain("<title>clean");
        CliRun wrong = CliRun.in(folder, "lineage", "prepare.ipynb", "-o", "raw.svg");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("-o needs --svg");
    }

    @Test
    void aSliceHoldsTheNeededStatementsOfAllNotebooks() {
        JsonNode slice = run("slice", "model.ipynb", "prepare.ipynb", "--var", "m", "--json")
                .json()
                .get(0);

        assertThat(slice.path("variable").asText()).isEqualTo("m");
        assertThat(slice.path("script").asText().lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
                .containsExactly(
                        "import pandas as pd",
                        "raw = pd.read_csv('raw.csv')",
                        "clean = raw.dropna(subset=['age'])",
                        "clean['old'] = clean['age'] > 30",
                        "clean.to_csv('clean.csv', index=False)",
                        "import pandas as pd",
                        "d = pd.read_csv('clean.csv')",
                        "m = d['age'].mean()");
        assertThat(texts(slice.path("inputs"))).containsExactly("raw.csv");
        assertThat(slice.path("executions").path(1).path("lines").toString()).isEqualTo("[1]");
    }

    @Test
    void aSliceOfAFileAndASliceAtAnExecutionAreGiven() {
        assertThat(run("slice", "prepare.ipynb", "--file", "clean.csv").out())
                .contains("# The file clean.csv of prepare.ipynb", "clean.to_csv");
        assertThat(run("slice", "prepare.ipynb", "--var", "raw", "--at", "2").out())
                .contains("raw = pd.read_csv");
        assertThat(run("slice", "prepare.ipynb", "--all", "--json").json())
                .extracting(s -> s.path("variable").asText())
                .containsExactly("raw", "clean");
    }

    @Test
    void aSliceIsWrittenAsANotebook() throws IOException {
        run("slice", "prepare.ipynb", "--var", "clean", "-o", "clean.ipynb");

        JsonNode notebook = mapper.readTree(folder.resolve("clean.ipynb").toFile());
        assertThat(notebook.path("nbformat").asInt()).isEqualTo(4);
        assertThat(notebook.path("cells").path(1).path("source").asText()).endsWith("import pandas as pd");
        assertThat(run("slice", "clean.ipynb", "--var", "clean", "--order", "file")
                        .out())
                .contains("clean['old'] = clean['age'] > 30");
    }

    @Test
    void whatRestsOnAFileAColumnOrACellIsTold() {
        assertThat(run("uses", "prepare.ipynb", "model.ipynb", "--file", "raw.csv")
                        .out())
                .contains("model.ipynb In [3] line 1", "clean.csv", "raw, clean");
        assertThat(run("uses", "prepare.ipynb", "--column", "raw.age", "--json")
                        .json()
                        .get(0)
                        .path("names")
                        .path("prepare.ipynb")
                        .toString())
                .isEqualTo("[\"clean\"]");
        assertThat(run("uses", "prepare.ipynb", "--cell", "2").out()).contains("In [4] line 1");
    }

    @Test
    void whatDoesNotExistIsSaidWithWhatDoes() {
        assertThat(CliRun.in(folder, "slice", "prepare.ipynb", "--var", "nope").err())
                .contains("There is no variable nope", "raw, clean");
        assertThat(CliRun.in(folder, "slice", "prepare.ipynb", "--file", "nope.csv")
                        .exitCode())
                .isEqualTo(3);
        assertThat(CliRun.in(folder, "slice", "prepare.ipynb").exitCode()).isEqualTo(2);
        assertThat(CliRun.in(folder, "lineage", "missing.ipynb").exitCode()).isEqualTo(3);
        assertThat(CliRun.in(folder, "uses", "prepare.ipynb", "--column", "raw").exitCode())
                .isEqualTo(2);
    }

    @Test
    void columnsAreFollowedDownToTheFile() {
        CliRun run = CliRun.in(folder, "columns", "prepare.ipynb", "--var", "clean");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("old\n", "← clean[\"age\"]", "← raw[\"age\"]", "← raw.csv[\"age\"]", "(filter)")
                .doesNotContain("raw[\"old\"]");
        JsonNode age = CliRun.in(folder, "columns", "prepare.ipynb", "--var", "clean", "--column", "age", "--json")
                .json()
                .get(0);
        assertThat(age.path("columns").get(0).path("from").toString()).contains("\"external\":true", "raw.csv");
        assertThat(CliRun.in(folder, "columns", "prepare.ipynb", "--var", "nothing")
                        .exitCode())
                .isEqualTo(3);
        assertThat(CliRun.in(folder, "columns", "prepare.ipynb", "--var", "clean", "--at", "2")
                        .exitCode())
                .isEqualTo(3);
    }
}
