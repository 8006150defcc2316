package dev.trackit.runner.summary;

import dev.trackit.api.Judgement;
import dev.trackit.api.Summary;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.RunnerCommand;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.spi.SummaryPlan;
import dev.trackit.summary.SummaryScore;
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
            "  trackit eval titanic --judge bedrock -O bedrock.region=us-east-1",
            "  trackit eval titanic --judge bedrock --dry-run    what would be sent, without sending",
        })
public final class EvalCommand extends RunnerCommand {
    @Parameters(index = "0", paramLabel = "NOTEBOOK", description = "A recorded notebook, or an .ipynb file.")
    private String notebook = "";

    @Mixin
    private SummaryArguments arguments = new SummaryArguments();

    @Option(names = "--reference", paramLabel = "FILE", description = "A text to compare with.")
    private @Nullable String reference;

    @Option(
            names = "--judge",
            paramLabel = "ID",
            description =
                    "Also have a model judge it, by the summarizer of this id, such as bedrock. It is sent the redacted outline and the summary.")
    private @Nullable String judge;

    @Option(
            names = "--dry-run",
            description =
                    "With --judge: only show exactly what would be sent to the judge, and how many tokens. Nothing is sent, also for the summary: an offline "
                            + "one stands in where none is kept.")
    private boolean dryRun;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    /** Called by the table of commands. */
    public EvalCommand() {}

    @Override
    protected int run() throws IOException {
        if (dryRun && judge == null) {
            throw Failure.of(
                    ExitCodes.USAGE,
                    "Without --judge nothing is sent, and --dry-run has nothing to show.",
                    "What a summary would send: trackit summary --dry-run");
        }
        try (SummaryMaker maker = arguments.open(program(), notebook)) {
            if (dryRun && judge != null) {
                return plan(maker, judge);
            }
            Summary summary = maker.make(false, text -> {}, Thread.currentThread()::isInterrupted)
                    .summary();
            SummaryScore score = SummaryScore.of(summary, maker.material().outline());
            if (reference != null) {
                score = score.against(summary, Files.readString(environment().resolve(reference)));
            }
            Judgement judgement =
                    judge == null ? null : maker.judge(summary, judge, Thread.currentThread()::isInterrupted);
            print(score, judgement);
        }
        return ExitCodes.FINE;
    }

    private int plan(SummaryMaker maker, String judge) {
        SummaryPlan plan = maker.judgementPlan(maker.kept().orElseGet(maker::offline), judge);
        if (json) {
            console().json(g -> SummaryJson.plan(g, plan));
        } else {
            PlanText.print(console(), plan, judge);
        }
        return ExitCodes.FINE;
    }

    private void print(SummaryScore score, @Nullable Judgement judgement) {
        if (json) {
            console().json(g -> SummaryJson.score(g, score, judgement));
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
        if (judgement != null) {
            print(judgement);
        }
    }

    private void print(Judgement judgement) {
        String model = judgement.provenance().model();
        console()
                .line("In the opinion of "
                        + TerminalText.line(judgement.provenance().summarizer())
                        + (model.isEmpty() ? "" : " (" + TerminalText.line(model) + ")") + ":");
        for (Judgement.Verdict verdict : judgement.verdicts()) {
            String steps = verdict.steps().isEmpty() ? "" : " [" + String.join(", ", verdict.steps()) + "]";
            console()
                    .line(String.format(
                            Locale.ROOT,
                            "  %-9s %d of %d  %s",
                            verdict.criterion().name().toLowerCase(Locale.ROOT),
                            verdict.points(),
                            Judgement.Verdict.MOST,
                            TerminalText.line(verdict.reason() + steps)));
        }
    }
}
