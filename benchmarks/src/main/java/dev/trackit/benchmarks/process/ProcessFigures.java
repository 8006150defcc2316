package dev.trackit.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the system says of a process, on Linux.
 *
 * @param cpuSeconds processor time since its start, of all its threads
 * @param residentMegabytes memory that it holds now
 */
public record ProcessFigures(double cpuSeconds, double residentMegabytes) {
    /** Ticks per second in {@code /proc}: 100 on every Linux in use. */
    private static final double TICKS = 100;

    private static final double PAGE_MEGABYTES = 4096 / 1e6;

    /** The figures of this process now. */
    public static ProcessFigures of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
        return new ProcessFigures(cpu, Long.parseLong(fields[21]) * PAGE_MEGABYTES);
    }
}
