package dev.trackit.runner.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.core.Importer;
import dev.trackit.core.Trackit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page answers from a record. */
class PageTest {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    @TempDir
    Path folder;

    private PageFixture page;
    private RawHttp http;
    private String notebook = "";

    @BeforeEach
    void start() throws Exception {
        page = new PageFixture(folder);
        http = new RawHttp(page.port());
        notebook = page.reader().notebooks().get(0).id().value();
        await(() -> json("/").path("notebooks").size() == 2);
    }

    @AfterEach
    void stop() {
        page.close();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private Map<String, @Nullable String> headers() {
        Map<String, @Nullable String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + page.token());
        headers.put("Accept", "application/json");
        return headers;
    }

    private JsonNode json(String address) throws IOException {
        RawHttp.Answer answer = http.send("GET", address, headers(), "");
        assertThat(answer.status()).as(address + " " + answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private RawHttp.Answer change(String method, String address, String body) throws IOException {
        Map<String, @Nullable String> headers = headers();
        headers.put("Origin", "http://127.0.0.1:" + page.port());
        headers.put("X-TrackIT", "1");
        return http.send(method, address, headers, body);
    }

    private String at(String view) {
        return "/notebooks/" + notebook + "/" + view;
    }

    @Test
    void listsNotebooksWithAndWithoutARecord() throws Exception {
        await(() -> json("/").path("notebooks").findValues("cells").stream().noneMatch(JsonNode::isNull));
        JsonNode list = json("/?sort=name");
        assertThat(list.path("folder").asText()).isEqualTo(folder.toString());
        JsonNode fresh = list.path("notebooks").get(0);
        JsonNode recorded = list.path("notebooks").get(1);
        assertThat(fresh.path("path").asText()).isEqualTo("never run.ipynb");
        assertThat(fresh.path("id").asText()).doesNotContain("never");
        assertThat(fresh.path("state").asText()).isEqualTo("new");
        assertThat(recorded.path("executions").asInt()).isEqualTo(3);
        assertThat(recorded.path("cells").asInt()).isEqualTo(4);
        assertThat(recorded.path("language").asText()).isEqualTo("python");
        assertThat(json("/?q=PRICES").path("notebooks")).hasSize(1);
        assertThat(json("/?state=new").path("notebooks")).hasSize(1);
        assertThat(json("/?minCells=5").path("notebooks")).isEmpty();
        assertThat(json("/?since=2h").path("notebooks")).hasSize(2);
        assertThat(http.send("GET", "/?since=sometime", headers(), "").status()).isEqualTo(400);
    }

    @Test
    void theSameAddressGivesThePageToABrowser() throws Exception {
        Map<String, @Nullable String> browser = headers();
        browser.put("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        RawHttp.Answer answer = http.send("GET", at("timeline"), browser, "");
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("Vary")).isEqualTo("Accept");
        assertThat(answer.body()).contains("<!doctype html>");
    }

    @Test
    void choosesAndForgetsNotebooks() throws Exception {
        String id = json("/?state=new").path("notebooks").get(0).path("id").asText();
        assertThat(change("PUT", "/notebooks/" + id + "/tracking", "").status()).isEqualTo(204);
        assertThat(page.choices()).containsEntry(folder.resolve("never run.ipynb"), true);
        assertThat(json("/notebooks/" + id).path("notebook").path("tracked").asBoolean())
                .isTrue();
        assertThat(change("DELETE", "/notebooks/" + id + "/tracking", "").status())
                .isEqualTo(204);
        assertThat(json("/notebooks/" + id).path("notebook").path("state").asText())
                .isEqualTo("stopped");
    }

    @Test
    void showsTheTimelineAPartAtATime() throws Exception {
        JsonNode newest = json(at("timeline?limit=2"));
        assertThat(newest.path("total").asInt()).isEqualTo(3);
        assertThat(newest.path("entries")).hasSize(2);
        JsonNode elder =
                json(at("timeline?limit=100&before=" + newest.path("before").asInt()));
        List<Integer> orders = new ArrayList<>();
        elder.path("entries").forEach(e -> orders.add(e.path("order").asInt()));
        newest.path("entries").forEach(e -> orders.add(e.path("order").asInt()));
        assertThat(orders)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(newest.path("totalEntries").asInt());
        assertThat(json(at("timeline?after=" + newest.path("after").asText())).path("entries"))
                .isEmpty();
        assertThat(http.send("GET", at("timeline?after=x"), headers(), "").status())
                .isEqualTo(400);
    }

    @Test
    void filtersByVariableWordsCellStatusAndKind() throws Exception {
        JsonNode total = json(at("timeline?var=total"));
        assertThat(total.path("total").asInt()).isEqualTo(1);
        JsonNode entry = total.path("entries").get(0);
        assertThat(entry.path("analysed").asBoolean()).isTrue();
        assertThat(entry.path("reads").toString()).contains("df");
        assertThat(entry.path("writes").toString()).contains("total");
        assertThat(entry.path("cellIndex").asInt()).isEqualTo(2);
        assertThat(json(at("timeline?q=PRINT")).path("total").asInt()).isEqualTo(1);
        assertThat(json(at("timeline?cell=three")).path("total").asInt()).isEqualTo(1);
        assertThat(json(at("timeline?status=error")).path("total").asInt()).isZero();
        assertThat(json(at("timeline?kind=save")).path("entries").findValuesAsText("kind"))
                .containsOnly("save");
        assertThat(http.send("GET", at("timeline?kind=nonsense"), headers(), "").status())
                .isEqualTo(400);
    }

    @Test
    void tellsAnExecutionWhole() throws Exception {
        JsonNode entry = json(at("executions/2"));
        assertThat(entry.path("code").asText()).contains("print(total)");
        assertThat(entry.path("outputs").get(0).path("text").asText()).isEqualTo("3\n");
        assertThat(entry.path("analysed").asBoolean()).isTrue();
    }

    @Test
    void showsLineageColumnsAndSlices() throws Exception {
        assertThat(json(at("lineage")).path("nodes").toString()).contains("df");
        assertThat(http.send("GET", at("lineage.svg"), headers(), "").body()).contains("<svg");
        assertThat(http.send("GET", at("lineage?limit=no"), headers(), "").status())
                .isEqualTo(400);
        assertThat(json(at("slice")).path("targets").findValuesAsText("name")).contains("df", "total");
        JsonNode slice = json(at("slice?var=total"));
        assertThat(slice.path("script").asText()).contains("df['a'].sum()").doesNotContain("print");
        assertThat(slice.path("notTaken").findValuesAsText("code")).containsExactly("df");
        RawHttp.Answer script = http.send("GET", at("slice.py?var=total"), headers(), "");
        assertThat(script.header("Content-Disposition")).contains("attachment").contains("prices-total.py");
        assertThat(http.send("GET", at("slice?var=nothing"), headers(), "").status())
                .isEqualTo(404);
        assertThat(http.send("GET", at("slice?var=a&file=b"), headers(), "").status())
                .isEqualTo(400);
        assertThat(change("POST", at("slice/replays"), "{\"var\":\"nothing\"}").status())
                .isEqualTo(404);
        assertThat(change("POST", at("slice/replays"), "[1]").status()).isEqualTo(400);
    }

    @Test
    void summarizesWithoutSendingOrWriting() throws Exception {
        long records = page.reader().logs().size();
        JsonNode summary = json(at("summary"));
        assertThat(summary.path("provenance").path("summarizer").asText()).isEqualTo("offline");
        assertThat(summary.path("sections").findValuesAsText("heading")).containsExactly("Prices");
        assertThat(summary.path("summarizers").findValuesAsText("id")).contains("offline", "bedrock");
        for (String form : List.of("txt", "md", "html", "json", "pdf")) {
            RawHttp.Answer document = http.send("GET", at("summary." + form), headers(), "");
            assertThat(document.status()).as(form).isEqualTo(200);
            assertThat(document.header("Content-Disposition")).contains("prices-summary." + form);
        }
        JsonNode preview = json(at("summary/preview?summarizer=bedrock"));
        assertThat(preview.path("bytes").asLong()).isPositive();
        assertThat(http.send("GET", at("summary?summarizer=bedrock"), headers(), "")
                        .status())
                .isEqualTo(404);
        assertThat(change("POST", at("summary"), "{\"summarizer\":\"bedrock\",\"digest\":\"sha256:other\"}")
                        .status())
                .isEqualTo(409);
        assertThat(page.reader().logs()).hasSize((int) records);
    }

    @Test
    void tellsTheStateWithTheDoctorsFindings() throws Exception {
        await(() -> json("/state").path("findings").isArray());
        assertThat(json("/state").path("findings").findValuesAsText("area")).contains("java", "python", "store");
        assertThat(json("/state").path("running").asBoolean()).isFalse();
    }

    @Test
    void aStreamThatWasCutGoesOnWithoutGapOrDuplicate() throws Exception {
        List<Long> seen = new ArrayList<>();
        String cursor;
        try (Stream stream = new Stream("")) {
            stream.event("hello");
            grow(4);
            seen.add(stream.entryOfExecution());
            cursor = stream.lastId;
        }
        grow(5);
        grow(6);
        try (Stream stream = new Stream("Last-Event-ID: " + cursor + "\r\n")) {
            seen.add(stream.entryOfExecution());
            seen.add(stream.entryOfExecution());
            grow(7);
            seen.add(stream.entryOfExecution());
        }
        assertThat(seen).containsExactly(4L, 5L, 6L, 7L);
        try (Stream stream = new Stream("Last-Event-ID: gone.1.1\r\n")) {
            stream.event("reset");
        }
    }

    /** One cell more, and its record. */
    private void grow(int count) throws Exception {
        Path file = folder.resolve("prices.ipynb");
        String cell = ",{\"cell_type\": \"code\", \"id\": \"c" + count + "\", \"metadata\": {}, \"execution_count\": "
                + count + ", \"source\": \"x" + count + " = " + count + "\", \"outputs\": []}],\n \"metadata\"";
        String text = Files.readString(file);
        int end = text.lastIndexOf("],\n \"metadata\"");
        Files.writeString(file, text.substring(0, end) + cell + text.substring(end + "],\n \"metadata\"".length()));
        try (Importer importer = Trackit.builder().watchedFolder(folder).openImporter()) {
            importer.importNotebook(file);
        }
    }

    /** A stream of events, read as a browser does. */
    private final class Stream implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private String lastId = "";

        Stream(String header) throws IOException {
            socket = new Socket(InetAddress.getByName("127.0.0.1"), page.port());
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET /events?notebook=" + notebook + " HTTP/1.1\r\nHost: 127.0.0.1:" + page.port()
                                    + "\r\nAuthorization: Bearer " + page.token() + "\r\n" + header + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The data of the next event of this type. */
        JsonNode event(String wanted) throws IOException {
            String type = "";
            while (true) {
                String line = in.readLine();
                assertThat(line).as("the stream goes on").isNotNull();
                if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ") && type.equals(wanted)) {
                    return new ObjectMapper().readTree(line.substring(6));
                }
            }
        }

        long entryOfExecution() throws IOException {
            while (true) {
                JsonNode entry = event("entry");
                if (entry.path("kind").asText().equals("execution")) {
                    return entry.path("sequence").asLong();
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
