package dev.trackit.bedrock;

import dev.trackit.api.ConfigurationException;
import dev.trackit.spi.ProviderContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The options of the Bedrock summarizer, each with its default. An option that is not known, or has a bad value, is an error that
 * names it.
 */
final class BedrockOptions {
    static final String DEFAULT_MODEL = "meta.llama3-70b-instruct-v1:0";

    private static final String PREFIX = "bedrock.";
    private static final List<String> NAMES = List.of(
            "model",
            "region",
            "endpoint",
            "profile",
            "temperature",
            "max-tokens",
            "input-tokens",
            "parallel",
            "timeout-seconds",
            "input-price",
            "output-price");

    private final String model;
    private final @Nullable String region;
    private final @Nullable URI endpoint;
    private final @Nullable String profile;
    private final float temperature;
    private final int maxTokens;
    private final int inputTokens;
    private final int parallel;
    private final Duration timeout;
    private final ModelFacts facts;
    private final Path cacheFolder;

    private BedrockOptions(ProviderContext context) {
        rejectUnknown(context);
        model = context.option(PREFIX + "model").orElse(DEFAULT_MODEL);
        if (model.isBlank()) {
            throw bad("model", model, "a model id or inference profile, such as " + DEFAULT_MODEL);
        }
        region = context.option(PREFIX + "region").orElse(null);
        endpoint = context.option(PREFIX + "endpoint").map(BedrockOptions::uri).orElse(null);
        profile = context.option(PREFIX + "profile").orElse(null);
        temperature = (float) number(context, "temperature", 0, 1).orElse(0);
        ModelFacts known = ModelFacts.of(model);
        maxTokens = (int) number(context, "max-tokens", 64, 100_000).orElse(Math.min(4_000, known.contextTokens() / 4));
        inputTokens = (int) number(context, "input-tokens", 500, 1_000_000)
                .orElse(Math.min(24_000, known.contextTokens() - maxTokens - 256));
        parallel = (int) number(context, "parallel", 1, 32).orElse(3);
        timeout = Duration.ofMillis(
                (long) (number(context, "timeout-seconds", 1, 3_600).orElse(300) * 1000));
        facts = known.withPrices(number(context, "input-price", 0, 10_000), number(context, "output-price", 0, 10_000));
        cacheFolder = context.dataFolder().resolve("cache").resolve("bedrock");
    }

    /** Reads the options. @throws ConfigurationException if one is not known, or has a bad value */
    static BedrockOptions of(ProviderContext context) {
        return new BedrockOptions(context);
    }

    /** The id of a model, or of an inference profile. */
    String model() {
        return model;
    }

    /** The region, if not left to the SDK's usual chain. */
    Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** Another address than the region's own. */
    Optional<URI> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /** The profile of the AWS configuration files, if not left to the SDK's usual chain. */
    Optional<String> profile() {
        return Optional.ofNullable(profile);
    }

    /** From 0, the default, to 1. */
    float temperature() {
        return temperature;
    }

    /** The most tokens of one answer. */
    int maxTokens() {
        return maxTokens;
    }

    /** The most tokens of one request, by our estimate. */
    int inputTokens() {
        return inputTokens;
    }

    /** How many requests may be under way at once. */
    int parallel() {
        return parallel;
    }

    /** How long one request may take, all its attempts together. */
    Duration timeout() {
        return timeout;
    }

    /** What is known of the model. */
    ModelFacts facts() {
        return facts;
    }

    /** Where answers that were paid for are kept. */
    Path cacheFolder() {
        return cacheFolder;
    }

    private static void rejectUnknown(ProviderContext context) {
        List<String> unknown = new ArrayList<>();
        for (String name : context.options().keySet()) {
            if (name.startsWith(PREFIX) && !NAMES.contains(name.substring(PREFIX.length()))) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new ConfigurationException("Unknown option " + String.join(", ", unknown)
                    + ". The Bedrock summarizer knows: " + PREFIX + String.join(", " + PREFIX, NAMES) + ".");
        }
    }

    private static OptionalDouble number(ProviderContext context, String name, double least, double most) {
        Optional<String> text = context.option(PREFIX + name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        String expected = "a number from " + plain(least) + " to " + plain(most);
        try {
            double value = Double.parseDouble(text.get().trim());
            if (value >= least && value <= most) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            throw new ConfigurationException(badMessage(name, text.get(), expected), e);
        }
        throw bad(name, text.get(), expected);
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text.trim());
            if (uri.getUserInfo() != null) { // It would stand in messages and in the log.
                throw new ConfigurationException("Option " + PREFIX
                        + "endpoint holds a user name or password. Leave it out; credentials come from the environment or "
                        + PREFIX + "profile.");
            }
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new ConfigurationException(badMessage("endpoint", text, "an http or https address"), e);
        }
        throw bad("endpoint", text, "an http or https address");
    }

    private static ConfigurationException bad(String name, String value, String expected) {
        return new ConfigurationException(badMessage(name, value, expected));
    }

    private static String badMessage(String name, String value, String expected) {
        return "Option " + PREFIX + name + " is \"" + value + "\"; expected " + expected + ".";
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
