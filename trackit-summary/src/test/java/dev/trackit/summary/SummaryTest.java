package dev.trackit.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.Outline;
import dev.trackit.api.Outline.Fate;
import dev.trackit.api.Outline.Role;
import dev.trackit.api.Summary;
import dev.trackit.api.Summary.Claim;
import dev.trackit.api.Summary.Part;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T10:00:00Z"), ZoneOffset.UTC);

    private static final Outline OUTLINE = Outline.builder("titanic.ipynb", "the whole history")
            .between(Instant.parse("2026-01-01T09:00:00Z"), Instant.parse("2026-01-01T09:30:00Z"))
            .datasets(List.of(
                    new Outline.Dataset("raw.csv", Role.SOURCE, "", List.of()),
                    new Outline.Dataset("df", Role.RESULT, "891 rows × 12 columns", List.of("age", "fare")),
                    new Outline.Dataset("train.csv", Role.SINK, "", List.of())))
            .steps(List.of(
                    Outline.Step.builder("p1", Fate.PROSE, "We fill ages.").build(),
                    step(
                            "s2",
                            Fate.KEPT,
                            "loading",
                            "read raw.csv into df (pandas.read_csv: \"raw.csv\")",
                            "raw.csv",
                            "df"),
                    step(
                            "s3",
                            Fate.SUPERSEDED,
                            "cleaning",
                            "filled missing values of df[\"age\"] (Series.fillna: 0)",
                            "df",
                            "df"),
                    step(
                            "s4",
                            Fate.KEPT,
                            "cleaning",
                            "filled missing values of df[\"age\"] (Series.fillna: 29.5)",
                            "df",
                            "df"),
                    step("s5", Fate.FAILED, "feature engineering", "computed x (DataFrame.assign)", "df", "x"),
                    step(
                            "s6",
                            Fate.DEAD_END,
                            "feature engineering",
                            "sorted df into top (DataFrame.sort_values)",
                            "df",
                            "top"),
                    step("s7", Fate.KEPT, "saving", "wrote df to train.csv (DataFrame.to_csv)", "df", "train.csv")))
            .unknowns(List.of("The agent was not running from 09:10 to 09:12."))
            .build();

    private static final Outline MODELLED = Outline.builder("titanic.ipynb", "the whole history")
            .between(Instant.parse("2026-01-01T09:00:00Z"), Instant.parse("2026-01-01T09:30:00Z"))
            .datasets(List.of(
                    new Outline.Dataset("df", Role.RESULT, "12000 rows × 3 columns", List.of("age", "average"))))
            .steps(List.of(
                    Outline.Step.builder("s2", Fate.KEPT, "filled missing values of df[\"age\"] (Series.fillna: 29.5)")
                            .execution(2)
                            .build(),
                    Outline.Step.builder("s3", Fate.KEPT, "fitted model (LogisticRegression.fit)")
                            .execution(3)
                            .facts(List.of("printed: accuracy 0.8234"))
                            .build()))
            .build();

    @Test
    void offlineSummaryTellsEachKeptStepAndKeepsDeadEndsApart() {
        Summary summary = Summaries.offline(OUTLINE, CLOCK);
        assertThat(summary.part(Part.PREPROCESSING))
                .extracting(Claim::steps)
                .containsExactly(List.of("s2"), List.of("s4"));
        assertThat(summary.part(Part.TRANSFORMATIONS)).extracting(Claim::steps).containsExactly(List.of("s7"));
        assertThat(summary.part(Part.RATIONALE))
                .extracting(Claim::steps)
                .containsExactly(List.of("p1"), List.of("s3"), List.of("s5"), List.of("s6"));
        assertThat(summary.part(Part.OPEN_QUESTIONS))
                .extracting(Claim::text)
                .containsExactly("The agent was not running from 09:10 to 09:12.");
        assertThat(summary.part(Part.NARRATIVE).get(0).text()).isEqualTo("The work begins with raw.csv.");
        assertThat(SummaryScore.of(summary, OUTLINE).coverage()).isEqualTo(1);
    }

    @Test
    void offlineSummarySaysNothingUnsupportedAndIsTheSameEachTime() {
        Summary summary = Summaries.offline(OUTLINE, CLOCK);
        assertThat(summary.parts().values()).allSatisfy(claims -> assertThat(claims)
                .allSatisfy(c -> assertThat(c.problems()).isEmpty()));
        assertThat(Summaries.offline(OUTLINE, CLOCK)).isEqualTo(summary);
    }

    @Test
    void outlineWithoutStepsIsToldAsSuch() {
        Summary summary = Summaries.offline(Outline.builder("x", "all").build(), CLOCK);
        assertThat(summary.part(Part.NARRATIVE))
                .extracting(Claim::text)
                .singleElement()
                .asString()
                .startsWith("Nothing was done");
        assertThat(summary.unsupported()).isZero();
    }

    @Test
    void whatTheOutlineDoesNotHoldIsMarked() {
        assertThat(problems("df was read from raw.csv.", "s2")).isEmpty();
        assertThat(problems("df was read from raw.csv.", "s99"))
                .containsExactly("cites the step s99, which does not exist");
        assertThat(problems("df was read.")).containsExactly("cites no step");
        assertThat(problems("The `cabin` column was dropped.", "s2"))
                .containsExactly("names \"cabin\", which is not in the outline");
        assertThat(problems("Ages were filled with 31.", "s4"))
                .containsExactly("gives the number 31, which is not in the outline");
        assertThat(problems("Ages were filled with 29.50.", "s4")).isEmpty();
        assertThat(problems("It calls drop_duplicates and df.pivot().", "s4")).hasSize(2);
        assertThat(problems("It has 891 rows and three steps.", "s4")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "The model reached 0.91.",
                "The model reached 8.24 %.",
                "The model reached 0.82.",
                "The median was 29 years.",
                "Ages were filled with 7.",
                "It holds 13k rows.",
                "It ran at 09:45.",
                "It was done in execution #77.",
                "It was fitted with a GradientBoostingClassifier.",
                "The column Cabin was dropped.",
                "The Cabin column was dropped.",
                "The column `ag` was filled.",
                "It wrote result.csv.",
                "It calls normalise_all().",
            })
    void whatIsInventedIsMarked(String text) {
        assertThat(problems(MODELLED, text)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "The model reached 0.8234.",
                "The model reached 82.34 %.",
                "The model reached about 0.82.",
                "The model reached about 82 percent.",
                "The data has 12000 rows, or 12,000.",
                "The data has 12k rows.",
                "Ages were filled with 29.5, also written 29.50.",
                "It began on 2026-01-01 at 09:00.",
                "It was done in execution #2.",
                "2 steps failed and 3 columns were looked at.",
                "The column age and the `Age` column of the DataFrame were filled.",
                "The target column was chosen, and the LogisticRegression was fitted.",
                "It calls fillna() on df[\"age\"].",
            })
    void whatStandsInTheOutlineIsNot(String text) {
        assertThat(problems(MODELLED, text)).isEmpty();
    }

    /** Code of several strings, cut in the middle of one: what stands between two of them is no name. */
    @Test
    void stringsOfShownCodeAreNotTakenForNames() {
        Outline outline = Outline.builder("x", "all")
                .steps(List.of(
                        Outline.Step.builder("s1", Fate.KEPT, "set a = [(\"Atlanta\", 1), (\"Sacr…")
                                .build(),
                        Outline.Step.builder("s2", Fate.KEPT, "set b = \"INSERT\"")
                                .build()))
                .build();
        assertThat(Summaries.offline(outline, CLOCK).unsupported()).isZero();
    }

    @Test
    void codeThatNobodyUnderstandsIsSaidToBeSo() {
        Outline outline = Outline.builder("penguins.ipynb", "the whole history")
                .steps(List.of(
                        Outline.Step.builder("s1", Fate.UNKNOWN, "ran library(dplyr)")
                                .execution(1)
                                .build(),
                        Outline.Step.builder("s2", Fate.UNKNOWN, "ran df <- read.csv(\"penguins.csv\")")
                                .execution(2)
                                .build()))
                .build();
        Summary summary = Summaries.offline(outline, CLOCK);
        assertThat(summary.part(Part.NARRATIVE))
                .containsExactly(Claim.of(
                        "2 executions hold code that is not understood here, so what was done to data in them is not known: "
                                + "ran library(dplyr); ran df <- read.csv(\"penguins.csv\").",
                        List.of("s1", "s2")));
        assertThat(summary.unsupported()).isZero();
    }

    @Test
    void summaryIsKeptAsARecordAndReadBack() {
        Summary summary = new Summary(
                Map.of(Part.NARRATIVE, List.of(new Claim("a", List.of("s1"), List.of("cites no step")))),
                new Summary.Provenance(
                        "bedrock",
                        "m",
                        "1",
                        Digest.ofText("x"),
                        CLOCK.instant(),
                        new Summary.Usage(2, 10, 20, Duration.ofMillis(30), 0.5),
                        List.of("n")));
        LineageRecord record = SummaryCodec.record(summary, "all", CLOCK.instant());
        assertThat(SummaryCodec.summary(record)).contains(summary);
        assertThat(SummaryCodec.summary(LineageRecord.of("summary", CLOCK.instant(), Map.of("parts", 1))))
                .isEmpty();
    }

    @Test
    void scoreNamesWhatWasMissed() {
        Summary summary = new Summary(
                Map.of(
                        Part.NARRATIVE,
                        List.of(Claim.of("df was read", List.of("s2")), new Claim("x", List.of(), List.of("p")))),
                Summaries.offline(OUTLINE, CLOCK).provenance());
        SummaryScore score = SummaryScore.of(summary, OUTLINE);
        assertThat(score.missed()).containsExactly("s4", "s7");
        assertThat(score.coverage()).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(score.supported()).isEqualTo(0.5);
    }

    /** The example of the paper's section 3.1: "police killed the gunman" against "police kill the gunman" shares three of four words. */
    @Test
    void rougeLIsTheLongestCommonSubsequence() {
        assertThat(SummaryScore.rougeL("police kill the gunman", "police killed the gunman"))
                .isCloseTo(0.75, within(1e-9));
        assertThat(SummaryScore.rougeL("", "")).isEqualTo(1);
        assertThat(SummaryScore.rougeL("a", "")).isZero();
    }

    @Test
    void documentsEscapeWhatComesFromTheNotebook() {
        Outline hostile = Outline.builder("<script>alert(1)</script>.ipynb", "all")
                .steps(List.of(
                        step("s1", Fate.KEPT, "loading", "read | <img src=x onerror=alert(1)> **bold**", "a", "b")))
                .build();
        SummaryDocument document = new SummaryDocument(hostile, Summaries.offline(hostile, CLOCK));
        assertThat(document.html()).doesNotContain("<script>", "<img").contains("&lt;script&gt;");
        assertThat(document.markdown())
                .doesNotContain("**bold**", "<img", "| <")
                .contains("\\*\\*bold\\*\\*");
    }

    @Test
    void documentHoldsAllThatAnAuditorAsksFor() {
        SummaryDocument document = new SummaryDocument(OUTLINE, Summaries.offline(OUTLINE, CLOCK));
        for (String text : List.of(document.markdown(), document.html())) {
            assertThat(text)
                    .contains(
                            "titanic.ipynb",
                            "2026-01-01 09:00 UTC",
                            "891 rows × 12 columns",
                            "train.csv",
                            "s7",
                            "by rules, without a model")
                    .contains("Open questions", "Steps", "Where this comes from", "nothing unsupported was found");
        }
        assertThat(document.text()).contains("What happened", "* Failed:");
    }

    private static List<String> problems(Outline outline, String text) {
        Summary summary = new Summary(
                Map.of(Part.NARRATIVE, List.of(Claim.of(text, List.of("s2")))),
                Summaries.offline(outline, CLOCK).provenance());
        return new SummaryCheck(outline)
                .check(summary)
                .part(Part.NARRATIVE)
                .get(0)
                .problems();
    }

    private static List<String> problems(String text, String... steps) {
        Summary summary = new Summary(
                Map.of(Part.NARRATIVE, List.of(Claim.of(text, List.of(steps)))),
                Summaries.offline(OUTLINE, CLOCK).provenance());
        return new SummaryCheck(OUTLINE)
                .check(summary)
                .part(Part.NARRATIVE)
                .get(0)
                .problems();
    }

    private static Outline.Step step(String id, Fate fate, String activity, String text, String input, String output) {
        return Outline.Step.builder(id, fate, text)
                .activity(activity)
                .execution(Long.parseLong(id.substring(1)))
                .inputs(List.of(input))
                .outputs(List.of(output))
                .build();
    }
}
