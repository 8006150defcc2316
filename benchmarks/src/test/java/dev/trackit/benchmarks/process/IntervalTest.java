package dev.trackit.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Interval.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
        assertThat(Interval.median(new double[] {9, 1, 2})).isEqualTo(2);
    }

    @Test
    void theIntervalHoldsTheMedianAndIsTheSameEachTime() {
        double[] figures = new Random(3).doubles(31, 0.98, 1.04).toArray();
        Interval interval = Interval.of(figures);
        assertThat(interval.low()).isLessThanOrEqualTo(interval.median());
        assertThat(interval.high()).isGreaterThanOrEqualTo(interval.median());
        assertThat(Interval.of(figures)).isEqualTo(interval);
    }

    @Test
    void inNineteenOfTwentySamplesTheIntervalHoldsTheTrueMedian() {
        Random random = new Random(11);
        int held = 0;
        for (int sample = 0; sample < 100; sample++) {
            double[] figures = random.doubles(25, 0.9, 1.1).toArray();
            Interval interval = Interval.of(figures);
            held += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
        }
        assertThat(held).isBetween(88, 100);
    }

    @Test
    void nothingHasNoInterval() {
        assertThatIllegalArgumentException().isThrownBy(() -> Interval.of(new double[0]));
    }
}
