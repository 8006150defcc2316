package dev.trackit.examples.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackit.api.ConfigurationException;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.Summarizer;
import dev.trackit.testkit.RecordingSummaryContext;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiSummarizerTest {
    @TempDir
    Path folder;

    private FakeChatServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeChatServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersOfTheServiceHaveTheirReasons() {
        assertThat(failure(server.answering(401))).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(failure(server.answering(404))).isEqualTo(Reason.MODEL_GONE);
        assertThat(failure(server.answering(429))).isEqualTo(Reason.THROTTLED);
        assertThat(failure(server.answering(503))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure(server.answering(200).saying("all good"))).isEqualTo(Reason.BAD_ANSWER);
        assertThat(failure(server.saying("{}"))).isEqualTo(Reason.BAD_ANSWER);
    }

    @Test
    void missingOptionIsNamed() {
        ProviderContext context = ProviderContext.builder(folder, folder).build();
        assertThatThrownBy(() -> new OpenAiSummarizerProvider().open(context))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("openai.endpoint");
    }

    private Reason failure(FakeChatServer of) {
        ProviderContext context = ProviderContext.builder(folder, folder)
                .option("openai.endpoint", of.address())
                .option("openai.model", "small")
                .build();
        try (Summarizer summarizer = new OpenAiSummarizerProvider().open(context)) {
            Outline outline = Outline.builder("a.ipynb", "all").build();
            SummarizerException thrown = catchThrowableOfType(
                    SummarizerException.class, () -> summarizer.summarize(outline, new RecordingSummaryContext()));
            return thrown.reason();
        }
    }
}
