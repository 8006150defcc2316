package dev.trackit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.Digest;
import dev.trackit.api.Judgement;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.api.Summary;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an adapter gets that says no more than it must. */
class DefaultsTest {
    private static final Outline OUTLINE = Outline.builder("a.ipynb", "all").build();
    private static final Summary SUMMARY = new Summary(
            Map.of(), new Summary.Provenance("x", "", "", Digest.ofText("a"), Instant.EPOCH, null, List.of()));

    @Test
    void summarizerWorksOnThisMachineSendsNothingAndCannotJudge() {
        Summarizer summarizer = (outline, context) -> SUMMARY;
        assertThat(summarizer.remote()).isFalse();
        assertThat(summarizer.plan(OUTLINE)).isEqualTo(SummaryPlan.local());
        assertThat(summarizer.judge()).isEmpty();
        assertThat(summarizer.problem()).isEmpty();
        assertThat(summarizer.stillStands(SUMMARY.provenance())).isTrue();
        assertThatCode(summarizer::close).doesNotThrowAnyException();
        SummaryJudge judge = (outline, summary, context) -> new Judgement(List.of(), SUMMARY.provenance());
        assertThat(judge.plan(OUTLINE, SUMMARY).requests()).isEmpty();
    }

    @Test
    void contextGivesOptionsInTheirOrderAndShowsNoValue() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        ProviderContext context = ProviderContext.builder(Path.of("work"), Path.of("work/.trackit"))
                .clock(clock)
                .option("mine.z", "hunter2")
                .option("mine.a", "2")
                .build();
        assertThat(context.options().keySet()).containsExactly("mine.z", "mine.a");
        assertThat(context.option("mine.a")).contains("2");
        assertThat(context.option("mine.b")).isEmpty();
        assertThat(context.clock()).isSameAs(clock);
        assertThat(context.toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> context.options().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void reasonsOfASummarizerSayWhetherAskingAgainCanHelp() {
        for (Reason reason : List.of(Reason.THROTTLED, Reason.UNAVAILABLE, Reason.TIMEOUT, Reason.CUT_OFF)) {
            assertThat(new SummarizerException(reason, "x").retryable())
                    .as(reason.name())
                    .isTrue();
        }
        for (Reason reason : List.of(Reason.NO_CREDENTIALS, Reason.MODEL_GONE, Reason.FILTERED, Reason.CANCELLED)) {
            SummarizerException fault = new SummarizerException(reason, "x", new IllegalStateException("y"));
            assertThat(fault.retryable()).as(reason.name()).isFalse();
            assertThat(fault.reason()).isEqualTo(reason);
            assertThat(fault).hasMessage("x").hasCauseInstanceOf(IllegalStateException.class);
        }
    }
}
