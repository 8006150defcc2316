package dev.trackit.runner.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * A model behind Bedrock's {@code converse-stream}, on a loopback port. It answers in two halves, the second when it is told to; its
 * second statement rests on nothing. A silent one takes what is sent and says nothing at all.
 */
final class FakeModel implements AutoCloseable {
    private static final String FIRST =
            "{\"narrative\": [{\"text\": \"The raw exports were loaded and cleaned.\", \"steps\": [\"STEP\"]}, ";
    private static final String SECOND =
            "{\"text\": \"The accuracy rose to 98.76 by `magic_trick`.\", \"steps\": [\"s999\"]}], "
                    + "\"preprocessing\": [], \"transformations\": [], \"rationale\": [], \"open_questions\": []}";

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpServer server;
    private final CountDownLatch told = new CountDownLatch(1);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final String step;
    private final boolean silent;

    /** @param step the id of a step that exists */
    FakeModel(String step) throws IOException {
        this(step, false);
    }

    private FakeModel(String step, boolean silent) throws IOException {
        this.step = step;
        this.silent = silent;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(task -> new Thread(task, "fake-model").start());
        server.start();
    }

    /** One that never answers. */
    static FakeModel silent() throws IOException {
        return new FakeModel("", true);
    }

    /** What a data folder's {@code config.properties} must say to reach it. */
    String configuration() {
        return "bedrock.region=us-east-1\nbedrock.endpoint=http://127.0.0.1:"
                + server.getAddress().getPort() + "\n";
    }

    /** What was sent to it. */
    List<String> received() {
        return List.copyOf(received);
    }

    /** Lets it say the rest. */
    void goOn() {
        told.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (silent) {
                told.await();
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.amazon.eventstream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            event(out, "messageStart", "{\"role\":\"assistant\"}");
            text(out, FIRST.replace("STEP", step));
            out.flush();
            if (!told.await(2, TimeUnit.MINUTES)) {
                return;
            }
            text(out, SECOND);
            event(out, "contentBlockStop", "{\"contentBlockIndex\":0}");
            event(out, "messageStop", "{\"stopReason\":\"end_turn\"}");
            event(
                    out,
                    "metadata",
                    "{\"usage\":{\"inputTokens\":100,\"outputTokens\":20,\"totalTokens\":120},\"metrics\":{\"latencyMs\":5}}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void text(OutputStream out, String text) throws IOException {
        event(
                out,
                "contentBlockDelta",
                "{\"contentBlockIndex\":0,\"delta\":{\"text\":" + mapper.writeValueAsString(text) + "}}");
    }

    private static void event(OutputStream out, String type, String json) throws IOException {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":message-type", HeaderValue.fromString("event"));
        headers.put(":event-type", HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString("application/json"));
        new Message(headers, json.getBytes(StandardCharsets.UTF_8)).encode(out);
    }

    @Override
    public void close() {
        told.countDown();
        server.stop(0);
    }
}
