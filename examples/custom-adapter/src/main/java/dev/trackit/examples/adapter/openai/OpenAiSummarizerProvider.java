package dev.trackit.examples.adapter.openai;

import dev.trackit.api.ConfigurationException;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummarizerProvider;
import java.net.URI;
import java.time.Duration;

/**
 * Offers the {@link OpenAiSummarizer} under the id {@code openai}. Options: {@code openai.endpoint} (for example {@code http://127.0.0.1:8080/v1}),
 * {@code openai.model}, and, if the service wants one, {@code openai.key}.
 */
public final class OpenAiSummarizerProvider implements SummarizerProvider {
    static final String ID = "openai";

    /** Does nothing; called by {@link java.util.ServiceLoader}. */
    public OpenAiSummarizerProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Summarizer open(ProviderContext context) {
        String endpoint = required(context, "openai.endpoint");
        try {
            URI address = URI.create(endpoint.replaceAll("/+$", "") + "/chat/completions");
            if (address.getHost() == null) {
                throw new ConfigurationException("openai.endpoint is no address: " + endpoint);
            }
            return new OpenAiSummarizer(
                    address,
                    required(context, "openai.model"),
                    context.option("openai.key").orElse(""),
                    Duration.ofMinutes(5));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("openai.endpoint is no address: " + endpoint, e);
        }
    }

    private static String required(ProviderContext context, String option) {
        return context.option(option)
                .orElseThrow(
                        () -> new ConfigurationException("The summarizer " + ID + " needs the option " + option + "."));
    }
}
