package dev.trackit.examples.adapter.openai;

import dev.trackit.api.Digest;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.api.Summary;
import dev.trackit.spi.EgressGate;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummaryContext;
import dev.trackit.spi.SummaryPlan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one question of a service that offers {@code POST …/chat/completions}, as OpenAI, llama.cpp, Ollama and vLLM do. It asks once: whether to
 * ask again is left to the caller, who learns from the exception whether it can help. Safe for use by several threads.
 */
public final class OpenAiSummarizer implements Summarizer {
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final URI address;
    private final String model;
    private final String key;
    private final Duration timeout;
    private final Set<CompletableFuture<?>> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    OpenAiSummarizer(URI address, String model, String key, Duration timeout) {
        this.address = address;
        this.model = model;
        this.key = key;
        this.timeout = timeout;
    }

    @Override
    public boolean remote() {
        return true;
    }

    // region plan
    @Override
    public SummaryPlan plan(Outline outline) {
        String text = Chat.INSTRUCTIONS + "\n\n" + Chat.question(outline);
        long tokens = text.length() / 3;
        return new SummaryPlan(destination(), List.of(new SummaryPlan.Request(purpose(outline), text, tokens)), tokens);
    }
    // endregion

    // region summarize
    @Override
    public Summary summarize(Outline outline, SummaryContext context) {
        if (context.cancelled()) {
            throw new SummarizerException(Reason.CANCELLED, "The summary was given up.");
        }
        EgressGate.Permit permit = context.gate().request(purpose(outline), destination(), Chat.question(outline));
        String outcome = "failed";
        try {
            Summary summary = Chat.summary(
                    send(Chat.body(model, permit.text()), context),
                    model,
                    Digest.ofText(outline.toText()),
                    context.clock().instant());
            outcome = "ok";
            return summary;
        } catch (SummarizerException e) {
            outcome = e.reason().name();
            throw e;
        } finally {
            permit.done(outcome, -1, -1);
        }
    }
    // endregion

    private String send(String body, SummaryContext context) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        CompletableFuture<HttpResponse<String>> call =
                Connection.CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        calls.add(call);
        try {
            if (closed) {
                call.cancel(true);
            }
            return answer(await(call, context));
        } finally {
            calls.remove(call);
        }
    }

    private static HttpResponse<String> await(CompletableFuture<HttpResponse<String>> call, SummaryContext context) {
        while (true) {
            try {
                return call.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (context.cancelled()) {
                    call.cancel(true);
                }
            } catch (CancellationException e) {
                throw new SummarizerException(Reason.CANCELLED, "The summary was given up.", e);
            } catch (ExecutionException e) {
                boolean late = e.getCause() instanceof java.net.http.HttpTimeoutException;
                throw new SummarizerException(
                        late ? Reason.TIMEOUT : Reason.UNAVAILABLE,
                        late ? "The service did not answer in time." : "The service cannot be reached: " + e.getCause(),
                        e);
            } catch (InterruptedException e) {
                call.cancel(true);
                Thread.currentThread().interrupt();
                throw new SummarizerException(Reason.CANCELLED, "The summary was given up.", e);
            }
        }
    }

    private String answer(HttpResponse<String> response) {
        Reason reason =
                switch (response.statusCode()) {
                    case 200 -> null;
                    case 401 -> Reason.NO_CREDENTIALS;
                    case 403 -> Reason.NO_ACCESS;
                    case 404 -> Reason.MODEL_GONE;
                    case 429 -> Reason.THROTTLED;
                    default -> response.statusCode() >= 500 ? Reason.UNAVAILABLE : Reason.REJECTED;
                };
        if (reason != null) {
            throw new SummarizerException(
                    reason,
                    "The service at " + address.getHost() + " answered " + response.statusCode()
                            + ". Check openai.endpoint, openai.model and openai.key.");
        }
        return response.body();
    }

    private String destination() {
        return address.getHost() + ", model " + model;
    }

    private static String purpose(Outline outline) {
        return "summary of " + outline.title();
    }

    @Override
    public void close() {
        closed = true;
        calls.forEach(call -> call.cancel(true));
    }

    /** Made at the first call: a client has threads, and opening a summarizer starts none. */
    private static final class Connection {
        static final HttpClient CLIENT =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
