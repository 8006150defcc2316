package dev.trackit.benchmarks.process;

import java.util.Locale;

/**
 * What was measured of one workload.
 *
 * @param plainSeconds the median time of a cell without the agent
 * @param ratios for each block, the time with the agent to that without
 * @param controls for each block, the time without the agent to another without
 * @param ratio the median of the ratios
 * @param control the median of the controls
 * @param cpuSeconds the agent's own processor time for each cell: the median of the rounds
 * @param residentMegabytes the agent's largest memory
 * @param heapMegabytes of its heap, what was in use after a collection
 */
record WorkloadReport(
        Workload workload,
        double plainSeconds,
        double[] ratios,
        double[] controls,
        Interval ratio,
        Interval control,
        double cpuSeconds,
        double residentMegabytes,
        double heapMegabytes) {

    String sentence() {
        return String.format(
                Locale.ROOT,
                "with the agent %.4f [%.4f, %.4f] times as long (target below %.3f); nothing against nothing %.4f [%.4f, %.4f]",
                ratio.median(),
                ratio.low(),
                ratio.high(),
                1 + workload.targetPercent() / 100,
                control.median(),
                control.low(),
                control.high());
    }
}
