package dev.trackit.runner.summary;

import dev.trackit.api.Summary;
import dev.trackit.core.summary.SummaryScore;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trackit eval}: how good a summary is. */
@Command(
        name = "eval",
        sortOptions = false,
        description =
                "Score a summary: the share of the steps that matter which it tells, the share of its statements that the outline "
                        + "supports, and its likeness (ROUGE-L) to a reference text.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  trackit eval titanic",
            "  trackit eval titanic --summarizer bedrock --reference written-by-hand.txt --json",
        })
public final class EvalCommand extends RunnerCommand {
    @Parameters(index = "0", paramLabel = "NOTEBOOK", description = "A recorded notebook, or an .ipynb file.")
    private String notebook = "";

    @Mixin
    private SummaryArguments arguments = new SummaryArguments();

    @Option(names = "--reference", paramLabel = "FILE", description = "A text to compare with.")
    private @Nullable String reference;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    /** Called by the table of commands. */
    public EvalCommand() {}

    @Override
    protected int run() throws IOException {
        try (SummaryMaker maker = arguments.open(program(), notebook)) {
            Summary summary = maker.make(false, text -> {}, Thread.currentThread()::isInterrupted)
                    .summary();
            SummaryScore score = SummaryScore.of(summary, maker.material().outline());
            if (reference != null) {
                score = score.against(summary, Files.readString(environment().resolve(reference)));
            }
            print(score);
        }
        return ExitCodes.FINE;
    }

    private void print(SummaryScore score) {
        if (json) {
            console().json(g -> SummaryJson.score(g, score));
            return;
        }
        console().line(String.format(Locale.ROOT, "Steps that matter and are told   %5.1f %%", score.coverage() * 100));
        console()
                .line(String.format(
                        Locale.ROOT,
                        "Statements that are supported    %5.1f %% of %d",
                        score.supported() * 100,
                        score.claims()));
        score.rougeL().ifPresent(r -> console()
                .line(String.format(Locale.ROOT, "ROUGE-L against the reference    %5.3f", r)));
        if (!score.missed().isEmpty()) {
            console().line("Not told: " + TerminalText.line(String.join(", ", score.missed())));
        }
    }
}
