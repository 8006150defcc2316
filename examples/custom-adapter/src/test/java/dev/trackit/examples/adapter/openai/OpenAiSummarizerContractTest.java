package dev.trackit.examples.adapter.openai;

import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.SummarizerProvider;
import dev.trackit.testkit.SummarizerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

// region test
class OpenAiSummarizerContractTest extends SummarizerContract {
    private final FakeChatServer server = start();

    @Override
    protected SummarizerProvider provider() {
        return new OpenAiSummarizerProvider();
    }

    @Override
    protected ProviderContext.Builder context(ProviderContext.Builder context) {
        return context.option("openai.endpoint", server.address()).option("openai.model", "small");
    }

    @Override
    protected Optional<Destination> destination() {
        return Optional.of(server);
    }
    // endregion

    @AfterEach
    void stop() {
        server.close();
    }

    private static FakeChatServer start() {
        try {
            return new FakeChatServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
