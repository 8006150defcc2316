package dev.trackit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SECRETS = List.of(
            "AKIAIOSFODNN7EXAMPLE",
            "correct-horse-9",
            "ann.smith@example.org",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a");

    @TempDir
    Path folder;

    @BeforeEach
    void writeNotebook() throws IOException {
        ObjectNode notebook = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "python3")
                .put("language", "python")
                .put("display_name", "Python 3");
        ArrayNode cells = notebook.putArray("cells");
        markdown(cells, "# Titanic\nContact ann.smith@example.org.");
        code(cells, 1, "import pandas as pd\ndb_password = 'correct-horse-9'\nkey = 'AKIAIOSFODNN7EXAMPLE'", "");
        code(cells, 2, "df = pd.read_csv('raw-correct-horse-9.csv')", "");
        markdown(cells, "## Cleaning\nAges are missing.");
        code(cells, 3, "df['age'] = df['age'].fillna(df['age'].median())\ndf.shape", "(891, 12)");
        code(cells, 4, "df['ann.smith@example.org'] = 1\nprint(db_password)", "correct-horse-9");
        markdown(cells, "## Saving");
        code(cells, 5, "df.to_csv('train-ghp_16C7e42F292c6912E7710c838347Ae178B4a.csv')", "");
        Files.write(folder.resolve("titanic.ipynb"), JSON.writeValueAsBytes(notebook));
    }

    @Test
    void summaryOfAFileTellsWhereDataCameFromAndWhereItWent() {
        CliRun run = CliRun.in(folder, "summary", "titanic.ipynb", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode summary = run.json().get(0);
        assertThat(summary.path("provenance").path("summarizer").asText()).isEqualTo("offline");
        assertThat(summary.path("unsupported").asInt()).isZero();
        assertThat(summary.path("preprocessing").toString()).contains("pandas.read_csv");
        assertThat(summary.path("preprocessing").toString()).contains("fillna");
        assertThat(summary.path("transformations").toString()).contains("to_csv");
    }

    @Test
    void noFormShowsASecret() throws IOException {
        CliRun.in(folder, "import", "titanic.ipynb");
        for (String format : List.of("text", "md", "html", "json")) {
            CliRun run = CliRun.in(folder, "summary", "titanic", "--format", format);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("fillna");
            SECRETS.forEach(secret -> assertThat(run.out()).as(format).doesNotContain(secret));
        }
        CliRun pdf = CliRun.in(folder, "summary", "titanic", "-o", "out.pdf");
        assertThat(pdf.exitCode()).as(pdf.err()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("out.pdf")))
                .startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void documentsShowThePictureOfTheLineage() throws IOException {
        CliRun.in(folder, "import", "titanic.ipynb");

        assertThat(CliRun.in(folder, "summary", "titanic", "--format", "html").out())
                .contains("<h2>Lineage</h2>", "<svg ", "3 steps</text>", "read, aggregate, ");
        assertThat(CliRun.in(folder, "summary", "titanic", "--format", "md").out())
                .contains("## Lineage", "```mermaid\nflowchart LR\n", "3 steps<br/>");

        CliRun.in(folder, "summary", "titanic", "-o", "out.md");
        assertThat(folder.resolve("out.md")).content().contains("![Lineage](<out.svg>)");
        assertThat(folder.resolve("out.svg")).content().contains("3 steps</text>");

        CliRun.in(folder, "summary", "titanic", "-o", "out.pdf");
        try (PDDocument pdf = Loader.loadPDF(folder.resolve("out.pdf").toFile())) {
            String text = new PDFTextStripper().getText(pdf);
            assertThat(text).contains("Lineage", "3 steps", "to_csv()");
            SECRETS.forEach(secret -> assertThat(text).doesNotContain(secret));
        }
    }

    @Test
    void thePictureOfASectionHoldsItsStepsOnly() {
        CliRun.in(folder, "import", "titanic.ipynb");

        assertThat(CliRun.in(folder, "summary", "titanic", "--section", "cleaning", "--format", "html")
                        .out())
                .contains("2 steps</text>")
                .doesNotContain(">Write</text>", ">Read</text>");
    }

    @Test
    void summaryIsKeptUntilSomethingChanges() throws IOException {
        CliRun.in(folder, "import", "titanic.ipynb");
        assertThat(CliRun.in(folder, "summary", "titanic", "--json")
                        .json()
                        .get(0)
                        .path("kept")
                        .asBoolean())
                .isFalse();
        assertThat(CliRun.in(folder, "summary", "titanic", "--json")
                        .json()
                        .get(0)
                        .path("kept")
                        .asBoolean())
                .isTrue();
        assertThat(CliRun.in(folder, "summary", "titanic", "--json", "--fresh")
                        .json()
                        .get(0)
                        .path("kept")
                        .asBoolean())
                .isFalse();
        assertThat(notes())
                .filteredOn(n -> n.path("type").asText().equals("summary"))
                .hasSize(2);
    }

    @Test
    void sectionAndTagsAndExperimentsChooseAPart() {
        CliRun.in(folder, "import", "titanic.ipynb");
        CliRun section = CliRun.in(folder, "summary", "titanic", "--section", "cleaning");
        assertThat(section.out()).contains("the section \"Cleaning\"", "fillna").doesNotContain("to_csv");
        assertThat(CliRun.in(folder, "summary", "titanic", "--section", "nowhere")
                        .exitCode())
                .isEqualTo(3);

        assertThat(CliRun.in(folder, "tag", "titanic", "baseline", "--execution", "2")
                        .out())
                .contains("#2  baseline");
        CliRun tagged = CliRun.in(folder, "summary", "titanic", "--tag", "baseline");
        assertThat(tagged.out()).contains("read_csv").doesNotContain("fillna");
        assertThat(CliRun.in(folder, "tag", "titanic", "baseline", "--execution", "2", "--remove")
                        .out())
                .contains("No tags.");

        assertThat(CliRun.in(folder, "summary", "titanic", "--experiment", "0").out())
                .contains("1  executions #1 to #5");
    }

    @Test
    void evalScoresTheOfflineSummaryAsCompleteAndSupported() throws IOException {
        CliRun.in(folder, "import", "titanic.ipynb");
        Files.writeString(
                folder.resolve("reference.txt"),
                "The raw data was loaded and missing ages were filled with the median.");
        JsonNode score = CliRun.in(folder, "eval", "titanic", "--reference", "reference.txt", "--json")
                .json()
                .get(0);
        assertThat(score.path("coverage").asDouble()).isEqualTo(1);
        assertThat(score.path("supported").asDouble()).isEqualTo(1);
        assertThat(score.path("rougeL").asDouble()).isBetween(0.01, 1.0);
    }

    @Test
    void remoteSummarizerSendsNothingUnredactedAndEachCallIsRecorded() throws IOException {
        CliRun.in(folder, "import", "titanic.ipynb");
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer server = refusingServer(received);
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        try {
            String[] bedrock = {
                "summary",
                "titanic",
                "--summarizer",
                "bedrock",
                "-O",
                "bedrock.region=us-east-1",
                "-O",
                "bedrock.endpoint=http://127.0.0.1:" + server.getAddress().getPort()
            };
            CliRun plan = CliRun.in(folder, with(bedrock, "--dry-run"));
            assertThat(plan.exitCode()).as(plan.err()).isZero();
            assertThat(plan.out()).contains("Nothing was sent.", "fillna");
            assertThat(received).isEmpty();

            CliRun run = CliRun.in(folder, bedrock);
            assertThat(run.exitCode()).isEqualTo(5);
            assertThat(run.err()).contains("refused the request", "The offline summary follows instead.");
            assertThat(run.out()).contains("by the summarizer offline");
            assertThat(received).hasSize(1);
            assertThat(received.get(0)).contains("fillna");
            SECRETS.forEach(secret -> assertThat(received.get(0) + plan.out()).doesNotContain(secret));
            assertThat(notes())
                    .extracting(n -> n.path("type").asText())
                    .filteredOn(type -> type.startsWith("egress"))
                    .containsExactly("egress.call", "egress.done");
        } finally {
            server.stop(0);
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void remoteSummarizerNeedsARecordToWriteTheCallTo() {
        CliRun run = CliRun.in(folder, "summary", "titanic.ipynb", "--summarizer", "bedrock");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("Nothing was sent", "trackit import");
    }

    @Test
    void aNamedSummarizerOfThisMachineNeedsNoRecord(@TempDir Path installed) throws Exception {
        CliRun run = ScriptedSummarizer.installed(
                installed, () -> CliRun.in(folder, "summary", "titanic.ipynb", "--summarizer", "scripted", "--json"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode summary = run.json().get(0);
        assertThat(summary.path("provenance").path("summarizer").asText()).isEqualTo("scripted");
        assertThat(summary.path("narrative").toString()).contains("Scripted words.");
        assertThat(summary.path("kept").asBoolean()).isFalse();
        assertThat(folder.resolve(".trackit")).doesNotExist();
    }

    @Test
    void aJudgeGivesPointsWithReasons(@TempDir Path installed) throws Exception {
        CliRun run = ScriptedSummarizer.installed(
                installed, () -> CliRun.in(folder, "eval", "titanic.ipynb", "--judge", "scripted"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("In the opinion of scripted", "faithful  4 of 5  Scripted reason. [s1]");
        JsonNode score = ScriptedSummarizer.installed(
                        installed, () -> CliRun.in(folder, "eval", "titanic.ipynb", "--judge", "scripted", "--json"))
                .json()
                .get(0);
        assertThat(score.path("judgement").path("clear").path("points").asInt()).isEqualTo(4);
    }

    @Test
    void dryRunOfAJudgeShowsWhatItWouldBeSentRedactedAndSendsNothing() {
        CliRun run = CliRun.in(
                folder, "eval", "titanic.ipynb", "--judge", "bedrock", "--dry-run", "-O", "bedrock.region=us-east-1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("SUMMARY", "fillna", "one request", "Nothing was sent.");
        SECRETS.forEach(secret -> assertThat(run.out()).doesNotContain(secret));
        CliRun alone = CliRun.in(folder, "eval", "titanic.ipynb", "--dry-run");
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.err()).contains("--judge");
    }

    @Test
    void whoCannotJudgeIsToldAndARemoteJudgeNeedsARecord() {
        CliRun offline = CliRun.in(folder, "eval", "titanic.ipynb", "--judge", "offline");
        assertThat(offline.exitCode()).isEqualTo(2);
        assertThat(offline.err()).contains("cannot judge", "bedrock");
        CliRun remote =
                CliRun.in(folder, "eval", "titanic.ipynb", "--judge", "bedrock", "-O", "bedrock.region=us-east-1");
        assertThat(remote.exitCode()).isEqualTo(3);
        assertThat(remote.err()).contains("Nothing was sent", "trackit import");
    }

    @Test
    void unknownSummarizerIsNamedWithThoseThereAre() {
        CliRun run = CliRun.in(folder, "summary", "titanic.ipynb", "--summarizer", "bedrok");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("bedrok", "offline", "bedrock");
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidBeforeAnythingIsAsked() {
        CliRun nowhere = CliRun.in(folder, "summary", "titanic.ipynb", "-o", "no/such/out.md");
        assertThat(nowhere.exitCode()).isEqualTo(3);
        assertThat(nowhere.err()).contains("There is no folder no/such to write out.md to.");
        CliRun unknown = CliRun.in(folder, "summary", "titanic.ipynb", "-o", "out.docx");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("The ending of out.docx names no format.", ".md", ".pdf", "--format");
        assertThat(folder.resolve("out.docx")).doesNotExist();
    }

    private static String[] with(String[] args, String more) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
    }

    private static HttpServer refusingServer(List<String> received) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = "{\"message\":\"no\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "ValidationException");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private List<JsonNode> notes() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(".trackit"))) {
            List<Path> logs = files.filter(f -> f.getFileName().toString().matches("notes-\\d+\\.jsonl"))
                    .sorted()
                    .toList();
            List<JsonNode> records = new CopyOnWriteArrayList<>();
            for (Path log : logs) {
                for (String line : Files.readAllLines(log)) {
                    records.add(JSON.readTree(line));
                }
            }
            return records;
        }
    }

    private static void markdown(ArrayNode cells, String source) {
        ObjectNode cell = cells.addObject().put("cell_type", "markdown").put("id", "c" + cells.size());
        cell.putObject("metadata");
        cell.put("source", source);
    }

    private static void code(ArrayNode cells, int count, String source, String printed) {
        ObjectNode cell = cells.addObject().put("cell_type", "code").put("id", "c" + cells.size());
        cell.putObject("metadata");
        cell.put("execution_count", count).put("source", source);
        ArrayNode outputs = cell.putArray("outputs");
        if (!printed.isEmpty()) {
            outputs.addObject()
                    .put("output_type", "stream")
                    .put("name", "stdout")
                    .put("text", printed);
        }
    }
}
