package dev.trackit.runner.read;

import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Moments;
import dev.trackit.runner.cli.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which {@code ls}, {@code log} and {@code summary} are narrowed. A picocli mixin. */
public final class FilterOptions {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Executed from then on: 2026-03-01, 14:30, today, 2h (two hours ago).")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Executed before then.")
    private @Nullable String until;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "With this tag: in the cell's metadata, or given with trackit tag. Several: any of them.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--min-cells", paramLabel = "N", description = "Only notebooks with at least N cells.")
    private int minCells;

    @Option(names = "--max-cells", paramLabel = "N", description = "Only notebooks with at most N cells.")
    private int maxCells = Integer.MAX_VALUE;

    /** Filled by picocli. */
    public FilterOptions() {}

    /**
     * The filter.
     *
     * @throws Failure with {@link ExitCodes#USAGE} if a value is wrong
     */
    public RecordFilter read(Environment environment) {
        if (minCells < 0 || maxCells < minCells) {
            throw Failure.of(
                    ExitCodes.USAGE,
                    "--min-cells and --max-cells need numbers from 0, the second not below the first.");
        }
        Instant now = environment.clock().instant();
        TimeWindow time = new TimeWindow(
                since == null ? null : Moments.parse("--since", since, now, environment.zone()),
                until == null ? null : Moments.parse("--until", until, now, environment.zone()));
        return new RecordFilter(time, tags, minCells, maxCells);
    }
}
