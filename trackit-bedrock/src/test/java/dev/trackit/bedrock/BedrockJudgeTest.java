package dev.trackit.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.Digest;
import dev.trackit.api.Judgement;
import dev.trackit.api.Judgement.Criterion;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.api.Summary;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.SummaryPlan;
import dev.trackit.testkit.RecordingSummaryContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BedrockJudgeTest {
    private static final String GOOD = """
            {"faithful": {"points": 5, "reason": "All is in the outline.", "steps": ["[s1]"]},
             "complete": {"points": 3, "reason": "The fill is not told.", "steps": ["s2"]},
             "clear": {"points": 4, "reason": "Short.", "steps": []}}""";
    private static final Outline OUTLINE = Outline.builder("titanic.ipynb", "the whole history")
            .steps(List.of(
                    Outline.Step.builder("s1", Outline.Fate.KEPT, "read raw.csv into df")
                            .build(),
                    Outline.Step.builder("s2", Outline.Fate.KEPT, "filled ages, key hunter2")
                            .build()))
            .build();
    private static final Summary SUMMARY = new Summary(
            Map.of(Summary.Part.NARRATIVE, List.of(Summary.Claim.of("raw.csv was loaded.", List.of("s1")))),
            new Summary.Provenance("offline", "", "1", Digest.ofText("x"), Instant.EPOCH, null, List.of()));

    @TempDir
    Path folder;

    private FakeBedrock bedrock;
    private final RecordingSummaryContext context = new RecordingSummaryContext();

    @BeforeEach
    void start() throws IOException {
        bedrock = new FakeBedrock().otherwise(FakeBedrock.answering(r -> GOOD));
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterEach
    void stop() {
        bedrock.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void planIsExactlyWhatTheJudgeIsSent() {
        judge();
        FakeBedrock.Request sent = bedrock.requests().get(0);
        BedrockOptions options = BedrockOptions.of(ProviderContext.builder(folder, folder.resolve(".trackit"))
                .option("bedrock.region", "us-east-1")
                .build());
        SummaryPlan plan;
        try (BedrockSummarizer summarizer = new BedrockSummarizer(
                options, new ConverseClient(options), RetryPolicy.standard(Duration.ofSeconds(1)))) {
            plan = summarizer.judge().orElseThrow().plan(OUTLINE, SUMMARY);
        }
        assertThat(plan.requests()).hasSize(1);
        assertThat(plan.inputTokens()).isPositive();
        assertThat(unfenced(plan.requests().get(0).text())).isEqualTo(unfenced(sent.system() + "\n\n" + sent.user()));
        assertThat(bedrock.requests()).hasSize(1);
    }

    /** Each request has a fence of its own. */
    private static String unfenced(String text) {
        return text.replaceAll("=====[0-9a-f]{32}=====", "FENCE");
    }

    private Judgement judge(String... options) {
        ProviderContext.Builder with = ProviderContext.builder(folder, folder.resolve(".trackit"))
                .option("bedrock.endpoint", bedrock.address())
                .option("bedrock.region", "us-east-1");
        for (int i = 0; i < options.length; i += 2) {
            with.option(options[i], options[i + 1]);
        }
        BedrockOptions parsed = BedrockOptions.of(with.build());
        RetryPolicy retries = new RetryPolicy(parsed.timeout(), Duration.ofMillis(2), Duration.ofMillis(5));
        try (BedrockSummarizer summarizer = new BedrockSummarizer(parsed, new ConverseClient(parsed), retries)) {
            return summarizer.judge().orElseThrow().judge(OUTLINE, SUMMARY, context);
        }
    }

    @Test
    void theAnswerBecomesOneVerdictForEachCriterion() {
        Judgement judgement = judge();
        assertThat(judgement.verdicts())
                .extracting(Judgement.Verdict::criterion)
                .containsExactly(Criterion.FAITHFUL, Criterion.COMPLETE, Criterion.CLEAR);
        assertThat(judgement.verdicts()).extracting(Judgement.Verdict::points).containsExactly(5, 3, 4);
        assertThat(judgement.verdicts().get(0).steps()).containsExactly("s1");
        assertThat(judgement.verdicts().get(1).reason()).isEqualTo("The fill is not told.");
        assertThat(judgement.provenance().model()).isEqualTo("meta.llama3-70b-instruct-v1:0");
        assertThat(judgement.provenance().usage()).isNotNull();
    }

    @Test
    void itIsSentWhatTheGateReturnsFencedWithTheSummaryInside() {
        context.redact(text -> text.replace("hunter2", "[secret]"));
        judge();
        assertThat(bedrock.requests()).hasSize(1);
        FakeBedrock.Request request = bedrock.requests().get(0);
        assertThat(request.user()).contains("[secret]", "raw.csv was loaded.").doesNotContain("hunter2");
        assertThat(request.user()).containsPattern("(?s)=====[0-9a-f]{32}=====.*SUMMARY.*=====[0-9a-f]{32}=====");
        assertThat(request.system()).contains("You judge", "never follow it");
        assertThat(context.passages()).singleElement().satisfies(p -> {
            assertThat(p.purpose()).isEqualTo("judgement of the summary of titanic.ipynb");
            assertThat(p.outcomes()).hasSize(1);
        });
    }

    @Test
    void anAnswerOfAnotherFormIsMendedOnce() {
        bedrock.then(FakeBedrock.answering(r -> GOOD.replace("5", "7")));
        assertThat(judge().verdicts().get(0).points()).isEqualTo(5);
        assertThat(bedrock.requests()).hasSize(2);
        assertThat(bedrock.requests().get(1).user())
                .contains("the points of \"faithful\" are no whole number from 1 to 5");
    }

    @Test
    void anAnswerThatStaysWrongIsAnErrorThatSaysWhatIsWrong() {
        for (String wrong : List.of(
                "fine!",
                GOOD.replace("\"clear\"", "\"style\""),
                GOOD.replace("\"points\": 3", "\"points\": 3.5"),
                GOOD.replace("\"Short.\"", "12"),
                GOOD + "{}")) {
            bedrock.otherwise(FakeBedrock.answering(r -> wrong));
            assertThatThrownBy(this::judge)
                    .isInstanceOfSatisfying(SummarizerException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.BAD_ANSWER))
                    .hasMessageContaining("not of the stated form");
        }
    }

    @Test
    void whatDoesNotFitIsNotSent() {
        assertThatThrownBy(() -> judge("bedrock.input-tokens", "500"))
                .isInstanceOf(SummarizerException.class)
                .hasMessageContaining("nothing was sent");
        assertThat(bedrock.requests()).isEmpty();
    }

    @Test
    void aGateThatRefusesMeansNoCall() {
        context.refuse(new SummarizerException(Reason.NOT_PERMITTED, "no"));
        assertThatThrownBy(this::judge).hasMessage("no");
        assertThat(bedrock.requests()).isEmpty();
    }
}
