package dev.trackit.runner.summary;

import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.read.FilterOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose which part of a notebook's history is told. A picocli mixin. */
final class ScopeOptions {
    @Option(
            names = "--section",
            paramLabel = "HEADING",
            description = "Only the cells under this heading, or one that holds these words.")
    private @Nullable String section;

    @Option(
            names = "--experiment",
            paramLabel = "N",
            description =
                    "Only the Nth experiment: each begins where a cell is edited and run again. --experiment 0 lists them.")
    private @Nullable Integer experiment;

    @Option(names = "--last", paramLabel = "N", description = "Only the last N executions.")
    private @Nullable Integer last;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    /** Whether the user asked for the list of experiments. */
    boolean listsExperiments() {
        return experiment != null && experiment == 0;
    }

    /** What was chosen. */
    Scope read(Environment environment) {
        return new Scope(section, experiment, filter.read(environment), last);
    }
}
