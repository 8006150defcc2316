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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One notebook that holds a secret wherever text of a notebook comes from. None of them may reach the model, a dry run, an export, or what is kept
 * of a summary.
 */
class PlantedSecretsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AWS_ID = "AKIAIOSFODNN7EXAMPLE";
    private static final String AWS_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String GITHUB = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    private static final String JWT =
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    private static final String PEM_LINE = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    private static final String PEM_SECOND = "MzEfYyjiWA4R4Bp2bqUPyGpZ4cLQfbDTyhV1tXbFBGwVVPvhLRCzPEn4";
    private static final String MAIL = "ann.smith@example.org";
    private static final String ASSIGNED = "correct-horse-battery";
    private static final String IN_ADDRESS = "tr0ub4dor-and-3";
    private static final String IN_ENVIRONMENT = "violetstaple";
    private static final String IN_CONNECTION = "quietlantern";
    private static final String IN_NETRC = "amberwindow";
    private static final String IN_PAIR = "silverkettle";
    private static final String BASIC = "YW5uOmNvcHBlcmJlbGw5OTk=";
    private static final String ENCODED = Base64.getEncoder().encodeToString(ASSIGNED.getBytes(StandardCharsets.UTF_8));

    private static final List<String> SECRETS = List.of(
            AWS_ID,
            AWS_SECRET,
            GITHUB,
            JWT,
            PEM_LINE,
            PEM_SECOND,
            MAIL,
            ASSIGNED,
            IN_ADDRESS,
            IN_ENVIRONMENT,
            IN_CONNECTION,
            IN_NETRC,
            IN_PAIR,
            BASIC,
            ENCODED);

    /** Less than this of a secret tells nothing. */
    private static final int TELLING = 8;

    @TempDir
    Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String notebook;

    @BeforeEach
    void plant() throws IOException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = "{\"message\":\"no\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "ValidationException");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Path secretFolder = Files.createDirectory(folder.resolve("of-" + MAIL));
        Path file = secretFolder.resolve("model-" + GITHUB + ".ipynb");
        Files.write(file, JSON.writeValueAsBytes(notebook()));
        notebook = folder.relativize(file).toString();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void noneReachesTheModelNorADryRunNorAnExportNorTheNotes() throws IOException {
        CliRun imported = CliRun.in(folder, "import", notebook);
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        CliRun.in(folder, "tag", notebook, "run-" + ASSIGNED, "--execution", "3");

        List<String[]> parts = List.of(
                new String[] {}, new String[] {"--section", MAIL}, new String[] {"--experiment", "1"}, new String[] {
                    "--tag", "run-" + ASSIGNED
                });
        for (String[] part : parts) {
            for (String format : List.of("text", "md", "html", "json")) {
                CliRun run = summary(part, "--format", format, "--fresh");
                assertThat(run.exitCode()).as(run.err()).isZero();
                assertClean(run.out(), String.join(" ", part) + " as " + format);
            }
            assertClean(summary(part, bedrock("--dry-run")).out(), "dry run of " + String.join(" ", part));
            CliRun asked = summary(part, bedrock());
            assertThat(asked.err()).contains("refused the request");
            assertClean(asked.out() + asked.err(), "the program's own words");
        }
        summary(parts.get(0), bedrock("-O", "bedrock.input-tokens=1500"));
        assertThat(received).hasSizeGreaterThan(parts.size());
        received.forEach(body -> assertClean(body, "what the model was sent"));

        CliRun judged =
                CliRun.in(folder, with(new String[] {"eval", notebook, "--judge", "bedrock"}, bedrock("--dry-run")));
        assertClean(judged.out(), "dry run of the judge");

        summary(parts.get(0), "-o", "out.pdf");
        try (PDDocument pdf = Loader.loadPDF(folder.resolve("out.pdf").toFile())) {
            assertClean(new PDFTextStripper().getText(pdf), "PDF");
        }
        summary(parts.get(0), "-o", "out.md");
        assertClean(Files.readString(folder.resolve("out.md")) + Files.readString(folder.resolve("out.svg")), "files");
        List<JsonNode> notes = summariesAndCalls();
        notes.forEach(note -> assertClean(note.toString(), "record in the log"));
    }

    private static void assertClean(String text, String where) {
        assertThat(text).as(where).isNotEmpty();
        String plain = text.replaceAll("\\s+|\\\\n", "").toLowerCase(Locale.ROOT);
        for (String secret : SECRETS) {
            String wanted = secret.toLowerCase(Locale.ROOT);
            for (int i = 0; i + TELLING <= wanted.length(); i++) {
                String part = wanted.substring(i, i + TELLING);
                int at = plain.indexOf(part);
                assertThat(at < 0 ? "" : plain.substring(Math.max(0, at - 100), Math.min(plain.length(), at + 60)))
                        .as("%s holds a part of %s", where, secret)
                        .isEmpty();
            }
        }
    }

    private CliRun summary(String[] part, String... more) {
        return CliRun.in(folder, with(with(new String[] {"summary", notebook}, part), more));
    }

    private String[] bedrock(String... more) {
        return with(
                new String[] {
                    "--summarizer",
                    "bedrock",
                    "-O",
                    "bedrock.region=us-east-1",
                    "-O",
                    "bedrock.endpoint=http://127.0.0.1:" + server.getAddress().getPort()
                },
                more);
    }

    private static String[] with(String[] args, String... more) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
    }

    private List<JsonNode> summariesAndCalls() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve(".trackit"))) {
            for (Path log : files.filter(f -> f.getFileName().toString().matches("notes-\\d+\\.jsonl"))
                    .toList()) {
                for (String line : Files.readAllLines(log)) {
                    JsonNode record = JSON.readTree(line);
                    if (record.path("type").asText().matches("summary|egress.*")) {
                        records.add(record);
                    }
                }
            }
        }
        assertThat(records).isNotEmpty();
        return records;
    }

    // The notebook

    private static ObjectNode notebook() {
        ObjectNode notebook = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "python-" + GITHUB)
                .put("language", "python")
                .put("display_name", "Python of " + MAIL);
        ArrayNode cells = notebook.putArray("cells");
        markdown(cells, "# Report of " + MAIL + "\nWe decided to use the token " + JWT + " because it works.");
        code(cells, "import pandas as pd, requests, boto3\ndb_password = '" + ASSIGNED + "'");
        code(cells, "%env DB_PASSWORD " + IN_ENVIRONMENT + "\n%env API_SECRET=" + IN_ENVIRONMENT);
        code(cells, "df = pd.read_csv('data/" + ASSIGNED + "/of-" + MAIL + ".csv', sep='" + GITHUB + "')");
        printing(cells, "df.head()", "   age  " + MAIL + "  " + ASSIGNED + "\n0  31  1  2");
        code(
                cells,
                "df['" + ASSIGNED + "'] = df['age'] * 2\ndf = df.drop(columns=['" + MAIL + "', 'x" + IN_CONNECTION
                        + "'])");
        code(cells, "more = pd.read_sql('select 1', 'postgresql://ann:" + IN_ADDRESS + "@db.example.org/x')");
        code(
                cells,
                "conn = 'Server=db;Uid=ann;Pwd=" + IN_CONNECTION
                        + ";'\ndf = df.merge(pd.read_sql('select 2', conn), on='age')");
        code(cells, "%%writefile netrc\nmachine db login ann password " + IN_NETRC);
        code(
                cells,
                "s3 = boto3.client('s3', '" + AWS_ID + "', '" + AWS_SECRET
                        + "')\nr = requests.get('https://x.example/a', auth=('ann', '" + IN_PAIR + "'))");
        code(
                cells,
                "key = '''-----BEGIN PRIVATE KEY-----\n" + PEM_LINE + "\n" + PEM_SECOND
                        + "\n-----END PRIVATE KEY-----'''\ndf['k'] = key");
        failing(
                cells,
                "connect('" + PEM_SECOND + "')",
                "ConnectionError",
                "Traceback\n  2 " + PEM_SECOND + "\n-----END PRIVATE KEY-----\nConnectionError: refused for ann:"
                        + IN_NETRC + " with " + IN_PAIR + " and " + ENCODED);
        printing(
                cells,
                "headers = {'Authorization': 'Basic " + BASIC + "'}\nprint(headers)",
                "{'Authorization': 'Basic " + BASIC + "'}");
        printing(
                cells,
                "from sklearn.linear_model import LogisticRegression\nmodel = LogisticRegression().fit(df[['age']], df['k'])\n"
                        + "print(model.score(df[['age']], df['k']), key)",
                "0.81 " + ENCODED + " " + "x".repeat(120) + ASSIGNED);
        code(
                cells,
                "df.to_csv('out-" + IN_PAIR + "-" + "y".repeat(60) + AWS_ID + ".csv', sep='" + "z".repeat(70) + ","
                        + ASSIGNED + "')");
        return notebook;
    }

    private static void markdown(ArrayNode cells, String source) {
        cell(cells, "markdown").put("source", source);
    }

    private static void code(ArrayNode cells, String source) {
        codeCell(cells, source);
    }

    private static void printing(ArrayNode cells, String source, String printed) {
        codeCell(cells, source)
                .addObject()
                .put("output_type", "stream")
                .put("name", "stdout")
                .put("text", printed);
    }

    private static void failing(ArrayNode cells, String source, String name, String traceback) {
        ObjectNode error =
                codeCell(cells, source).addObject().put("output_type", "error").put("ename", name);
        error.put("evalue", "refused").putArray("traceback").add(traceback);
    }

    private static ArrayNode codeCell(ArrayNode cells, String source) {
        ObjectNode cell = cell(cells, "code");
        cell.put("execution_count", cells.size()).put("source", source);
        return cell.putArray("outputs");
    }

    private static ObjectNode cell(ArrayNode cells, String type) {
        ObjectNode cell = cells.addObject().put("cell_type", type).put("id", "c" + cells.size() + "-" + GITHUB);
        cell.putObject("metadata").putArray("tags").add("tag-" + ASSIGNED);
        return cell;
    }
}
