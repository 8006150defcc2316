package dev.trackit.testkit;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.SummarizerException;
import dev.trackit.spi.EgressGate;
import dev.trackit.spi.SummaryContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A context for summarizers under test: its gate keeps what it was asked, redacts as it is told to, and refuses when it is told to. Nothing is
 * recorded anywhere else. Safe for use by several threads.
 */
public final class RecordingSummaryContext implements SummaryContext {
    /** The time on this context's clock. */
    public static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");

    private final List<Pass> passes = new ArrayList<>();
    private final StringBuilder shown = new StringBuilder();
    private UnaryOperator<String> redaction = text -> text;
    private @Nullable SummarizerException refusal;
    private boolean cancelled;

    /** A context whose gate lets everything pass as it is. */
    public RecordingSummaryContext() {}

    /**
     * One text that was to be sent.
     *
     * @param purpose what for
     * @param destination to whom
     * @param asked what was to be sent, before redaction
     * @param outcomes what the summarizer said became of it: one, if it keeps the contract
     */
    public record Passage(String purpose, String destination, String asked, List<String> outcomes) {
        /** Copies. */
        public Passage {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** From now on texts are redacted in this way. */
    public synchronized void redact(UnaryOperator<String> by) {
        this.redaction = requireNonNull(by, "by");
    }

    /** From now on the gate throws this. */
    public synchronized void refuse(SummarizerException with) {
        this.refusal = requireNonNull(with, "with");
    }

    /** From now on the caller has given up. */
    public synchronized void cancel() {
        this.cancelled = true;
    }

    /** What the gate was asked, in order. */
    public synchronized List<Passage> passages() {
        return passes.stream()
                .map(pass -> new Passage(pass.purpose, pass.destination, pass.asked, pass.outcomes))
                .toList();
    }

    /** What was shown as progress. */
    public synchronized String shown() {
        return shown.toString();
    }

    @Override
    public EgressGate gate() {
        return this::request;
    }

    private synchronized EgressGate.Permit request(String purpose, String destination, String text) {
        if (refusal != null) {
            throw refusal;
        }
        Pass pass = new Pass(purpose, destination, text, redaction.apply(text));
        passes.add(pass);
        return pass;
    }

    @Override
    public synchronized void progress(String text) {
        shown.append(text);
    }

    @Override
    public Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    private final class Pass implements EgressGate.Permit {
        private final String purpose;
        private final String destination;
        private final String asked;
        private final String redacted;
        private final List<String> outcomes = new ArrayList<>();

        Pass(String purpose, String destination, String asked, String redacted) {
            this.purpose = requireNonNull(purpose, "purpose");
            this.destination = requireNonNull(destination, "destination");
            this.asked = requireNonNull(asked, "text");
            this.redacted = redacted;
        }

        @Override
        public String text() {
            return redacted;
        }

        @Override
        public void done(String outcome, long inputTokens, long outputTokens) {
            synchronized (RecordingSummaryContext.this) {
                outcomes.add(outcome);
            }
        }
    }
}
