package dev.trackit.examples.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trackit.testkit.SummarizerContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service on a loopback port with an interface like OpenAI's, which says the same each time. */
final class FakeChatServer implements SummarizerContract.Destination, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile String content = "Sure: {\"narrative\": [{\"text\": \"A file was read.\", \"steps\": [\"s1\"]}]}";
    private volatile int status = 200;
    private volatile boolean hanging;

    FakeChatServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    FakeChatServer saying(String text) {
        content = text;
        return this;
    }

    FakeChatServer answering(int code) {
        status = code;
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            StringBuilder texts = new StringBuilder();
            for (JsonNode message :
                    JSON.readTree(exchange.getRequestBody().readAllBytes()).path("messages")) {
                texts.append(message.path("content").asText()).append("\n\n");
            }
            received.add(texts.toString());
            if (hanging) {
                end.await();
            }
            byte[] body = JSON.writeValueAsString(Map.of(
                            "choices", List.of(Map.of("finish_reason", "stop", "message", Map.of("content", content)))))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<String> received() {
        return List.copyOf(received);
    }

    @Override
    public void fail() {
        status = 403;
    }

    @Override
    public void hang() {
        hanging = true;
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
