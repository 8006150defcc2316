package dev.trackit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model: how much it can read at once, and what it costs. Kept as data in {@code models.json}.
 *
 * @param contextTokens input and output together; 8192 for a model that is not known
 * @param inputPrice US dollars per million tokens; null if not known
 * @param outputPrice US dollars per million tokens; null if not known
 */
record ModelFacts(
        int contextTokens,
        @Nullable Double inputPrice,
        @Nullable Double outputPrice) {
    private static final int CAUTIOUS_CONTEXT = 8_192;

    static ModelFacts of(String model) {
        try (InputStream in = ModelFacts.class.getResourceAsStream("models.json")) {
            if (in == null) {
                throw new IllegalStateException("models.json is missing beside " + ModelFacts.class.getName());
            }
            for (JsonNode entry : new ObjectMapper().readTree(in).path("models")) {
                if (model.contains(entry.path("id").asText())) {
                    return new ModelFacts(
                            entry.path("context").asInt(CAUTIOUS_CONTEXT),
                            price(entry.path("input")),
                            price(entry.path("output")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("models.json cannot be read", e);
        }
        return new ModelFacts(CAUTIOUS_CONTEXT, null, null);
    }

    ModelFacts withPrices(OptionalDouble input, OptionalDouble output) {
        return new ModelFacts(
                contextTokens,
                input.isPresent() ? (Double) input.getAsDouble() : inputPrice,
                output.isPresent() ? (Double) output.getAsDouble() : outputPrice);
    }

    /** An estimate in US dollars; null if a price is not known. */
    @Nullable
    Double cost(long inputTokens, long outputTokens) {
        return inputPrice == null || outputPrice == null
                ? null
                : (inputTokens * inputPrice + outputTokens * outputPrice) / 1_000_000;
    }

    private static @Nullable Double price(JsonNode node) {
        return node.isNumber() ? node.asDouble() : null;
    }
}
