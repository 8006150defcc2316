package dev.trackit.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-02T08:00:00Z",
                "2026-03-02T08:00:00.100Z",
                "2026-03-02T08:00:00.000001Z",
                "2026-03-02T08:00:00.000000001Z",
                "2024-02-29T23:59:59.999999999Z",
                "1969-12-31T23:59:59.999Z",
                "0000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "9999-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z"
            })
    void timesAreWrittenAsThePlatformWritesThem(String text) {
        assertThat(TimeText.of(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void anyTimeIsWrittenAsThePlatformWritesIt() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            int unit = new int[] {1, 1_000, 1_000_000, 1_000_000_000}[i % 4];
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-99_000_000_000L, 400_000_000_000L), random.nextInt(1_000_000_000) / unit * unit);
            assertThat(TimeText.of(time)).isEqualTo(time.toString());
        }
    }
}
