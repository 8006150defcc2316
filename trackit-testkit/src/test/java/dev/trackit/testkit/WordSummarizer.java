package dev.trackit.testkit;

import dev.trackit.api.Digest;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.api.Summary;
import dev.trackit.spi.EgressGate;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummarizerProvider;
import dev.trackit.spi.SummaryContext;
import dev.trackit.spi.SummaryPlan;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A small summarizer that asks a service in the same process. It can have one fault. */
final class WordSummarizer implements Summarizer {
    private final Fault fault;
    private final WordService service;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Digest last = Digest.ofText("");

    /** What the summarizer does wrong, and which rules that breaks. */
    enum Fault {
        NONE,
        HAS_NO_VALID_ID(1, 2),
        DIGESTS_THE_TITLE(2, 5),
        LOOKS_AT_ITS_OWN_WATCH(2),
        CITES_WHAT_IS_NOT_THERE(3),
        FAILS_ON_EMPTY_OUTLINES(4),
        MIXES_CALLS(5),
        SAYS_IT_IS_LOCAL(6),
        SENDS_WHEN_PLANNING(7),
        PLANS_ANOTHER_TEXT(8),
        SENDS_WHAT_WAS_ASKED(9),
        ANSWERS_WITHOUT_PERMISSION(10),
        TELLS_NO_OUTCOME(11),
        TELLS_NO_FAILURE(11),
        PASSES_FOREIGN_EXCEPTIONS(11, 12, 14),
        NEVER_GIVES_UP(13),
        HANGS_WHEN_CLOSED(14);

        private final List<String> rules;

        Fault(int... rules) {
            this.rules = Arrays.stream(rules).mapToObj(Integer::toString).toList();
        }

        List<String> rules() {
            return rules;
        }
    }

    /** Opens such summarizers. */
    record Provider(Fault fault, WordService service) implements SummarizerProvider {
        @Override
        public String id() {
            return fault == Fault.HAS_NO_VALID_ID ? "My Words" : "words";
        }

        @Override
        public Summarizer open(ProviderContext context) {
            return new WordSummarizer(fault, service);
        }
    }

    private WordSummarizer(Fault fault, WordService service) {
        this.fault = fault;
        this.service = service;
    }

    @Override
    public boolean remote() {
        return fault != Fault.SAYS_IT_IS_LOCAL;
    }

    @Override
    public SummaryPlan plan(Outline outline) {
        String text = fault == Fault.PLANS_ANOTHER_TEXT ? outline.title() : outline.toText();
        if (fault == Fault.SENDS_WHEN_PLANNING) {
            service.receive(text);
        }
        return new SummaryPlan("words", List.of(new SummaryPlan.Request("summary", text, 1)), 1);
    }

    @Override
    public Summary summarize(Outline outline, SummaryContext context) {
        if (context.cancelled() && fault != Fault.NEVER_GIVES_UP) {
            throw new SummarizerException(Reason.CANCELLED, "The caller gave up.");
        }
        if (outline.steps().isEmpty() && fault == Fault.FAILS_ON_EMPTY_OUTLINES) {
            throw new IndexOutOfBoundsException("step 0");
        }
        Digest input = Digest.ofText(fault == Fault.DIGESTS_THE_TITLE ? outline.title() : outline.toText());
        String answer = ask(outline, context);
        Instant at = fault == Fault.LOOKS_AT_ITS_OWN_WATCH
                ? Instant.EPOCH
                : context.clock().instant();
        List<String> cited = fault == Fault.CITES_WHAT_IS_NOT_THERE ? List.of("s99") : List.of();
        return new Summary(
                Map.of(Summary.Part.NARRATIVE, List.of(Summary.Claim.of(answer, cited))),
                new Summary.Provenance("words", "", "", mixed(input), at, null, List.of()));
    }

    private Digest mixed(Digest input) {
        if (fault != Fault.MIXES_CALLS) {
            return input;
        }
        synchronized (this) {
            Digest previous = last.equals(Digest.ofText("")) ? input : last;
            last = input;
            return previous;
        }
    }

    private String ask(Outline outline, SummaryContext context) {
        EgressGate.Permit permit;
        try {
            permit = context.gate().request("summary", "words", outline.toText());
        } catch (SummarizerException e) {
            if (fault == Fault.ANSWERS_WITHOUT_PERMISSION) {
                return "Something was done.";
            }
            throw e;
        }
        String outcome = "failed";
        try {
            CountDownLatch abort = fault == Fault.HANGS_WHEN_CLOSED ? new CountDownLatch(1) : closed;
            String answer = service.ask(
                    fault == Fault.SENDS_WHAT_WAS_ASKED ? outline.toText() + permit.text() : permit.text(), abort);
            outcome = "ok";
            return answer;
        } catch (WordService.BrokenException e) {
            if (fault == Fault.PASSES_FOREIGN_EXCEPTIONS) {
                throw e;
            }
            throw new SummarizerException(Reason.UNAVAILABLE, "The service failed.", e);
        } finally {
            boolean silent =
                    fault == Fault.TELLS_NO_OUTCOME || fault == Fault.TELLS_NO_FAILURE && outcome.equals("failed");
            if (!silent) {
                permit.done(outcome, -1, -1);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
