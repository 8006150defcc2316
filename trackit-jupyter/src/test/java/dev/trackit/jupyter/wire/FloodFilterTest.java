package dev.trackit.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.jupyter.wire.FloodFilter.Change;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloodFilterTest {
    private final FloodFilter filter = new FloodFilter();

    private Change send(String topic, String content, long size, long millis) {
        return filter.onMessage(
                List.of(topic.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8)),
                size,
                millis * 1_000_000);
    }

    private void begin() {
        assertThat(send("kernel.1.status", "{\"execution_state\": \"busy\"}", 500, 0))
                .isEqualTo(Change.NONE);
    }

    @Test
    void manyBytesInASecondNarrowAndTheEndOfTheCellRestores() {
        begin();
        for (int i = 0; i < 4; i++) {
            assertThat(send("stream.stdout", "", 1 << 20, i)).isEqualTo(Change.NONE);
        }
        assertThat(send("stream.stdout", "", 1 << 20, 5)).isEqualTo(Change.NARROW);
        assertThat(send("stream.stdout", "", 1 << 20, 6)).isEqualTo(Change.NONE);
        assertThat(send("kernel.1.status", "{\"execution_state\": \"idle\"}", 500, 7))
                .isEqualTo(Change.RESTORE);
    }

    @Test
    void manyMessagesInASecondNarrow() {
        begin();
        for (int i = 0; i < FloodFilter.MESSAGES; i++) {
            assertThat(send("display_data", "", 100, 1)).isEqualTo(Change.NONE);
        }
        assertThat(send("display_data", "", 100, 1)).isEqualTo(Change.NARROW);
    }

    @Test
    void aSteadyTrickleIsNoFlood() {
        begin();
        for (int i = 0; i < 20_000; i++) {
            assertThat(send("stream.stdout", "", 100, i * 10L)).isEqualTo(Change.NONE);
        }
    }

    @Test
    void kernelsWithOtherTopicsAreNeverNarrowed() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(send("0f3a-session", "", 1 << 20, 1)).isEqualTo(Change.NONE);
        }
    }
}
