package dev.trackit.benchmarks.process;

import java.util.Arrays;
import java.util.Random;

/**
 * The median of some figures, and the interval in which it lies with a confidence of 95 %, by the percentile bootstrap with a fixed seed.
 *
 * @param median the median of the figures
 * @param low the interval's lower end
 * @param high its upper end
 * @param count how many figures there were
 */
public record Interval(double median, double low, double high, int count) {
    private static final int RESAMPLES = 10_000;

    /** The interval of these figures. @throws IllegalArgumentException if there are none */
    public static Interval of(double[] figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("An interval needs figures");
        }
        Random random = new Random(7);
        double[] medians = new double[RESAMPLES];
        double[] sample = new double[figures.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int k = 0; k < sample.length; k++) {
                sample[k] = figures[random.nextInt(figures.length)];
            }
            medians[i] = median(sample);
        }
        return between(figures, medians);
    }

    /**
     * The interval of figures that were taken in rounds, in each of which they have something in common: rounds are drawn first, then figures of each.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Interval ofRounds(double[][] rounds) {
        double[] all = Arrays.stream(rounds).flatMapToDouble(Arrays::stream).toArray();
        if (all.length == 0) {
            throw new IllegalArgumentException("An interval needs figures");
        }
        Random random = new Random(7);
        double[] medians = new double[RESAMPLES];
        double[] sample = new double[all.length];
        for (int i = 0; i < RESAMPLES; i++) {
            int at = 0;
            while (at < sample.length) {
                double[] round = rounds[random.nextInt(rounds.length)];
                for (int k = 0; k < round.length && at < sample.length; k++) {
                    sample[at++] = round[random.nextInt(round.length)];
                }
            }
            medians[i] = median(sample);
        }
        return between(all, medians);
    }

    private static Interval between(double[] figures, double[] medians) {
        Arrays.sort(medians);
        return new Interval(
                median(figures),
                medians[(int) (0.025 * RESAMPLES)],
                medians[(int) (0.975 * RESAMPLES)],
                figures.length);
    }

    /** The median of figures, which stay as they are. */
    public static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
