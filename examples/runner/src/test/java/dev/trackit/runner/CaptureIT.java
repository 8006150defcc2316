package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.runner.JupyterServerDriver.Truth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent beside real kernels that are driven by programs of others: nbclient, and a Jupyter server over REST and WebSocket. What
 * those saw is the truth; the log must hold each execution once, in order, with its code, count, status and outputs.
 */
class CaptureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path root;

    private Path folder;
    private Path python;
    private Map<String, String> variables;

    @BeforeEach
    void ownFolders() throws Exception {
        python = Programs.python("ipykernel", "jupyter_server", "nbclient", "tornado");
        root = root.toRealPath();
        folder = Files.createDirectory(root.resolve("work"));
        // Runtime and temporary folders of its own: kernels of other tests are none of this one's business.
        variables = Map.of(
                "JUPYTER_RUNTIME_DIR",
                        Files.createDirectory(root.resolve("runtime")).toString(),
                "TMPDIR", Files.createDirectory(root.resolve("tmp")).toString(),
                "IPYTHONDIR", Files.createDirectory(root.resolve("ipython")).toString());
    }

    @Test
    void eachCellOfANotebookThatNbclientRunsIsRecordedOnceWithItsCellAndOutputs() throws Exception {
        Path notebook = folder.resolve("pipeline.ipynb");
        Files.writeString(
                notebook,
                notebook(List.of(
                        "import time\nx = 1",
                        "print('hello', x)",
                        "x + 41",
                        "raise ValueError('no such column')",
                        "print('a' * 100)\nimport sys\nprint('warn', file=sys.stderr)",
                        "from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>'))")));
        try (AgentProcess agent = AgentProcess.start(folder, variables)) {
            Path truthFile = root.resolve("truth.json");
            runDriver("nbclient_driver.py", notebook.toString(), truthFile.toString());
            JsonNode truth = new ObjectMapper().readTree(Files.readAllBytes(truthFile));
            List<JsonNode> log = awaitExecutions("pipeline", truth.size());
            for (int i = 0; i < truth.size(); i++) {
                assertThat(log.get(i).path("code").asText())
                        .isEqualTo(truth.get(i).path("code").asText());
                assertThat(log.get(i).path("executionCount").asInt())
                        .isEqualTo(truth.get(i).path("count").asInt());
                assertThat(log.get(i).path("status").asText())
                        .isEqualTo(truth.get(i).path("status").asText());
                assertThat(log.get(i).path("origin").asText()).isEqualTo("live");
                assertThat(stdout(log.get(i)))
                        .isEqualTo(truth.get(i).path("stdout").asText());
                List<String> types = new ArrayList<>();
                log.get(i).path("outputs").forEach(o -> types.add(o.path("type").asText()));
                List<String> expected = new ArrayList<>();
                truth.get(i).path("outputs").forEach(o -> expected.add(o.asText()));
                assertThat(types).isEqualTo(expected);
            }
            // nbclient saves the times of executions, so each is matched to its cell for sure.
            Waiting.until("all cells to be known", PATIENCE, () -> log("pipeline").stream()
                    .allMatch(e -> e.path("cellIndex").isInt()));
            List<JsonNode> settled = log("pipeline");
            for (int i = 0; i < truth.size(); i++) {
                assertThat(settled.get(i).path("cellIndex").asInt())
                        .isEqualTo(truth.get(i).path("index").asInt());
            }
            assertThat(agent.stop()).as(agent.output()).isZero();
        }
        assertThat(CliRun.in(folder, "verify").exitCode()).isZero();
    }

    @Test
    void errorsInterruptsRestartsAndKilledKernelsAreRecordedAsTheyHappened() throws Exception {
        try (AgentProcess agent = AgentProcess.start(folder, variables);
                JupyterServerDriver jupyter = new JupyterServerDriver(python, folder, variables)) {
            jupyter.open("work.ipynb");
            List<Truth> truths = new ArrayList<>();
            truths.add(jupyter.run("work.ipynb", "x = 1"));
            truths.add(jupyter.run("work.ipynb", "1/0"));
            truths.add(jupyter.runAndInterrupt("work.ipynb", "import time\ntime.sleep(60)"));
            jupyter.restart("work.ipynb");
            truths.add(jupyter.run("work.ipynb", "print('after the restart')"));
            String killed = jupyter.killWhileRunning("work.ipynb", "import time; time.sleep(61)");
            truths.add(new Truth(killed, "import time; time.sleep(61)", 2, "aborted", 0, true));
            truths.add(jupyter.run("work.ipynb", "print('after the kill')"));
            jupyter.save("work.ipynb", truths.subList(3, 4));
            List<JsonNode> log = awaitExecutions("work", truths.size());
            assertSame(truths, log);
            assertThat(log.stream().map(e -> e.path("session").asText()).distinct())
                    .hasSize(3);
            List<JsonNode> status = CliRun.in(folder, "status", "--json").json();
            assertThat(status.get(0).path("running").asBoolean()).isTrue();
            assertThat(status.get(0).path("pid").asLong()).isEqualTo(agent.pid());
            assertThat(status.get(0).path("kernels")).isNotEmpty();
            assertThat(agent.stop()).as(agent.output()).isZero();
        }
        assertThat(CliRun.in(folder, "verify").exitCode()).isZero();
        assertThat(CliRun.in(folder, "status").exitCode()).isEqualTo(3);
    }

    @Test
    void thousandsOfExecutionsInABurstAreAllRecordedInOrder() throws Exception {
        try (AgentProcess agent = AgentProcess.start(folder, variables);
                JupyterServerDriver jupyter = new JupyterServerDriver(python, folder, variables)) {
            jupyter.open("burst.ipynb");
            List<String> codes = IntStream.range(0, 1500)
                    .mapToObj(i -> i % 100 == 99 ? "raise KeyError(" + i + ")" : "print(" + i + ")")
                    .toList();
            List<Truth> truths = jupyter.send("burst.ipynb", codes, false);
            assertSame(truths, awaitExecutions("burst", truths.size()));
            assertThat(agent.stop()).as(agent.output()).isZero();
        }
    }

    @Test
    void aFloodOfOutputIsRecordedAndSaysSoWhereItIsNotWhole() throws Exception {
        try (AgentProcess agent = AgentProcess.start(folder, variables);
                JupyterServerDriver jupyter = new JupyterServerDriver(python, folder, variables)) {
            jupyter.open("flood.ipynb");
            List<Truth> truths = new ArrayList<>();
            truths.add(jupyter.run("flood.ipynb", "print('before')"));
            truths.add(jupyter.run("flood.ipynb", "for i in range(50_000):\n    print('x' * 999)"));
            truths.add(jupyter.run("flood.ipynb", "print('after')"));
            assertThat(truths.get(1).stdout()).isEqualTo(50_000_000);
            List<JsonNode> log = awaitExecutions("flood", truths.size());
            assertThat(log.stream().map(e -> e.path("code").asText()).toList())
                    .isEqualTo(truths.stream().map(Truth::code).toList());
            assertThat(log).allMatch(e -> e.path("status").asText().equals("ok"));
            JsonNode flood = log.get(1);
            boolean whole = bytes(flood) == truths.get(1).stdout();
            assertThat(whole || !flood.path("notes").isEmpty())
                    .as("50 MB are there, or a note says why not: %s of them", bytes(flood))
                    .isTrue();
            assertThat(stdout(log.get(2))).isEqualTo("after\n");
            assertThat(agent.stop()).as(agent.output()).isZero();
        }
    }

    @Test
    void whatRanBeforeTheAgentAndWhileItWasGoneIsRecovered() throws Exception {
        try (JupyterServerDriver jupyter = new JupyterServerDriver(python, folder, variables)) {
            jupyter.open("late.ipynb");
            List<Truth> truths = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                truths.add(jupyter.run("late.ipynb", "early = " + i));
            }
            jupyter.save("late.ipynb", truths);
            try (AgentProcess agent = AgentProcess.start(folder, variables)) {
                awaitExecutions("late", 5);
                truths.add(jupyter.run("late.ipynb", "print('live')"));
                awaitExecutions("late", 6);
                agent.kill();
            }
            assertThat(CliRun.in(folder, "status").exitCode()).isEqualTo(3);
            truths.add(jupyter.run("late.ipynb", "gone = 1"));
            truths.add(jupyter.run("late.ipynb", "gone = 2"));
            try (AgentProcess agent = AgentProcess.start(folder, variables)) {
                awaitExecutions("late", 8);
                truths.add(jupyter.run("late.ipynb", "print('again')"));
                List<JsonNode> log = awaitExecutions("late", 9);
                assertThat(log.stream().map(e -> e.path("code").asText()).toList())
                        .isEqualTo(truths.stream().map(Truth::code).toList());
                assertThat(log.stream()
                                .map(e -> e.path("executionCount").asInt())
                                .toList())
                        .isEqualTo(truths.stream().map(Truth::count).toList());
                assertThat(log.stream().map(e -> e.path("origin").asText()).toList())
                        .containsExactly(
                                "recovered",
                                "recovered",
                                "recovered",
                                "recovered",
                                "recovered",
                                "live",
                                "recovered",
                                "recovered",
                                "live");
                // The agent stands still for a while: the kernel's messages wait for it.
                agent.signal("STOP");
                truths.addAll(jupyter.send(
                        "late.ipynb",
                        IntStream.range(0, 50)
                                .mapToObj(i -> "print('paused', " + i + ")")
                                .toList(),
                        false));
                agent.signal("CONT");
                awaitExecutions("late", truths.size());
                assertThat(log("late").stream()
                                .map(e -> e.path("code").asText())
                                .toList())
                        .isEqualTo(truths.stream().map(Truth::code).toList());
                assertThat(agent.stop()).as(agent.output()).isZero();
            }
        }
        assertThat(CliRun.in(folder, "verify").exitCode()).isZero();
    }

    @Test
    void aSecondAgentOnTheSameFolderIsRefusedAndNamesTheFirst() throws Exception {
        try (AgentProcess agent = AgentProcess.start(folder, variables)) {
            CliRun second = CliRun.in(folder, "up");
            assertThat(second.exitCode()).isEqualTo(6);
            assertThat(second.err()).contains(String.valueOf(agent.pid()));
            assertThat(agent.stop()).as(agent.output()).isZero();
        }
    }

    @Test
    void aNotebookThatIsRenamedKeepsItsRecord() throws Exception {
        try (AgentProcess agent = AgentProcess.start(folder, variables);
                JupyterServerDriver jupyter = new JupyterServerDriver(python, folder, variables)) {
            jupyter.open("draft.ipynb");
            List<Truth> truths = new ArrayList<>();
            truths.add(jupyter.run("draft.ipynb", "a = 1"));
            jupyter.save("draft.ipynb", truths);
            awaitExecutions("draft", 1);
            jupyter.rename("draft.ipynb", "final.ipynb");
            Waiting.until("the new name to be known", PATIENCE, () -> CliRun.in(folder, "ls", "--json").json().stream()
                    .anyMatch(n -> n.path("path").asText().endsWith("final.ipynb")));
            truths.add(jupyter.run("final.ipynb", "b = 2"));
            assertSame(truths, awaitExecutions("final", 2));
            assertThat(agent.stop()).as(agent.output()).isZero();
        }
    }

    private static void assertSame(List<Truth> truths, List<JsonNode> log) {
        assertThat(log).hasSameSizeAs(truths);
        for (int i = 0; i < truths.size(); i++) {
            Truth truth = truths.get(i);
            JsonNode recorded = log.get(i);
            assertThat(recorded.path("code").asText()).isEqualTo(truth.code());
            assertThat(recorded.path("id").asText()).as(truth.code()).isEqualTo(truth.id());
            assertThat(recorded.path("executionCount").asInt()).as(truth.code()).isEqualTo(truth.count());
            assertThat(recorded.path("status").asText()).as(truth.code()).isEqualTo(truth.status());
            assertThat(recorded.path("sequence").asLong()).isEqualTo(i + 1L);
            assertThat(bytes(recorded)).as(truth.code()).isEqualTo(truth.stdout());
        }
    }

    private List<JsonNode> awaitExecutions(String notebook, int count) throws Exception {
        Waiting.until(
                count + " executions of " + notebook,
                PATIENCE,
                () -> log(notebook).size() >= count);
        return log(notebook);
    }

    private List<JsonNode> log(String notebook) {
        CliRun run = CliRun.in(folder, "log", notebook, "--json");
        return run.exitCode() != 0
                ? List.of()
                : run.json().stream()
                        .filter(r -> r.path("type").asText().equals("execution"))
                        .toList();
    }

    private static String stdout(JsonNode execution) {
        StringBuilder text = new StringBuilder();
        execution.path("outputs").forEach(o -> {
            if ("stdout".equals(o.path("name").asText())) {
                text.append(o.path("text").asText());
            }
        });
        return text.toString();
    }

    private static long bytes(JsonNode execution) {
        long bytes = 0;
        for (JsonNode output : execution.path("outputs")) {
            bytes += "stdout".equals(output.path("name").asText())
                    ? output.path("bytes").asLong()
                    : 0;
        }
        return bytes;
    }

    private void runDriver(String script, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                Path.of("src", "test", "python", script).toAbsolutePath().toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO().directory(folder.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String notebook(List<String> cells) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        var notebook = mapper.createObjectNode();
        var all = notebook.putArray("cells");
        for (int i = 0; i < cells.size(); i++) {
            var cell =
                    all.addObject().put("cell_type", "code").put("id", "c" + i).put("source", cells.get(i));
            cell.putNull("execution_count");
            cell.putObject("metadata");
            cell.putArray("outputs");
        }
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "python3")
                .put("display_name", "Python 3");
        notebook.put("nbformat", 4).put("nbformat_minor", 5);
        return mapper.writeValueAsString(notebook);
    }
}
