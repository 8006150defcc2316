package dev.trackit.bedrock;

import static dev.trackit.api.SummarizerException.Reason.BAD_ANSWER;
import static dev.trackit.api.SummarizerException.Reason.CUT_OFF;
import static dev.trackit.api.SummarizerException.Reason.FILTERED;
import static dev.trackit.api.SummarizerException.Reason.TIMEOUT;

import dev.trackit.api.SummarizerException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * The Converse API, streamed, through the AWS SDK's asynchronous client.
 *
 * <p>The SDK's own retries are off: it would ask again in the middle of a stream and deliver text twice, and it does not know our
 * deadline; {@link RetryPolicy} asks again instead. A stream that ends without {@code messageStop} was cut, which the SDK does not
 * report; it is an error here. The client is made at the first request, because making it looks for credentials.
 */
final class ConverseClient implements Conversation {
    private static final int MAX_ANSWER_CHARS = 1_000_000;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(90);

    private final BedrockOptions options;
    private @Nullable BedrockRuntimeAsyncClient client;
    private @Nullable EventLoopGroup threads;
    private boolean closed;

    ConverseClient(BedrockOptions options) {
        this.options = options;
    }

    @Override
    public String destination() {
        String where = options.endpoint().map(Object::toString).or(this::region).orElse("region not set");
        return "Amazon Bedrock, " + where + ", " + options.model();
    }

    @Override
    public Reply ask(String system, String text, Duration deadline, Consumer<String> listener)
            throws InterruptedException {
        Stream stream = new Stream(listener);
        CompletableFuture<Void> call;
        try {
            call = client().converseStream(request(system, text), stream.handler());
        } catch (RuntimeException e) {
            throw Faults.explain(e, options, destination());
        }
        try {
            call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return stream.reply();
        } catch (ExecutionException e) {
            throw Faults.explain(e.getCause() == null ? e : e.getCause(), options, destination());
        } catch (TimeoutException e) {
            throw new SummarizerException(
                    TIMEOUT,
                    "No answer from " + destination() + " within " + deadline.toSeconds()
                            + " s. Raise bedrock.timeout-seconds, or try again later.",
                    e);
        } finally {
            call.cancel(true);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
        if (threads != null) {
            threads.shutdownGracefully(0, 1, TimeUnit.SECONDS); // Not waited for: its threads are daemons.
        }
    }

    private ConverseStreamRequest request(String system, String text) {
        return ConverseStreamRequest.builder()
                .modelId(options.model())
                .system(SystemContentBlock.fromText(system))
                .messages(Message.builder()
                        .role(ConversationRole.USER)
                        .content(ContentBlock.fromText(text))
                        .build())
                .inferenceConfig(c -> c.maxTokens(options.maxTokens()).temperature(options.temperature()))
                .build();
    }

    private synchronized BedrockRuntimeAsyncClient client() {
        if (closed) {
            throw new SummarizerException(SummarizerException.Reason.CANCELLED, "The Bedrock summarizer is closed.");
        }
        if (client == null) {
            // Threads of our own, because the client waits two seconds for the end of those it makes itself.
            threads = new NioEventLoopGroup(1, new DefaultThreadFactory("trackit-bedrock-io", true));
            BedrockRuntimeAsyncClientBuilder builder = BedrockRuntimeAsyncClient.builder()
                    .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                            .eventLoopGroup(SdkEventLoopGroup.create(threads))
                            .protocol(Protocol.HTTP1_1) // the response alone is a stream, and plain endpoints speak no
                            // HTTP/2
                            // This service's default is to negotiate, which HTTP/1.1 cannot over TLS.
                            .protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL)
                            .maxConcurrency(options.parallel() + 1)
                            .connectionTimeout(CONNECT_TIMEOUT)
                            .readTimeout(SILENCE_TIMEOUT))
                    .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
            region().ifPresent(region -> builder.region(Region.of(region)));
            options.endpoint().ifPresent(builder::endpointOverride);
            options.profile()
                    .ifPresent(profile -> builder.credentialsProvider(DefaultCredentialsProvider.builder()
                            .profileName(profile)
                            .build()));
            client = builder.build();
        }
        return client;
    }

    private Optional<String> region() {
        if (options.region().isPresent()) {
            return options.region();
        }
        try {
            var chain = DefaultAwsRegionProviderChain.builder();
            options.profile().ifPresent(chain::profileName);
            return Optional.of(chain.build().getRegion().id());
        } catch (RuntimeException e) {
            return Optional.empty(); // The client's own message, when it is built, says where it looked.
        }
    }

    /** Collects one answer. The SDK calls it from one thread at a time; the caller reads after the call has ended. */
    private final class Stream {
        private final Consumer<String> listener;
        private final StringBuffer text = new StringBuffer();
        private volatile @Nullable String stopReason;
        private volatile long inputTokens = -1;
        private volatile long outputTokens = -1;

        Stream(Consumer<String> listener) {
            this.listener = listener;
        }

        ConverseStreamResponseHandler handler() {
            return ConverseStreamResponseHandler.builder()
                    .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                            .onContentBlockDelta(event -> {
                                if (event.delta() != null && event.delta().text() != null) {
                                    take(event.delta().text());
                                }
                            })
                            .onMessageStop(event -> stopReason = event.stopReasonAsString())
                            .onMetadata(event -> {
                                if (event.usage() != null) {
                                    inputTokens = orUnknown(event.usage().inputTokens());
                                    outputTokens = orUnknown(event.usage().outputTokens());
                                }
                            })
                            .build())
                    .build();
        }

        Reply reply() {
            String reason = stopReason;
            if (reason == null) {
                throw new SummarizerException(
                        CUT_OFF, "The answer of " + destination() + " broke off before its end. Try again.");
            }
            return switch (reason) {
                case "end_turn", "stop_sequence" -> new Reply(text.toString(), true, inputTokens, outputTokens);
                case "max_tokens", "model_context_window_exceeded" ->
                    new Reply(text.toString(), false, inputTokens, outputTokens);
                case "guardrail_intervened", "content_filtered" ->
                    throw new SummarizerException(
                            FILTERED,
                            "A content filter of Amazon Bedrock withheld the answer (" + reason
                                    + "). Choose another model or guardrail, or summarize a smaller part.");
                default ->
                    throw new SummarizerException(
                            BAD_ANSWER, "The model ended its answer with the unexpected reason \"" + reason + "\".");
            };
        }

        private void take(String piece) {
            if (text.length() + piece.length() > MAX_ANSWER_CHARS) {
                throw new SummarizerException(
                        BAD_ANSWER,
                        "The answer of " + destination() + " is longer than " + MAX_ANSWER_CHARS + " characters.");
            }
            text.append(piece);
            listener.accept(piece);
        }

        private static long orUnknown(@Nullable Integer tokens) {
            return tokens == null ? -1 : tokens;
        }
    }
}
