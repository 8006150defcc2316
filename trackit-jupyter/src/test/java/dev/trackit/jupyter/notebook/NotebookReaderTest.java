package dev.trackit.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.api.Output;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotebookReaderTest {
    @TempDir
    Path folder;

    private final NotebookReader reader = new NotebookReader();

    @Test
    void format45HasTheIdsOfTheFile() {
        Notebook notebook = reader.read(fixture("v4_5.ipynb"));
        assertThat(notebook.format()).isEqualTo("4.5");
        assertThat(notebook.language()).isEqualTo("python");
        assertThat(notebook.kernelName()).isEqualTo("python3");
        assertThat(notebook.cells().stream().map(Cell::id)).containsExactly("intro", "load-data", "plot-it", "raw-1");
        assertThat(notebook.cells().stream().map(Cell::type))
                .containsExactly(CellType.MARKDOWN, CellType.CODE, CellType.CODE, CellType.RAW);
        Cell load = notebook.cells().get(1);
        assertThat(load.source()).isEqualTo("import pandas as pd\ndf = pd.read_csv(\"data.csv\")\nprint(len(df))\ndf");
        assertThat(load.executionCount()).hasValue(2);
        assertThat(load.tags()).containsExactly("load", "slow");
        assertThat(load.timing("iopub.execute_input")).hasValue("2026-01-01T10:00:00.123456Z");
        assertThat(notebook.bytes()).isEqualTo(size(notebook.path()));
        assertThat(notebook.digest()).isEqualTo(Digest.of(bytes(notebook.path())));
    }

    @Test
    void outputsAreReducedToTheRichestFormAndTheirText() {
        List<Output> outputs = reader.read(fixture("v4_5.ipynb")).cells().get(1).outputs();
        assertThat(outputs)
                .containsExactly(
                        Output.stream("stdout", "3\nrows\n"),
                        Output.stream("stderr", "careful\n"),
                        Output.builder(Output.Type.RESULT, "text/html")
                                .text("   a\n0  1")
                                .payload(Digest.ofText("<table>\n<tr><td>1</td></tr></table>"), 35)
                                .build());
        List<Output> plots = reader.read(fixture("v4_5.ipynb")).cells().get(2).outputs();
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
        assertThat(plots.get(0).mime()).isEqualTo("image/png");
        assertThat(plots.get(0).digest()).isEqualTo(Digest.of(picture));
        assertThat(plots.get(0).bytes()).isEqualTo(8);
        assertThat(plots.get(0).text()).isEqualTo("<Figure size 640x480 with 1 Axes>");
        assertThat(plots.get(1).type()).isEqualTo(Output.Type.ERROR);
        assertThat(plots.get(1).name()).isEqualTo("ValueError");
        assertThat(plots.get(1).text()).isEqualTo("Traceback:\nValueError: no");
        assertThat(plots.get(2).mime()).isEqualTo("application/vnd.plotly.v1+json");
        assertThat(plots.get(2).digest()).isEqualTo(Digest.ofText("{\"data\":[1.50,\"a b\",null],\"layout\":{}}"));
        assertThat(plots.get(2).text()).isEmpty();
    }

    @Test
    void format3HasWorksheetsAndShortNames() {
        Notebook notebook = reader.read(fixture("v3.ipynb"));
        assertThat(notebook.format()).isEqualTo("3.0");
        assertThat(notebook.language()).isEqualTo("python");
        assertThat(notebook.cells().stream().map(Cell::type))
                .containsExactly(CellType.RAW, CellType.MARKDOWN, CellType.CODE, CellType.CODE);
        assertThat(notebook.cells().get(0).source()).isEqualTo("A heading");
        Cell code = notebook.cells().get(2);
        assertThat(code.source()).isEqualTo("x = 1\nprint x");
        assertThat(code.executionCount()).hasValue(7);
        assertThat(code.outputs().get(0)).isEqualTo(Output.stream("stdout", "1\n"));
        assertThat(code.outputs().get(1).type()).isEqualTo(Output.Type.RESULT);
        assertThat(code.outputs().get(1).mime()).isEqualTo("image/png");
        assertThat(code.outputs().get(1).text()).isEqualTo("<plot>");
        assertThat(code.outputs().get(2).name()).isEqualTo("NameError");
        // bare lines, as early versions wrote them
        assertThat(notebook.cells().get(3).source()).isEqualTo("a = 1\nb = 2");
        assertThat(notebook.cells().stream().map(Cell::id)).doesNotHaveDuplicates();
    }

    @Test
    void formats2And1AreReadAsFarAsTheyGo() throws IOException {
        Notebook two = read(
                "{\"nbformat\": 2, \"metadata\": {\"name\": \"x\"}, \"worksheets\": [{\"cells\": ["
                        + "{\"cell_type\":\"code\",\"language\":\"Python\",\"input\":[\"a\",\"b\"],\"prompt_number\":1,\"outputs\":[]}]}]}");
        assertThat(two.format()).isEqualTo("2.0");
        assertThat(two.language()).isEqualTo("python");
        assertThat(two.cells().get(0).source()).isEqualTo("a\nb");
        Notebook one = read("{\"nbformat\": 1, \"cells\": [{\"cell_type\":\"code\",\"code\":\"a\",\"prompt_number\":3},"
                + "{\"cell_type\":\"text\",\"text\":\"prose\"}]}");
        assertThat(one.cells().get(0).executionCount()).hasValue(3);
        assertThat(one.cells().get(1).source()).isEqualTo("prose");
    }

    @Test
    void aNewerMinorVersionIsReadAndANewerMajorVersionIsRefused() throws IOException {
        assertThat(
                        read("{\"cells\":[{\"cell_type\":\"hologram\",\"new\":{\"a\":[1]},\"source\":\"s\"}],\"nbformat\":4,\"nbformat_minor\":99}")
                                .cells()
                                .get(0)
                                .type())
                .isEqualTo(CellType.RAW);
        assertThatThrownBy(() -> read("{\"cells\":[],\"nbformat\":5,\"nbformat_minor\":0}"))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("notebook format 5; known are 1 to 4");
    }

    @ParameterizedTest
    @CsvSource({
        "3,3",
        "3.0,3",
        "\"4\",4",
        "null,",
        "2.5,",
        "-1,",
        "1e999999,",
        "99999999999,",
        "NaN,",
        "true,",
        "[1],",
        "0,0"
    })
    void countsAreReadLeniently(String written, Integer count) throws IOException {
        Cell cell = read(cells("{\"cell_type\":\"code\",\"execution_count\":" + written + ",\"source\":\"\"}"))
                .cells()
                .get(0);
        assertThat(cell.executionCount().stream().boxed().toList())
                .isEqualTo(count == null ? List.of() : List.of(count));
    }

    @Test
    void whatPythonWritesBeyondJsonIsAccepted() throws IOException {
        Notebook notebook = read("\uFEFF"
                + cells(
                        "{\"cell_type\":\"code\",\"metadata\":{\"a\":NaN,\"b\":-Infinity,\"c\":Infinity,\"d\":1e999999},"
                                + "\"source\":\"x\\ud800y\\udc00\\ud83d\\ude00\"}"));
        assertThat(notebook.cells().get(0).source()).isEqualTo("x\uFFFDy\uFFFD\uD83D\uDE00");
    }

    @Test
    void missingAndNullMembersAreNothing() throws IOException {
        Notebook notebook = read(
                "{\"metadata\":null,\"nbformat\":4,\"cells\":[{},null,{\"cell_type\":null,\"source\":null,\"outputs\":null,"
                        + "\"metadata\":null,\"id\":null},{\"cell_type\":\"code\",\"outputs\":[null,{},{\"output_type\":\"stream\"},"
                        + "{\"output_type\":\"display_data\",\"data\":null}]}]}");
        assertThat(notebook.language()).isEmpty();
        assertThat(notebook.cells()).hasSize(3);
        assertThat(notebook.cells().get(2).outputs()).hasSize(1);
        assertThat(notebook.cells().stream().map(Cell::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> !id.isEmpty());
        assertThat(read("{\"nbformat\":4}").cells()).isEmpty();
    }

    @Test
    void sourcesMayBeTextOrLinesAndKeepTheirLineEnds() throws IOException {
        List<Cell> cells = read(cells(
                        "{\"source\":\"a\\r\\nb\"},{\"source\":[\"a\\r\\n\",\"b\"]},{\"source\":[\"a\",1,null,\"b\"]}"))
                .cells();
        assertThat(cells.stream().map(Cell::source)).containsExactly("a\r\nb", "a\r\nb", "ab");
    }

    @Test
    void idsAreMadeUniqueAndValid() throws IOException {
        String longId = "x".repeat(65);
        List<String> ids = read(cells(
                        "{\"id\":\"a\",\"source\":\"1\"},{\"id\":\"a\",\"source\":\"2\"},{\"id\":\"a-2\"},{\"id\":\"\"},{\"id\":\""
                                + longId + "\"},{\"id\":\"a\"}"))
                .cells()
                .stream()
                .map(Cell::id)
                .toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> !id.isEmpty() && id.length() <= 64);
        assertThat(ids.get(0)).isEqualTo("a");
        assertThat(ids.get(2)).isEqualTo("a-2");
        assertThat(ids.get(1)).isEqualTo("a-3");
    }

    @Test
    void adjacentPartsOfAStreamAreJoinedInAnyOrderOfMembers() throws IOException {
        List<Output> outputs = outputs("{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":[\"a\\n\",\"b\"]},"
                + "{\"text\":\"c\",\"name\":\"stdout\",\"output_type\":\"stream\"},"
                + "{\"text\":\"d\",\"name\":\"stderr\",\"output_type\":\"stream\"},"
                + "{\"output_type\":\"stream\",\"text\":\"e\",\"name\":\"stderr\"},"
                + "{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"f\"}");
        assertThat(outputs)
                .containsExactly(
                        Output.stream("stdout", "a\nbc"), Output.stream("stderr", "de"), Output.stream("stdout", "f"));
    }

    @Test
    void longTextsAreCutAtACharacterAndDigestedWhole() throws IOException {
        String text = "é".repeat(40_000);
        Output output = outputs("{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"a" + text + "\"}")
                .get(0);
        assertThat(output.textCut()).isTrue();
        assertThat(output.text()).isEqualTo("a" + text.substring(0, 32_767));
        assertThat(output.bytes()).isEqualTo(80_001);
        assertThat(output.digest()).isEqualTo(Digest.ofText("a" + text));
    }

    @Test
    void heldTextsHaveABudgetForTheWholeNotebook() throws IOException {
        NotebookLimits limits = new NotebookLimits(1 << 20, 1 << 20, 10, 10, 100, 150);
        String output = "{\"output_type\":\"display_data\",\"data\":{\"text/plain\":\"" + "x".repeat(100) + "\"}}";
        Path file = write(cells("{\"cell_type\":\"code\",\"outputs\":[" + output + "," + output + "," + output + "]}"));
        List<Output> outputs =
                new NotebookReader(limits).read(file).cells().get(0).outputs();
        assertThat(outputs.stream().map(o -> o.text().length())).containsExactly(100, 50, 0);
        assertThat(outputs.stream().map(Output::textCut)).containsExactly(false, true, true);
        assertThat(outputs.stream().map(Output::bytes)).containsOnly(100L);
    }

    @Test
    void picturesAreDecodedWhateverTheirLineBreaks() throws IOException {
        byte[] picture = new byte[100_001];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (i * 31 + i / 7);
        }
        String plain = Base64.getEncoder().encodeToString(picture);
        String lines = Base64.getMimeEncoder(76, new byte[] {'\n'})
                        .encodeToString(picture)
                        .replace("\n", "\\n") + "\\n";
        String unpadded = Base64.getEncoder().withoutPadding().encodeToString(picture);
        for (String written : List.of(
                "\"" + plain + "\"",
                "\"" + lines + "\"",
                "\"" + unpadded + "\"",
                "[\"" + plain.substring(0, 1001) + "\",\"" + plain.substring(1001) + "\"]")) {
            Output output = outputs("{\"output_type\":\"display_data\",\"data\":{\"image/png\":" + written + "}}")
                    .get(0);
            assertThat(output.bytes()).isEqualTo(picture.length);
            assertThat(output.digest()).isEqualTo(Digest.of(picture));
        }
    }

    @Test
    void smallPayloadsGoToTheSink() throws IOException {
        Path file = write(cells(
                "{\"cell_type\":\"code\",\"outputs\":[{\"output_type\":\"display_data\",\"data\":{\"image/png\":\"AAEC\","
                        + "\"text/plain\":\"picture\"}},{\"output_type\":\"display_data\",\"data\":{\"text/html\":\""
                        + "x".repeat(50) + "\"}}]}"));
        List<Map.Entry<Digest, byte[]>> taken = new ArrayList<>();
        reader.read(file, List.of(), new PayloadSink() {
            @Override
            public int largest() {
                return 10;
            }

            @Override
            public void take(Digest digest, byte[] bytes) {
                taken.add(Map.entry(digest, bytes));
            }
        });
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).getValue()).containsExactly(0, 1, 2);
        assertThat(taken.get(0).getKey()).isEqualTo(Digest.of(new byte[] {0, 1, 2}));
    }

    @Test
    void aNotebookCutAnywhereIsPerhapsIncomplete() throws IOException {
        byte[] whole = bytes(fixture("v4_5.ipynb"));
        int end = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('}');
        Path file = folder.resolve("cut.ipynb");
        for (int length = 0; length <= end; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            CaptureException e = catchThrowableOfType(CaptureException.class, () -> reader.read(file));
            assertThat(e).as("cut at " + length).isNotNull();
            assertThat(e.isPerhapsIncomplete())
                    .as("cut at " + length + ": " + e.getMessage())
                    .isTrue();
            if (length % 9 == 0) {
                assertThat(catchThrowableOfType(CaptureException.class, () -> reader.facts(file))
                                .isPerhapsIncomplete())
                        .isTrue();
            }
        }
    }

    @Test
    void aNotebookWithAnyByteChangedIsReadOrRefusedClearly() throws IOException {
        byte[] whole = bytes(fixture("v3.ipynb"));
        Path file = folder.resolve("flipped.ipynb");
        byte[] replacements = {0, '"', '\\', '}', ']', ',', (byte) 0xFF, '9'};
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] = replacements[i % replacements.length];
            Files.write(file, damaged);
            try {
                reader.read(file);
            } catch (CaptureException e) {
                assertThat(e).hasMessageContaining("flipped.ipynb");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"cells\":[],\"nbformat\":4} x' | goes on after the end of the notebook (line 1, column 27, byte 26)",
                "'{\"cells\":[],\"cells\":[],\"nbformat\":4}' | has two members \"cells\" in one object",
                "'{\"a\":1}' | is JSON, but no notebook",
                "'[]' | is no notebook: a notebook begins with {",
                "'<<<<<<< HEAD' | (marks of a merge conflict?)",
                "'version https://git-lfs.github.com/spec/v1' | git lfs pull",
                "'{\"cells\":[01],\"nbformat\":4}' | has \"01\" where a value should be",
                "'{\"cells\":[\"\\x\"],\"nbformat\":4}' | a backslash that begins no escape",
            })
    void faultsAreNamedWithTheirPlace(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(CaptureException.class, e -> assertThat(e.isPerhapsIncomplete())
                        .isFalse())
                .hasMessageContaining("Cannot read notebook " + folder)
                .hasMessageContaining(message);
    }

    @Test
    void limitsAreNamed() {
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(2000))).hasMessageContaining("nested deeper than 1000");
        assertThatThrownBy(() -> read("{\"" + "n".repeat(70_000) + "\":1}"))
                .hasMessageContaining("name of more than 65536 bytes");
        assertThatThrownBy(() -> read("{\"a\":" + "1".repeat(2000) + "}"))
                .hasMessageContaining("number of more than 1000");
        NotebookReader small = new NotebookReader(new NotebookLimits(1000, 10, 2, 2, 10, 10));
        assertThatThrownBy(() -> small.read(write(cells("{},{},{}")))).hasMessageContaining("more than 2 cells");
        assertThatThrownBy(() -> small.read(write(cells("{\"source\":\"12345678901\"}"))))
                .hasMessageContaining("sources of cells of more than 10 bytes");
        assertThatThrownBy(() -> small.read(write(cells("{\"source\":\"" + "x".repeat(1000) + "\"}"))))
                .hasMessageContaining("longer than 1000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void otherEncodingsAreNamed(String charset) throws IOException {
        Path file = folder.resolve("a.ipynb");
        Files.write(file, ("\uFEFF" + cells("")).getBytes(Charset.forName(charset)));
        assertThatThrownBy(() -> reader.read(file)).hasMessageContaining("UTF-16");
    }

    @Test
    void bytesThatAreNoUtf8BecomeReplacementCharacters() throws IOException {
        Path file = folder.resolve("latin1.ipynb");
        Files.write(file, cells("{\"source\":\"caf\u00e9 \u00fcber\"}").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(reader.read(file).cells().get(0).source()).isEqualTo("caf\uFFFD \uFFFDber");
    }

    @Test
    void onlyRegularFilesAreRead() throws IOException {
        assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("it is a folder, not a file");
        assertThatThrownBy(() -> reader.read(Path.of("/dev/null"))).hasMessageContaining("a pipe or a device");
        Path loop = Files.createSymbolicLink(folder.resolve("loop.ipynb"), folder.resolve("loop.ipynb"));
        assertThatThrownBy(() -> reader.read(loop)).hasMessageContaining("its links run in a circle");
        assertThatThrownBy(() -> reader.read(folder.resolve("no.ipynb"))).hasMessageContaining("there is no such file");
        Path link = Files.createSymbolicLink(folder.resolve("link.ipynb"), write(cells("{}")));
        assertThat(reader.read(link).cells()).hasSize(1);
    }

    @Test
    void anEmptyFileAndOneOfZerosArePerhapsIncomplete() throws IOException {
        for (byte[] content : new byte[][] {{}, new byte[100], " \n".getBytes(StandardCharsets.US_ASCII)}) {
            Path file = Files.write(folder.resolve("a.ipynb"), content);
            assertThat(catchThrowableOfType(CaptureException.class, () -> reader.read(file))
                            .isPerhapsIncomplete())
                    .isTrue();
        }
    }

    @Test
    void windowsOfTheScannerCutNothing() throws IOException {
        // each kind of sequence at each place around the border of 64 KiB
        for (int shift = 0; shift < 16; shift++) {
            String padding = "p".repeat(65_500 + shift);
            String text = padding + "é€\uD83D\uDE00\"\\";
            String escaped = padding + "\\u00e9€\\ud83d\\ude00\\\"\\\\";
            assertThat(read(cells("{\"source\":\"" + escaped + "\"}"))
                            .cells()
                            .get(0)
                            .source())
                    .isEqualTo(text);
        }
    }

    private List<Output> outputs(String json) throws IOException {
        return read(cells("{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":[" + json + "]}"))
                .cells()
                .get(0)
                .outputs();
    }

    private static String cells(String cells) {
        return "{\"cells\":[" + cells + "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}";
    }

    private Notebook read(String json) throws IOException {
        return reader.read(write(json));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("a.ipynb"), json);
    }

    private static Path fixture(String name) {
        try {
            return Path.of(Objects.requireNonNull(NotebookReaderTest.class.getResource("/notebooks/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long size(Path file) {
        return bytes(file).length;
    }
}
