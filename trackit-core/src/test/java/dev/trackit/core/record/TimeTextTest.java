package dev.trackit.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
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
        assertThat(TimeText.read(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-02T08:00:00.1Z",
                "2026-03-02T08:00:00.12345Z",
                "2026-03-02T08:00:00.Z",
                "2026-03-02T24:00:00Z",
                "2026-03-02T23:59:60Z",
                "2026-03-02T23:60:00Z",
                "2026-02-29T08:00:00Z",
                "2026-13-01T08:00:00Z",
                "2026-00-01T08:00:00Z",
                "2026-03-02t08:00:00z",
                "2026-03-02T08:00:00+01:00",
                "2026-03-02T08:00:00.1234567890Z",
                "2026-03-02T08:00Z",
                "2026-03-02 08:00:00Z",
                "2026-03-02T08:0x:00Z",
                "Z",
                "soon"
            })
    void whatElseMayStandThereIsReadOrRefusedAsThePlatformDoes(String text) {
        Instant expected;
        try {
            expected = Instant.parse(text);
        } catch (DateTimeException e) {
            assertThatThrownBy(() -> TimeText.read(text)).isInstanceOf(DateTimeException.class);
            return;
        }
        assertThat(TimeText.read(text)).isEqualTo(expected);
    }

    @Test
    void anyTimeIsWrittenAsThePlatformWritesIt() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            int unit = new int[] {1, 1_000, 1_000_000, 1_000_000_000}[i % 4];
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-99_000_000_000L, 400_000_000_000L), random.nextInt(1_000_000_000) / unit * unit);
            assertThat(TimeText.of(time)).isEqualTo(time.toString());
            assertThat(TimeText.read(time.toString())).isEqualTo(time);
        }
    }
}
