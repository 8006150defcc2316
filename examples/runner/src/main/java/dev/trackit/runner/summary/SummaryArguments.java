package dev.trackit.runner.summary;

import dev.trackit.runner.cli.Program;
import dev.trackit.summary.OfflineSummarizerProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code summary} and {@code eval} are both told: which part of a notebook, and by whom. A picocli mixin. */
final class SummaryArguments {
    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Option(
            names = "--summarizer",
            paramLabel = "ID",
            description = "offline (the default), bedrock, or another that is installed.")
    private String summarizer = OfflineSummarizerProvider.ID;

    @Option(
            names = {"-O", "--option"},
            paramLabel = "NAME=VALUE",
            description = "An option of the summarizer, such as bedrock.model or bedrock.region.")
    private Map<String, String> options = new LinkedHashMap<>();

    ScopeOptions scope() {
        return scope;
    }

    String summarizer() {
        return summarizer;
    }

    Map<String, String> options() {
        return options;
    }

    /** Reads the notebook and opens the summarizer; to be closed. */
    SummaryMaker open(Program program, String notebook) {
        return SummaryMaker.open(program, notebook, scope.read(program.environment()), summarizer, options);
    }
}
