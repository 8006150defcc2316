package dev.trackit.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.ConfigurationException;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.SummarizerProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class BedrockOptionsTest {

    @Test
    void defaultsFitTheDefaultModelsContext() {
        BedrockOptions options = options();
        assertThat(options.model()).isEqualTo("meta.llama3-70b-instruct-v1:0");
        assertThat(options.inputTokens() + options.maxTokens()).isLessThan(8_192);
        assertThat(options.temperature()).isZero();
    }

    @Test
    void modelOfAnInferenceProfileIsRecognised() {
        assertThat(options("bedrock.model", "us.meta.llama3-3-70b-instruct-v1:0")
                        .facts()
                        .contextTokens())
                .isEqualTo(128_000);
        assertThat(options("bedrock.model", "brand.new-model").facts().cost(1, 1))
                .isNull();
        assertThat(options("bedrock.model", "brand.new-model", "bedrock.input-price", "1", "bedrock.output-price", "2")
                        .facts()
                        .cost(1_000_000, 1_000_000))
                .isEqualTo(3);
    }

    @Test
    void wrongOptionsAreNamedWithWhatIsExpected() {
        assertThatThrownBy(() -> options("bedrock.temperature", "hot"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Option bedrock.temperature is \"hot\"; expected a number from 0 to 1.");
        assertThatThrownBy(() -> options("bedrock.endpoint", "localhost:80"))
                .hasMessageContaining("expected an http or https address");
        assertThatThrownBy(() -> options("bedrock.endpoint", "https://ann:hunter2@proxy.example.org"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("bedrock.endpoint")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> options("bedrock.modell", "x"))
                .hasMessageContaining("Unknown option bedrock.modell")
                .hasMessageContaining("bedrock.model");
    }

    @Test
    void providerIsFoundAndOpeningItDoesNothing() {
        SummarizerProvider provider =
                ServiceLoader.load(SummarizerProvider.class).iterator().next();
        assertThat(provider.id()).isEqualTo("bedrock");
        try (var summarizer = provider.open(
                ProviderContext.builder(Path.of("."), Path.of(".trackit")).build())) {
            assertThat(summarizer.remote()).isTrue();
        }
    }

    private static BedrockOptions options(String... options) {
        ProviderContext.Builder context = ProviderContext.builder(Path.of("."), Path.of(".trackit"));
        for (int i = 0; i < options.length; i += 2) {
            context.option(options[i], options[i + 1]);
        }
        return BedrockOptions.of(context.build());
    }
}
