package dev.trackit.jupyter.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.jupyter.discovery.DiscoveryOptions;
import dev.trackit.jupyter.discovery.KernelDiscovery;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.spi.CaptureEvent;
import dev.trackit.spi.KernelStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real kernels, driven by the libraries that front ends use. */
class KernelCaptureIT {
    @TempDir
    Path folder;

    private KernelDriver driver;
    private SeenEvents seen;
    private KernelDiscovery discovery;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("runtime"));
        driver = KernelDriver.start(folder, "ipykernel", "jupyter_client", "nbclient", "jupyter_server");
        seen = new SeenEvents();
    }

    @AfterEach
    void close() {
        if (discovery != null) {
            discovery.close();
        }
        if (driver != null) {
            driver.close();
        }
    }

    private void watch() {
        DiscoveryOptions options = new DiscoveryOptions(
                folder,
                false,
                List.of(folder.resolve("runtime")),
                List.of(Path.of(System.getProperty("java.io.tmpdir"))),
                true,
                Clock.systemUTC());
        discovery = new KernelDiscovery(options, new NotebookReader()::read, name -> "python", seen);
        discovery.start();
    }

    private String startKernel() {
        return driver.tell(
                        "start",
                        "cwd",
                        folder.toString(),
                        "file",
                        folder.resolve("runtime/kernel-it.json").toString())
                .path("file")
                .asText();
    }

    private JsonNode run(String... codes) {
        return driver.tell("run", "codes", codes);
    }

    @Test
    void eachExecutionOfABurstIsCapturedOnceAndInOrderFromTheFirstCellOn() throws InterruptedException {
        watch();
        startKernel();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            codes.add("x = " + i + "\nx");
        }
        JsonNode answer = driver.tell("run", "codes", codes);
        run("print('out')\nimport sys\nprint('err', file=sys.stderr)", "1/0");
        driver.tell("run", "codes", List.of("'not counted'"), "history", false);
        seen.awaitCode("'not counted'");

        List<Execution> executions = seen.executions();
        assertThat(executions).hasSize(503).allMatch(e -> e.origin() == Origin.LIVE);
        for (int i = 0; i < 500; i++) {
            Execution execution = executions.get(i);
            assertThat(execution.code()).isEqualTo(codes.get(i));
            assertThat(execution.id()).isEqualTo(answer.path("ids").get(i).asText());
            assertThat(execution.executionCount()).hasValue(i + 1);
            assertThat(execution.status()).isEqualTo(ExecutionStatus.OK);
            assertThat(execution.outputs()).extracting(Output::text).containsExactly(String.valueOf(i));
            assertThat(execution.startedAt().orElseThrow())
                    .isBeforeOrEqualTo(execution.finishedAt().orElseThrow());
        }
        assertThat(executions.get(500).outputs())
                .containsExactly(Output.stream("stdout", "out\n"), Output.stream("stderr", "err\n"));
        Execution failed = executions.get(501);
        assertThat(failed.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(failed.outputs().get(0).name()).isEqualTo("ZeroDivisionError");
        assertThat(failed.outputs().get(0).text()).contains("division by zero").doesNotContain("\u001b");
        assertThat(seen.gaps()).isEmpty();
        KernelStatus status = discovery.kernels().get(0);
        assertThat(status.captured()).isEqualTo(503);
        assertThat(status.dropped()).isZero();
    }

    @Test
    void whatRanBeforeIsRecoveredAndTheCellThatRunsIsCompletedAtItsEnd() throws InterruptedException {
        startKernel();
        run("a = 1", "b = 2\n\n", "print('lost')");
        String slow = "import time\nfor i in range(40):\n    print(i, flush=True)\n    time.sleep(0.1)\n1/0";
        String id = driver.tell("run", "codes", List.of(slow), "wait", false)
                .path("ids")
                .get(0)
                .asText();
        watch();
        driver.tell("wait", "id", id);
        run("after = 1");
        seen.awaitCode("after = 1");
        seen.await("the end of the slow cell", s -> s.executions().stream()
                .anyMatch(e -> e.code().equals(slow) && e.status() == ExecutionStatus.ERROR));

        assertThat(seen.codes()).containsExactly("a = 1", "b = 2", "print('lost')", slow, "after = 1");
        assertThat(seen.executions())
                .extracting(Execution::origin)
                .containsExactly(Origin.RECOVERED, Origin.RECOVERED, Origin.RECOVERED, Origin.RECOVERED, Origin.LIVE);
        Execution running = seen.executions().get(3);
        assertThat(running.finishedAt()).isPresent();
        assertThat(running.notes()).contains(CaptureEvent.ExecutionFinished.OUTPUTS_INCOMPLETE);
        assertThat(seen.gaps()).isEmpty();
    }

    @Test
    void recoveredExecutionsHaveTheSameIdsWhenTheAgentIsStartedAgain() throws InterruptedException {
        startKernel();
        run("a = 1", "b = 2");
        watch();
        seen.awaitCode("b = 2");
        List<Execution> first = seen.executions();
        discovery.close();
        seen = new SeenEvents();
        watch();
        seen.awaitCode("b = 2");
        assertThat(seen.executions()).containsExactlyElementsOf(first);
    }

    @Test
    void interruptRestartAndDeathAreTold() throws InterruptedException {
        watch();
        startKernel();
        run("import time");
        String first = driver.tell("run", "codes", List.of("time.sleep(60)"), "wait", false)
                .path("ids")
                .get(0)
                .asText();
        seen.await(
                "the sleeping cell",
                s -> s.of(CaptureEvent.ExecutionStarted.class).size() == 2);
        driver.tell("interrupt");
        driver.tell("wait", "id", first);
        driver.tell("restart");
        run("second = 1");
        driver.tell("run", "codes", List.of("import time; time.sleep(61)"), "wait", false);
        seen.await(
                "the last cell", s -> s.of(CaptureEvent.ExecutionStarted.class).size() == 4);
        driver.tell("kill");
        Execution killed = seen.awaitCode("import time; time.sleep(61)");

        Execution interrupted = seen.awaitCode("time.sleep(60)");
        assertThat(interrupted.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(interrupted.outputs().get(0).name()).isEqualTo("KeyboardInterrupt");
        assertThat(killed.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(killed.notes()).containsExactly("The kernel ended while it ran.");
        List<CaptureEvent.SessionStarted> sessions = seen.of(CaptureEvent.SessionStarted.class);
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).session().id())
                .isNotEqualTo(sessions.get(1).session().id());
        assertThat(sessions.get(0).session().kernelId())
                .isEqualTo(sessions.get(1).session().kernelId());
        assertThat(seen.awaitCode("second = 1").executionCount()).hasValue(1);
        assertThat(seen.of(CaptureEvent.SessionEnded.class))
                .extracting(CaptureEvent.SessionEnded::reason)
                .containsExactly("The kernel was restarted.");
        assertThat(seen.gaps()).isEmpty();
    }

    @Test
    void aFloodIsCutAndSaysSoAndWhatFollowsIsWhole() throws InterruptedException {
        watch();
        startKernel();
        String flood = "for i in range(50):\n    print('x' * 1024 * 1024, flush=True)";
        run(flood);
        run("import time; time.sleep(1)", "print('whole again')");
        Execution after = seen.awaitCode("print('whole again')");
        Execution flooded = seen.awaitCode(flood);

        assertThat(flooded.status()).isEqualTo(ExecutionStatus.OK);
        assertThat(flooded.notes()).contains(CaptureEvent.ExecutionFinished.OUTPUTS_INCOMPLETE);
        assertThat(flooded.outputs().get(0).textCut()).isTrue();
        assertThat(after.outputs()).containsExactly(Output.stream("stdout", "whole again\n"));
        assertThat(after.notes()).isEmpty();
    }

    @Test
    void whatRunsAfterAMessageThatIsTooLargeIsCaptured() throws InterruptedException {
        watch();
        startKernel();
        run("before = 1");
        seen.awaitCode("before = 1");
        String huge =
                "import sys; from IPython.display import display; display({'text/plain': 'y' * (300 * 1024 * 1024)}, raw=True)";
        run(huge, "after = 1");
        seen.awaitCode("after = 1");
        Execution cut = seen.awaitCode(huge);

        assertThat(cut.notes()).isNotEmpty();
        assertThat(seen.executions()).hasSize(3);
    }

    @Test
    void aKernelOnSocketsOfTheFileSystemIsRecordedAndWhatRanBeforeIsRecovered() throws InterruptedException {
        Path file = folder.resolve("runtime/kernel-it.json");
        driver.tell("start", "cwd", folder.toString(), "file", file.toString(), "transport", "ipc");
        run("before = 1");
        watch();
        seen.awaitCode("before = 1");
        run("after = 2\nafter");
        Execution live = seen.awaitCode("after = 2\nafter");

        assertThat(live.origin()).isEqualTo(Origin.LIVE);
        assertThat(live.outputs()).extracting(Output::text).containsExactly("2");
        assertThat(seen.executions()).hasSize(2);
        assertThat(seen.executions().get(0).origin()).isEqualTo(Origin.RECOVERED);
    }

    @Test
    void displaysUpdatedLaterAndThreadsThatOutliveTheirCellChangeTheExecution() throws InterruptedException {
        watch();
        startKernel();
        String show = "from IPython.display import display\nh = display('old', display_id='d')";
        String thread =
                "import threading, time\ndef f():\n    time.sleep(1)\n    print('late')\nthreading.Thread(target=f).start()";
        run(show, "h.update('new')", thread);
        seen.await("the update", s -> s.executions().stream()
                .anyMatch(
                        e -> e.code().equals(show) && e.outputs().get(0).text().equals("'new'")));
        seen.await("the late line", s -> s.executions().stream()
                .anyMatch(e ->
                        e.code().equals(thread) && e.outputs().equals(List.of(Output.stream("stdout", "late\n")))));
        assertThat(seen.executions()).hasSize(3);
    }

    @Test
    void aNotebookThatNbclientRunsIsMatchedAndItsOutputsAreThoseOfTheFile() throws Exception {
        Path notebook = folder.resolve("made.ipynb");
        Files.writeString(notebook, """
                {"cells":[
                 {"cell_type":"code","execution_count":null,"id":"a","metadata":{},"outputs":[],
                  "source":"from IPython.display import HTML, display\\nprint('one'); print('two')\\ndisplay({'a': 1})\\nHTML('<b>x</b>')"},
                 {"cell_type":"code","execution_count":null,"id":"b","metadata":{},"outputs":[],
                  "source":"import matplotlib\\nmatplotlib.use('agg')\\n%matplotlib inline\\nimport matplotlib.pyplot as plt\\nplt.plot([1, 2]);"},
                 {"cell_type":"code","execution_count":null,"id":"c","metadata":{},"outputs":[],"source":"raise ValueError('no')"}],
                 "metadata":{"kernelspec":{"name":"python3","display_name":"p","language":"python"}},"nbformat":4,"nbformat_minor":5}
                """);
        Files.copy(notebook, folder.resolve("copy.ipynb"));
        watch();
        driver.tell("nbclient", "path", notebook.toString());
        seen.awaitCode("raise ValueError('no')");
        seen.await("the match by the times that nbclient saves", s -> s.of(CaptureEvent.SessionMatched.class).stream()
                .anyMatch(m -> m.match().equals(NotebookMatch.of(NotebookMatch.Basis.TIME, notebook))));

        var saved = new NotebookReader().read(notebook);
        for (int i = 0; i < 3; i++) {
            List<Output> live = seen.executions().get(i).outputs();
            List<Output> inFile = saved.cells().get(i).outputs();
            assertThat(live)
                    .extracting(Output::digest)
                    .isEqualTo(inFile.stream().map(Output::digest).toList());
            assertThat(live)
                    .extracting(Output::mime)
                    .isEqualTo(inFile.stream().map(Output::mime).toList());
            assertThat(live)
                    .extracting(Output::bytes)
                    .isEqualTo(inFile.stream().map(Output::bytes).toList());
        }
    }

    @Test
    void aServersKernelIsMatchedExactlyAndFollowsARename() throws InterruptedException {
        watch();
        driver.tell(
                "server",
                "folder",
                folder.toString(),
                "runtime",
                folder.resolve("runtime").toString());
        JsonNode one = driver.tell("session", "path", "one.ipynb");
        JsonNode two = driver.tell("session", "path", "two.ipynb");
        driver.tell("serverrun", "kernel", one.path("kernel").asText(), "codes", List.of("first = 1", "first"));
        driver.tell("serverrun", "kernel", two.path("kernel").asText(), "codes", List.of("second = 2"));
        seen.awaitCode("first");
        seen.awaitCode("second = 2");
        awaitMatch(one.path("kernel").asText(), folder.resolve("one.ipynb"));
        awaitMatch(two.path("kernel").asText(), folder.resolve("two.ipynb"));
        driver.tell("rename", "session", one.path("session").asText(), "path", "renamed.ipynb");
        awaitMatch(one.path("kernel").asText(), folder.resolve("renamed.ipynb"));
        assertThat(seen.codes()).containsExactlyInAnyOrder("first = 1", "first", "second = 2");
        assertThat(seen.gaps()).isEmpty();
    }

    private void awaitMatch(String kernelId, Path notebook) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        NotebookMatch wanted = NotebookMatch.of(NotebookMatch.Basis.SERVER, notebook);
        List<KernelStatus> kernels = discovery.kernels();
        while (kernels.stream()
                .noneMatch(k -> k.kernelId().equals(kernelId) && k.notebook().equals(wanted))) {
            assertThat(System.nanoTime() - deadline)
                    .as("time over; kernels: " + kernels)
                    .isNegative();
            Thread.onSpinWait();
            Thread.yield();
            kernels = discovery.kernels();
        }
    }
}
