package dev.trackit.bedrock;

import dev.trackit.api.Digest;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.api.Summary;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummaryContext;
import dev.trackit.spi.SummaryJudge;
import dev.trackit.spi.SummaryPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Tells an outline in the words of a model on Amazon Bedrock.
 *
 * <p>An outline under the budget is one request. A longer one is cut into parts, which are described side by side; their lists of
 * preprocessing, transformations and questions are put one after the other, so that nothing in the middle is lost, and the model joins
 * only their narratives and rationales. Each answer is kept by the digest of its request, so that what has not changed is not paid
 * twice, nor when a later part failed. Safe for use by several threads.
 */
final class BedrockSummarizer implements Summarizer {
    private static final long OVERHEAD_TOKENS = 200;
    private static final int TELL_SECONDS = 2;

    private final BedrockOptions options;
    private final Conversation conversation;
    private final GatedSender sender;
    private final AnswerCache cache;
    private final Prompts prompts = new Prompts();

    BedrockSummarizer(BedrockOptions options, Conversation conversation, RetryPolicy retries) {
        this.options = options;
        this.conversation = conversation;
        this.sender = new GatedSender(conversation, retries);
        this.cache = new AnswerCache(options.cacheFolder());
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public SummaryPlan plan(Outline outline) {
        List<SummaryPlan.Request> requests = new ArrayList<>();
        for (Ask ask : asks(outline)) {
            String all = prompts.system() + "\n\n" + ask.text();
            requests.add(new SummaryPlan.Request(ask.purpose(), all, Prompts.estimateTokens(all)));
        }
        long tokens =
                requests.stream().mapToLong(SummaryPlan.Request::inputTokens).sum();
        return new SummaryPlan(conversation.destination(), requests, tokens);
    }

    @Override
    public Summary summarize(Outline outline, SummaryContext context) {
        Bill bill = new Bill(options.facts());
        Digest input = Digest.ofText(outline.toText());
        List<Ask> asks = asks(outline);
        Map<Summary.Part, List<Summary.Claim>> parts;
        try {
            if (asks.size() == 1) {
                parts = ask(asks.get(0), context, bill).parts();
            } else {
                List<Answer> answers = sideBySide(asks, context, bill);
                parts = together(answers);
                Answer joined = join(answers, outline.title(), context, bill);
                for (Summary.Part part : List.of(Summary.Part.NARRATIVE, Summary.Part.RATIONALE)) {
                    if (!joined.part(part).isEmpty()) {
                        parts.put(part, joined.part(part));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SummarizerException(Reason.CANCELLED, "The summary was given up.", e);
        }
        List<String> notes =
                asks.size() == 1 ? List.of() : List.of("Described in " + asks.size() + " parts, then joined.");
        return new Summary(
                parts,
                new Summary.Provenance(
                        "bedrock",
                        options.model(),
                        Prompts.VERSION,
                        input,
                        context.clock().instant(),
                        bill.usage(),
                        notes));
    }

    @Override
    public boolean stillStands(Summary.Provenance made) {
        return made.model().equals(options.model()) && made.promptVersion().equals(Prompts.VERSION);
    }

    @Override
    public Optional<String> problem() {
        return AwsSetup.problem(options);
    }

    @Override
    public Optional<SummaryJudge> judge() {
        return Optional.of(new BedrockJudge(options, conversation, sender, prompts));
    }

    @Override
    public void close() {
        conversation.close();
    }

    /** One request that is to be made. */
    private record Ask(String purpose, String text, boolean shown) {}

    private List<Ask> asks(Outline outline) {
        long budget = options.inputTokens() - Prompts.estimateTokens(prompts.system()) - OVERHEAD_TOKENS;
        List<Outline> parts = new OutlineParts(Math.max(300, budget)).cut(outline);
        if (parts.size() == 1) {
            return List.of(new Ask(
                    "summary of " + outline.title(),
                    prompts.outline(parts.get(0).toText()),
                    true));
        }
        List<Ask> asks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            asks.add(new Ask(
                    "summary of " + outline.title() + ", part " + (i + 1) + " of " + parts.size(),
                    prompts.part(parts.get(i).toText(), i + 1, parts.size()),
                    false));
        }
        return asks;
    }

    private List<Answer> sideBySide(List<Ask> asks, SummaryContext context, Bill bill) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(options.parallel(), asks.size()), task -> {
            Thread thread = new Thread(task, "trackit-bedrock");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Answer>> futures = new ArrayList<>();
            for (Ask ask : asks) {
                futures.add(threads.submit((Callable<Answer>) () -> ask(ask, context, bill)));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
                context.progress("Part " + answers.size() + " of " + asks.size() + " is described.\n");
            }
            return answers;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SummarizerException known) {
                throw known;
            }
            throw new SummarizerException(Reason.UNAVAILABLE, "A part could not be described: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
            awaitTold(threads);
        }
    }

    /** When one part failed, the others are to tell the log what became of their calls before its owner closes it. */
    private static void awaitTold(ExecutorService threads) {
        try {
            threads.awaitTermination(TELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<Summary.Part, List<Summary.Claim>> together(List<Answer> answers) {
        Map<Summary.Part, List<Summary.Claim>> parts = new EnumMap<>(Summary.Part.class);
        for (Summary.Part part : Summary.Part.values()) {
            LinkedHashSet<Summary.Claim> claims = new LinkedHashSet<>();
            answers.forEach(answer -> claims.addAll(answer.part(part)));
            parts.put(part, List.copyOf(claims));
        }
        return parts;
    }

    /** Joins narratives and rationales; in several rounds where they are too long for one request. */
    private Answer join(List<Answer> answers, String title, SummaryContext context, Bill bill)
            throws InterruptedException {
        long budget = Math.max(300, options.inputTokens() - Prompts.estimateTokens(prompts.system()) - OVERHEAD_TOKENS);
        List<Answer> round = answers;
        while (true) {
            List<String> texts = joinable(round, budget);
            boolean last = texts.size() == 1;
            List<Answer> joined = new ArrayList<>();
            for (String text : texts) {
                joined.add(ask(
                        new Ask("summary of " + title + ", joining its parts", prompts.join(text), last),
                        context,
                        bill));
            }
            if (last) {
                return joined.get(0);
            }
            if (joined.size() >= round.size()) { // Nothing got shorter: the parts' own words stand, in order.
                return new Answer(together(round));
            }
            round = joined;
        }
    }

    private static List<String> joinable(List<Answer> answers, long budget) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < answers.size(); i++) {
            StringBuilder one = new StringBuilder("part " + (i + 1) + "\n");
            for (Summary.Part part : List.of(Summary.Part.NARRATIVE, Summary.Part.RATIONALE)) {
                for (Summary.Claim claim : answers.get(i).part(part)) {
                    one.append(part.name().toLowerCase(Locale.ROOT))
                            .append(": ")
                            .append(claim.text())
                            .append(' ')
                            .append(claim.steps())
                            .append('\n');
                }
            }
            if (!text.isEmpty() && Prompts.estimateTokens(text.toString() + one) > budget) {
                texts.add(text.toString());
                text.setLength(0);
            }
            text.append(one);
        }
        texts.add(text.toString());
        return texts;
    }

    private Answer ask(Ask ask, SummaryContext context, Bill bill) throws InterruptedException {
        Digest key = AnswerCache.key(
                options.model(), options.temperature(), options.maxTokens(), prompts.system(), ask.text());
        var kept = cache.find(key);
        if (kept.isPresent()) {
            return kept.get();
        }
        Reply reply = send(ask, context, bill);
        Answer answer;
        try {
            answer = read(reply);
        } catch (Answer.Unreadable e) {
            answer = repair(ask, reply.text(), e.problem(), context, bill);
        }
        cache.keep(key, answer);
        return answer;
    }

    private Answer repair(Ask ask, String text, String problem, SummaryContext context, Bill bill)
            throws InterruptedException {
        int room = options.inputTokens() * 2;
        String shown = text.length() <= room ? text : text.substring(0, room);
        Reply reply = send(
                new Ask(ask.purpose() + ", asked for the stated form", prompts.repair(shown, problem), false),
                context,
                bill);
        try {
            return read(reply);
        } catch (Answer.Unreadable e) {
            throw new SummarizerException(
                    Reason.BAD_ANSWER,
                    "The answer of " + options.model()
                            + " is not of the stated form, also after it was asked to mend it: " + e.problem()
                            + ". Try again, or choose another model with bedrock.model.",
                    e);
        }
    }

    private Answer read(Reply reply) throws Answer.Unreadable {
        if (!reply.full()) {
            throw new Answer.Unreadable(
                    "it was cut because it is longer than " + options.maxTokens() + " tokens; be much briefer");
        }
        return Answer.read(reply.text());
    }

    private Reply send(Ask ask, SummaryContext context, Bill bill) throws InterruptedException {
        return sender.send(prompts.system(), ask.purpose(), ask.text(), ask.shown(), context, bill);
    }
}
