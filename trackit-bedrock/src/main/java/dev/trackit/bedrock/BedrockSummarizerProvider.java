package dev.trackit.bedrock;

import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummarizerProvider;

/**
 * Offers summaries by a model on Amazon Bedrock under the id {@code bedrock}.
 *
 * <p>Options, all optional: {@code bedrock.model} (default {@value BedrockOptions#DEFAULT_MODEL}; an id or an inference profile),
 * {@code bedrock.region}, {@code bedrock.profile} and the credentials (default: the AWS SDK's usual chain), {@code bedrock.endpoint},
 * {@code bedrock.temperature} (0 to 1, default 0), {@code bedrock.max-tokens} (of one answer), {@code bedrock.input-tokens} (of one
 * request; longer outlines are cut), {@code bedrock.parallel} (requests at once, default 3), {@code bedrock.timeout-seconds} (of one
 * request with its attempts, default 300), {@code bedrock.input-price} and {@code bedrock.output-price} (US dollars per million
 * tokens, for the estimate of costs).
 */
public final class BedrockSummarizerProvider implements SummarizerProvider {

    /** Does nothing; called by {@link java.util.ServiceLoader}. */
    public BedrockSummarizerProvider() {}

    @Override
    public String id() {
        return "bedrock";
    }

    @Override
    public Summarizer open(ProviderContext context) {
        BedrockOptions options = BedrockOptions.of(context);
        return new BedrockSummarizer(options, new ConverseClient(options), RetryPolicy.standard(options.timeout()));
    }
}
