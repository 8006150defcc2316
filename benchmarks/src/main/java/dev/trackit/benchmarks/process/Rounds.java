package dev.trackit.benchmarks.process;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** What the rounds of one workload gave. Used by one thread. */
final class Rounds {
    private final Workload.Blocks blocks;
    private final double[][][] seconds;
    private final double[] cpu;
    private final double[] resident;
    private final double[] heap;

    Rounds(int count, Workload.Blocks blocks) {
        this.blocks = blocks;
        this.seconds = new double[3][count][blocks.count()];
        this.cpu = new double[count];
        this.resident = new double[count];
        this.heap = new double[count];
    }

    Workload.Blocks blocks() {
        return blocks;
    }

    /** @param which 0: with the agent, 1 and 2: without */
    void took(int round, int block, int which, double time) {
        seconds[which][round][block] = time;
    }

    void agent(int round, double cpuSeconds, double residentMegabytes, double heapMegabytes) {
        cpu[round] = cpuSeconds;
        resident[round] = residentMegabytes;
        heap[round] = heapMegabytes;
    }

    /** A round in words. */
    String sentence(int round) {
        return String.format(
                Locale.ROOT,
                "round %d: with ÷ without %.4f, nothing ÷ nothing %.4f (medians of %d blocks of %.3f s); agent %.2f s of processor,"
                        + " %.0f MB resident, %.0f MB of heap",
                round + 1,
                Interval.median(ratios()[round]),
                Interval.median(controls()[round]),
                blocks.count(),
                Interval.median(seconds[1][round]),
                cpu[round],
                resident[round],
                heap[round]);
    }

    WorkloadReport report(Workload workload) {
        return new WorkloadReport(
                workload,
                Interval.median(DoubleStream.concat(flat(seconds[1]), flat(seconds[2]))
                                .toArray())
                        / blocks.cells(),
                flat(ratios()).toArray(),
                flat(controls()).toArray(),
                Interval.ofRounds(ratios()),
                Interval.ofRounds(controls()),
                Interval.median(cpu) / (blocks.count() * (blocks.cells() + blocks.lead())),
                DoubleStream.of(resident).max().orElse(0),
                DoubleStream.of(heap).max().orElse(0));
    }

    private double[][] ratios() {
        double[][] ratios = new double[cpu.length][blocks.count()];
        each((r, b) -> ratios[r][b] = seconds[0][r][b] / ((seconds[1][r][b] + seconds[2][r][b]) / 2));
        return ratios;
    }

    private double[][] controls() {
        double[][] controls = new double[cpu.length][blocks.count()];
        each((r, b) -> controls[r][b] = seconds[1][r][b] / seconds[2][r][b]);
        return controls;
    }

    private interface Place {
        void at(int round, int block);
    }

    private void each(Place place) {
        for (int round = 0; round < cpu.length; round++) {
            for (int block = 0; block < blocks.count(); block++) {
                place.at(round, block);
            }
        }
    }

    private static DoubleStream flat(double[][] rounds) {
        return Arrays.stream(rounds).flatMapToDouble(DoubleStream::of);
    }
}
