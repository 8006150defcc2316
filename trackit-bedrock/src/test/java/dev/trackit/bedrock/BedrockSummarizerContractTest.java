package dev.trackit.bedrock;

import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.SummarizerProvider;
import dev.trackit.testkit.SummarizerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The contract of summarizers, against {@link FakeBedrock}. */
class BedrockSummarizerContractTest extends SummarizerContract {
    private static final String GOOD = """
            {"narrative": [{"text": "raw.csv was loaded into df.", "steps": ["s1"]}],
             "preprocessing": [], "transformations": [], "rationale": [], "open_questions": []}""";

    private final FakeBedrock bedrock;

    BedrockSummarizerContractTest() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        try {
            bedrock = new FakeBedrock().otherwise(FakeBedrock.answering(request -> GOOD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        bedrock.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Override
    protected SummarizerProvider provider() {
        return new BedrockSummarizerProvider();
    }

    @Override
    protected ProviderContext.Builder context(ProviderContext.Builder context) {
        return context.option("bedrock.endpoint", bedrock.address()).option("bedrock.region", "us-east-1");
    }

    @Override
    protected Optional<Destination> destination() {
        return Optional.of(new Destination() {
            @Override
            public List<String> received() {
                return bedrock.requests().stream()
                        .map(request -> request.system() + "\n\n" + request.user())
                        .toList();
            }

            @Override
            public void fail() {
                bedrock.otherwise(FakeBedrock.refusing(403, "AccessDeniedException", "no access"));
            }

            @Override
            public void hang() {
                bedrock.otherwise((exchange, request) -> {
                    try {
                        Thread.currentThread().join(60_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        });
    }
}
