package dev.trackit.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.api.Summary;
import dev.trackit.spi.EgressGate;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummaryContext;
import dev.trackit.testkit.InMemoryLineageStoreProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A summarizer that never answers holds nobody, sends nothing afterwards, and the log says what became of its call. */
class SilentSummarizerTest {
    private static final Outline OUTLINE =
            Outline.builder("titanic.ipynb", "all").build();
    private static final NotebookId NOTEBOOK = NotebookId.of("titanic-1");

    @TempDir
    private Path folder;

    @Test
    void callerWhoGivesUpGetsAwayAndTheLogSaysSo() throws InterruptedException {
        try (LineageStore store = open()) {
            Silent silent = new Silent();
            AtomicBoolean cancelled = new AtomicBoolean();
            AtomicReference<Throwable> fault = new AtomicReference<>();
            Summaries summaries = new Summaries(store, NOTEBOOK, text -> text, Clock.systemUTC());
            Thread caller = new Thread(() -> {
                try {
                    summaries.ask(OUTLINE, silent, text -> {}, cancelled::get);
                } catch (SummarizerException e) {
                    fault.set(e);
                }
            });
            caller.start();
            assertThat(silent.asked.await(60, TimeUnit.SECONDS)).isTrue();
            cancelled.set(true);
            caller.join(60_000);
            assertThat(caller.isAlive()).isFalse();
            assertThat(fault.get()).isInstanceOfSatisfying(SummarizerException.class, e -> assertThat(e.reason())
                    .isEqualTo(Reason.CANCELLED));
            assertThat(outcomes(store)).containsExactly("GIVEN_UP");

            silent.free.countDown();
            assertThat(silent.ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(silent.refusal.get()).isEqualTo(Reason.CANCELLED);
            assertThat(outcomes(store)).containsExactly("GIVEN_UP");
        }
    }

    @Test
    void patienceHasAnEnd() {
        try (LineageStore store = open()) {
            Summaries summaries =
                    new Summaries(store, NOTEBOOK, text -> text, Clock.systemUTC(), Duration.ofMillis(200));
            assertThatThrownBy(() -> summaries.ask(OUTLINE, new Silent(), text -> {}, () -> false))
                    .isInstanceOfSatisfying(SummarizerException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
                        assertThat(e).hasMessageContaining("gave no answer");
                    });
            assertThat(outcomes(store)).containsExactly("GIVEN_UP");
        }
    }

    @Test
    void whatIsUnderWayWhenASummarizerFailsIsToldAsGivenUp() {
        try (LineageStore store = open()) {
            Summaries summaries = new Summaries(store, NOTEBOOK, text -> text, Clock.systemUTC());
            Summarizer failing = (outline, context) -> {
                context.gate().request("one of two parts", "nowhere", "text");
                throw new SummarizerException(Reason.REJECTED, "the other part was refused");
            };
            assertThatThrownBy(() -> summaries.ask(OUTLINE, failing, text -> {}, () -> false))
                    .hasMessage("the other part was refused");
            assertThat(outcomes(store)).containsExactly("GIVEN_UP");
        }
    }

    @Test
    void interruptedCallerGetsAwayAndStaysInterrupted() {
        try (LineageStore store = open()) {
            Summaries summaries = new Summaries(store, NOTEBOOK, text -> text, Clock.systemUTC());
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> summaries.ask(OUTLINE, new Silent(), text -> {}, () -> false))
                    .isInstanceOf(SummarizerException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private LineageStore open() {
        return new InMemoryLineageStoreProvider()
                .open(ProviderContext.builder(folder, folder.resolve("data")).build());
    }

    private static List<String> outcomes(LineageStore store) {
        List<String> outcomes = new ArrayList<>();
        try (LogReader reader = store.reader(LogId.notes(NOTEBOOK), 0)) {
            for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().type().equals(RecordedGate.DONE)) {
                    outcomes.add(String.valueOf(next.get().fields().get("outcome")));
                }
            }
        }
        return outcomes;
    }

    /** Asks the gate once, then hears nothing, interrupts included; when it is freed it would send once more. */
    private static final class Silent implements Summarizer {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch free = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        final AtomicReference<Reason> refusal = new AtomicReference<>();

        @Override
        public boolean remote() {
            return true;
        }

        @Override
        public Summary summarize(Outline outline, SummaryContext context) {
            EgressGate.Permit permit = context.gate().request("summary", "nowhere", "text");
            asked.countDown();
            boolean freed = false;
            while (!freed) {
                try {
                    freed = free.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    freed = false; // Deaf on purpose.
                }
            }
            permit.done("ok", 1, 1);
            try {
                context.gate().request("summary", "nowhere", "more");
            } catch (SummarizerException e) {
                refusal.set(e.reason());
            }
            ended.countDown();
            throw new SummarizerException(Reason.CANCELLED, "too late");
        }
    }
}
