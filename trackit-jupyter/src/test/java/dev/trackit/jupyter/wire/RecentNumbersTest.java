package dev.trackit.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentNumbersTest {
    private static final int LEAST = 1_000;
    private static final int NUMBERS = 20_000;

    @Test
    void theLastNumbersAreKnownAndThoseOfLongAgoAreNot() {
        RecentNumbers recent = new RecentNumbers(LEAST);
        long[] numbers = new Random(3).longs(NUMBERS).toArray();
        for (int i = 0; i < NUMBERS; i++) {
            assertThat(recent.add(numbers[i])).isTrue();
            assertThat(recent.add(numbers[Math.max(0, i - LEAST + 1)])).isFalse();
        }
        assertThat(recent.add(numbers[0])).isTrue();
    }

    @Test
    void numbersWithTheSamePlaceAreToldApart() {
        RecentNumbers recent = new RecentNumbers(LEAST);
        for (long i = 1; i < 100; i++) {
            assertThat(recent.add(i << 40 | 5)).isTrue();
        }
        for (long i = 1; i < 100; i++) {
            assertThat(recent.add(i << 40 | 5)).isFalse();
        }
    }
}
