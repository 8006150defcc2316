package dev.trackit.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsSetupTest {
    @TempDir
    Path folder;

    @AfterEach
    void clear() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void regionAndCredentialsAreEnough() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        assertThat(problem("bedrock.region", "us-east-1")).isEmpty();
    }

    @Test
    void profileThatDoesNotExistIsNamed() {
        assertThat(problem("bedrock.profile", "no-such-profile"))
                .hasValueSatisfying(text -> assertThat(text).contains("no-such-profile", "~/.aws"));
    }

    private Optional<String> problem(String name, String value) {
        return AwsSetup.problem(BedrockOptions.of(ProviderContext.builder(folder, folder.resolve(".trackit"))
                .option(name, value)
                .build()));
    }
}
