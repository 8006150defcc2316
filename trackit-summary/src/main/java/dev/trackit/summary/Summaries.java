package dev.trackit.summary;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.Judgement;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.Summary;
import dev.trackit.spi.EgressGate;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummaryContext;
import dev.trackit.spi.SummaryJudge;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Makes, checks and keeps the summaries of one notebook. Each is a record in the notebook's log of notes; asking again gives the kept one
 * as long as the outline, the summarizer and its model are the same. Safe for use by several threads.
 */
public final class Summaries {
    /** How long to wait for one answer, unless told otherwise: a summarizer has deadlines of its own, which are shorter. */
    public static final Duration PATIENCE = Duration.ofHours(1);

    private final LineageStore store;
    private final LogId log;
    private final UnaryOperator<String> redaction;
    private final Clock clock;
    private final Duration patience;

    /**
     * The summaries of a notebook.
     *
     * @param redaction applied to all that is sent anywhere
     */
    public Summaries(LineageStore store, NotebookId notebook, UnaryOperator<String> redaction, Clock clock) {
        this(store, notebook, redaction, clock, PATIENCE);
    }

    /**
     * As the other, with a patience of its own.
     *
     * @param patience how long to wait for one answer; a summarizer that takes longer is left behind
     */
    public Summaries(
            LineageStore store, NotebookId notebook, UnaryOperator<String> redaction, Clock clock, Duration patience) {
        this.patience = requireNonNull(patience, "patience");
        this.store = requireNonNull(store, "store");
        this.log = LogId.notes(notebook);
        this.redaction = requireNonNull(redaction, "redaction");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * The latest kept summary of this outline that is right still.
     *
     * @param summarizer the id of the summarizer
     * @param stands whether a summary of this origin is what the summarizer would make now; see {@link Summarizer#stillStands}
     * @throws dev.trackit.api.StoreException if the log cannot be read
     */
    public Optional<Summary> kept(Outline outline, String summarizer, Predicate<Summary.Provenance> stands) {
        if (!store.logs().contains(log)) {
            return Optional.empty();
        }
        Digest input = Digest.ofText(outline.toText());
        Optional<Summary> latest = Optional.empty();
        try (LogReader reader = store.reader(log, 0)) {
            for (Optional<LineageRecord> record = reader.next(); record.isPresent(); record = reader.next()) {
                Optional<Summary> summary = record.flatMap(SummaryCodec::summary)
                        .filter(s -> s.provenance().summarizer().equals(summarizer)
                                && s.provenance().input().equals(input)
                                && stands.test(s.provenance()));
                latest = summary.isPresent() ? summary : latest;
            }
        }
        return latest;
    }

    /**
     * One summary that was kept.
     *
     * @param id names it among the notebook's
     * @param scope the part of the history that it tells, in words
     * @param summary it
     */
    public record Kept(String id, String scope, Summary summary) {}

    /**
     * All summaries that were kept of this notebook, the eldest first.
     *
     * @throws dev.trackit.api.StoreException if the log cannot be read
     */
    public List<Kept> history() {
        if (!store.logs().contains(log)) {
            return List.of();
        }
        List<Kept> history = new ArrayList<>();
        try (LogReader reader = store.reader(log, 0)) {
            for (Optional<LineageRecord> record = reader.next(); record.isPresent(); record = reader.next()) {
                String id = String.valueOf(reader.position());
                String scope = record.get().fields().get("scope") instanceof String text ? text : "";
                SummaryCodec.summary(record.get()).ifPresent(summary -> history.add(new Kept(id, scope, summary)));
            }
        }
        return history;
    }

    /**
     * Makes a summary, checks it, and keeps it.
     *
     * @param progress is shown pieces of the answer as they arrive, unchecked
     * @param cancelled whether the caller gave up
     * @throws SummarizerException if there is no summary
     * @throws dev.trackit.api.StoreException if it cannot be kept
     */
    public Summary make(Outline outline, Summarizer summarizer, Consumer<String> progress, BooleanSupplier cancelled) {
        Summary checked = ask(outline, summarizer, progress, cancelled);
        keep(outline, checked);
        return checked;
    }

    /**
     * Makes a summary and checks it, without keeping it. What is sent out is redacted, and each call recorded.
     *
     * @param progress is shown pieces of the answer as they arrive, unchecked
     * @param cancelled whether the caller gave up
     * @throws SummarizerException if there is no summary
     */
    public Summary ask(Outline outline, Summarizer summarizer, Consumer<String> progress, BooleanSupplier cancelled) {
        return new SummaryCheck(outline)
                .check(new PatientCall(context(progress, cancelled), patience)
                        .run(context -> summarizer.summarize(outline, context)));
    }

    /**
     * Keeps a summary of this outline.
     *
     * @throws dev.trackit.api.StoreException if it cannot be kept
     */
    public void keep(Outline outline, Summary checked) {
        try (LogWriter writer = store.writer(log)) {
            writer.append(List.of(SummaryCodec.record(checked, outline.scope(), clock.instant())));
        }
    }

    /**
     * Makes a summary where there is no log to record calls in, and checks it, without keeping it. A summarizer that asks to send something
     * is refused.
     *
     * @throws SummarizerException if there is no summary
     */
    public static Summary unrecorded(
            Outline outline, Summarizer summarizer, Consumer<String> progress, BooleanSupplier cancelled, Clock clock) {
        return new SummaryCheck(outline)
                .check(summarizer.summarize(outline, new Context(closedGate(), progress, cancelled, clock)));
    }

    /** Makes a summary by the offline summarizer and checks it, without keeping it. */
    public static Summary offline(Outline outline, Clock clock) {
        return unrecorded(outline, new OutlineSummarizer(), text -> {}, () -> false, clock);
    }

    /**
     * Has a summary judged. What is sent out is redacted, and each call recorded.
     *
     * @throws SummarizerException if there is no judgement
     */
    public Judgement judge(Outline outline, Summary summary, SummaryJudge judge, BooleanSupplier cancelled) {
        return new PatientCall(context(text -> {}, cancelled), patience)
                .run(context -> judge.judge(outline, summary, context));
    }

    /**
     * Has a summary judged where there is no log to record calls in. A judge that asks to send something is refused.
     *
     * @throws SummarizerException if there is no judgement
     */
    public static Judgement judgeUnrecorded(
            Outline outline, Summary summary, SummaryJudge judge, BooleanSupplier cancelled, Clock clock) {
        return judge.judge(outline, summary, new Context(closedGate(), text -> {}, cancelled, clock));
    }

    private static EgressGate closedGate() {
        return (purpose, destination, text) -> {
            throw new SummarizerException(
                    SummarizerException.Reason.NOT_PERMITTED,
                    "Nothing was sent to " + destination
                            + ", because there is no log in which the call could be recorded.");
        };
    }

    private SummaryContext context(Consumer<String> progress, BooleanSupplier cancelled) {
        return new Context(new RecordedGate(store, log, redaction, clock), progress, cancelled, clock);
    }

    private record Context(EgressGate gate, Consumer<String> listener, BooleanSupplier stop, Clock clock)
            implements SummaryContext {
        @Override
        public void progress(String text) {
            listener.accept(text);
        }

        @Override
        public boolean cancelled() {
            return stop.getAsBoolean();
        }
    }
}
