package dev.trackit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** The Bedrock runtime's {@code converse-stream} on a loopback port, byte for byte, with faults on order. */
final class FakeBedrock implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One request as it arrived. */
    record Request(String path, String authorization, JsonNode body) {
        String system() {
            return body.path("system").path(0).path("text").asText();
        }

        String user() {
            return body.path("messages")
                    .path(0)
                    .path("content")
                    .path(0)
                    .path("text")
                    .asText();
        }
    }

    /** What the server does with one request. */
    interface Behaviour {
        void answer(HttpExchange exchange, Request request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Behaviour> script = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile Behaviour otherwise = answering(r -> "{}");

    FakeBedrock() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** One that speaks TLS. */
    static FakeBedrock over(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new FakeBedrock(server);
    }

    private FakeBedrock(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
                Request request = new Request(
                        exchange.getRequestURI().getPath(),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                        body);
                requests.add(request);
                Behaviour next = script.poll();
                (next == null ? otherwise : next).answer(exchange, request);
            }
        });
        server.start();
    }

    String address() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** Does these, one per request, before what it does otherwise. */
    FakeBedrock then(Behaviour... behaviours) {
        script.addAll(Arrays.asList(behaviours));
        return this;
    }

    FakeBedrock otherwise(Behaviour behaviour) {
        otherwise = behaviour;
        return this;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    static Behaviour answering(Function<Request, String> text) {
        return streaming(text, "end_turn");
    }

    static Behaviour streaming(Function<Request, String> text, String stopReason) {
        return (exchange, request) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(event("messageStart", "{\"role\":\"assistant\"}"));
            out.write(deltas(text.apply(request)));
            out.write(event("contentBlockStop", "{\"contentBlockIndex\":0}"));
            out.write(event("messageStop", "{\"stopReason\":\"" + stopReason + "\"}"));
            out.write(
                    event(
                            "metadata",
                            "{\"usage\":{\"inputTokens\":100,\"outputTokens\":20,\"totalTokens\":120},\"metrics\":{\"latencyMs\":5}}"));
            send(exchange, 200, "application/vnd.amazon.eventstream", out.toByteArray());
        };
    }

    /** Begins an answer and ends the stream, properly as far as HTTP goes, without {@code messageStop}. */
    static Behaviour cutting(String beginning) {
        return (exchange, request) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(event("messageStart", "{\"role\":\"assistant\"}"));
            out.write(deltas(beginning));
            send(exchange, 200, "application/vnd.amazon.eventstream", out.toByteArray());
        };
    }

    /** Begins an answer, then reports a fault inside the stream. */
    static Behaviour failingMidway(String exceptionType, String message) {
        return (exchange, request) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(deltas("{\"narrative\": ["));
            out.write(frame(
                    Map.of(":message-type", "exception", ":exception-type", exceptionType),
                    "{\"message\":\"" + message + "\"}"));
            send(exchange, 200, "application/vnd.amazon.eventstream", out.toByteArray());
        };
    }

    static Behaviour garbage() {
        return (exchange, request) -> send(
                exchange,
                200,
                "application/vnd.amazon.eventstream",
                "this is no event stream at all, but long enough".getBytes(StandardCharsets.UTF_8));
    }

    static Behaviour empty() {
        return (exchange, request) -> send(exchange, 200, "application/vnd.amazon.eventstream", new byte[0]);
    }

    static Behaviour refusing(int status, String code, String message) {
        return (exchange, request) -> {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", code);
            send(
                    exchange,
                    status,
                    "application/json",
                    ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8));
        };
    }

    private static byte[] deltas(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i += 7) {
            String piece = JSON.writeValueAsString(text.substring(i, Math.min(text.length(), i + 7)));
            out.write(event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":" + piece + "}}"));
        }
        return out.toByteArray();
    }

    private static byte[] event(String type, String json) {
        return frame(Map.of(":message-type", "event", ":event-type", type), json);
    }

    private static byte[] frame(Map<String, String> headers, String json) {
        Map<String, HeaderValue> values = new LinkedHashMap<>();
        headers.forEach((name, value) -> values.put(name, HeaderValue.fromString(value)));
        values.put(":content-type", HeaderValue.fromString("application/json"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Message(values, json.getBytes(StandardCharsets.UTF_8)).encode(out);
        return out.toByteArray();
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
