package dev.trackit.jupyter.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookMatch;
import dev.trackit.api.NotebookMatch.Basis;
import dev.trackit.jupyter.wire.ConnectionInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    @TempDir
    Path folder;

    private Path real;
    private NotebookMatcher matcher;

    @BeforeEach
    void open() throws IOException {
        real = folder.toRealPath();
        matcher = new NotebookMatcher(DiscoveryTest::read);
    }

    /** A notebook whose cells are the file's lines. */
    private static Notebook read(Path path) {
        try {
            List<Cell> cells = new ArrayList<>();
            for (String line : Files.readAllLines(path)) {
                cells.add(Cell.builder("c" + cells.size(), cells.size(), CellType.CODE, line)
                        .timing(
                                line.startsWith("timed")
                                        ? Map.of("iopub.execute_input", "2026-01-01T00:00:00.000001Z")
                                        : Map.of())
                        .build());
            }
            return Notebook.builder(path, Digest.ofText("x")).cells(cells).build();
        } catch (IOException e) {
            throw new CaptureException("gone", e);
        }
    }

    private Path notebook(String name, String... cells) throws IOException {
        return Files.write(real.resolve(name), List.of(cells));
    }

    private KnownKernel kernel(String jupyterSession, String... codes) {
        String json = "{\"shell_port\":1,\"iopub_port\":2,\"jupyter_session\":\"" + jupyterSession + "\"}";
        ConnectionInfo info =
                ConnectionInfo.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        KnownKernel kernel = new KnownKernel(
                new ConnectionFiles.Found(
                        Path.of("/r/kernel-0f3a2b1c-0000-4000-8000-000000000000.json"), info, Instant.EPOCH),
                Instant.EPOCH);
        kernel.process(new KernelProcess(1, List.of("python"), Optional.of(real), Optional.empty(), "", -1));
        for (String code : codes) {
            kernel.executed(Execution.builder("id" + code, "s", code)
                    .startedAt(Instant.parse("2026-01-01T00:00:00.000001Z"))
                    .build());
        }
        return kernel;
    }

    private NotebookMatch match(KnownKernel kernel, String... parentCommand) {
        Optional<KernelProcess> parent = parentCommand.length == 0
                ? Optional.empty()
                : Optional.of(
                        new KernelProcess(2, List.of(parentCommand), Optional.of(real), Optional.empty(), "", -1));
        return matcher.match(kernel, Map.of(), List.of(), parent, false);
    }

    @Test
    void theServersWordIsBest() throws IOException {
        notebook("a.ipynb", "x = 1");
        KnownKernel kernel = kernel("");
        NotebookMatch match = matcher.match(
                kernel,
                Map.of("0f3a2b1c-0000-4000-8000-000000000000", real.resolve("b.ipynb")),
                List.of(),
                Optional.empty(),
                false);
        assertThat(match).isEqualTo(NotebookMatch.of(Basis.SERVER, real.resolve("b.ipynb")));
    }

    @Test
    void theNameInTheConnectionFileCountsAlsoThatOfVsCode() throws IOException {
        Path a = notebook("a.ipynb", "x = 1");
        notebook("b.ipynb", "x = 1");
        assertThat(match(kernel(a.toString()))).isEqualTo(NotebookMatch.of(Basis.KERNEL, a));
        assertThat(match(kernel("a.ipynb"))).isEqualTo(NotebookMatch.of(Basis.KERNEL, a));
        assertThat(match(kernel("a-jvsc-0f3a2b1c-0000-4000-8000-000000000000.ipynb")))
                .isEqualTo(NotebookMatch.of(Basis.KERNEL, a));
    }

    @Test
    void theCommandThatStartedTheKernelCountsUnlessItIsAServer() throws IOException {
        Path a = notebook("a.ipynb", "x = 1");
        Path b = notebook("b.ipynb", "y = 1");
        assertThat(match(kernel(""), "python3", "/usr/bin/jupyter-nbconvert", "--execute", "a.ipynb"))
                .isEqualTo(NotebookMatch.of(Basis.COMMAND_LINE, a));
        assertThat(match(kernel(""), "python3", "/usr/bin/papermill", "a.ipynb", "b.ipynb"))
                .isEqualTo(NotebookMatch.of(Basis.COMMAND_LINE, b));
        assertThat(match(kernel(""), "python3", "/usr/bin/jupyter-lab", "a.ipynb")
                        .basis())
                .isEqualTo(Basis.WORKING_FOLDER);
    }

    @Test
    void savedTimesAndThenCodeTellTheNotebooksOfOneFolderApart() throws IOException {
        Path a = notebook("a.ipynb", "import pandas as pd", "df = pd.DataFrame()");
        Path b = notebook("b.ipynb", "import pandas as pd", "something = 'else'");
        assertThat(match(kernel(""))).isEqualTo(new NotebookMatch(Basis.WORKING_FOLDER, List.of(a, b)));
        assertThat(match(kernel("", "import pandas as pd"))).isEqualTo(new NotebookMatch(Basis.CODE, List.of(a, b)));
        assertThat(match(kernel("", "import pandas as pd", "something = 'else'")))
                .isEqualTo(NotebookMatch.of(Basis.CODE, b));
        Path c = notebook("c.ipynb", "timed");
        assertThat(match(kernel("", "import pandas as pd"))).isEqualTo(NotebookMatch.of(Basis.TIME, c));
    }

    @Test
    void aConsoleHasNoNotebook() throws IOException {
        notebook("a.ipynb", "x = 1");
        assertThat(match(kernel("", "x = 1"), "python3", "/usr/bin/jupyter-console"))
                .isEqualTo(NotebookMatch.unknown());
    }

    @Test
    void theScopeIsTheWatchedFolder() throws IOException {
        KnownKernel kernel = kernel("");
        assertThat(new Scope(real, false).holds(kernel)).hasValue(true);
        assertThat(new Scope(real.resolve("below"), false).holds(kernel)).isEmpty();
        Path other = Files.createDirectory(real.resolve("other"));
        kernel.process(new KernelProcess(1, List.of(), Optional.of(other), Optional.empty(), "", -1));
        Path elsewhere = Files.createDirectory(real.resolve("elsewhere"));
        assertThat(new Scope(elsewhere, false).holds(kernel)).hasValue(false);
        assertThat(new Scope(elsewhere, true).holds(kernel)).hasValue(true);
        kernel.match(NotebookMatch.of(Basis.SERVER, elsewhere.resolve("n.ipynb")));
        assertThat(new Scope(elsewhere, false).holds(kernel)).hasValue(true);
    }

    @Test
    void runtimeFoldersAreThoseOfJupyterAndVsCode() {
        assertThat(RuntimeFolders.runtime(
                        Map.of("JUPYTER_RUNTIME_DIR", "/r", "XDG_RUNTIME_DIR", "/run/user/1"),
                        Path.of("/home/u"),
                        "Linux"))
                .containsExactly(
                        Path.of("/r"),
                        Path.of("/run/user/1/jupyter/runtime"),
                        Path.of("/home/u/.local/share/jupyter/runtime"));
        assertThat(RuntimeFolders.runtime(Map.of(), Path.of("/Users/u"), "Mac OS X"))
                .contains(Path.of("/Users/u/Library/Jupyter/runtime"));
    }

    @Test
    void filesAreReadWhenTheyAreWholeAndForgottenWhenTheyAreNot() throws IOException {
        Path file = real.resolve("kernel-1.json");
        Files.writeString(file, "");
        assertThat(ConnectionFiles.read(file)).isEmpty();
        Files.writeString(file, "{\"shell_port\":1,");
        assertThat(ConnectionFiles.read(file)).isEmpty();
        Files.writeString(file, "{\"shell_port\":1,\"iopub_port\":2}");
        assertThat(ConnectionFiles.read(file)).isPresent();
        Path link = Files.createSymbolicLink(real.resolve("kernel-2.json"), file);
        assertThat(ConnectionFiles.read(link)).isEmpty();
    }
}
