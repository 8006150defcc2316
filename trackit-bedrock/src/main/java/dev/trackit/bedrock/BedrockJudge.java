package dev.trackit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trackit.api.Digest;
import dev.trackit.api.Excerpt;
import dev.trackit.api.Judgement;
import dev.trackit.api.Judgement.Criterion;
import dev.trackit.api.Judgement.Verdict;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.api.Summary;
import dev.trackit.spi.SummaryContext;
import dev.trackit.spi.SummaryJudge;
import dev.trackit.spi.SummaryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Has a model on Amazon Bedrock judge a summary: one request, its answer read strictly, mended once. Safe for use by several threads. */
final class BedrockJudge implements SummaryJudge {
    private static final int MAX_REASON = 1_000;
    private static final int MAX_STEPS = 100;

    private final BedrockOptions options;
    private final Conversation conversation;
    private final GatedSender sender;
    private final Prompts prompts;

    BedrockJudge(BedrockOptions options, Conversation conversation, GatedSender sender, Prompts prompts) {
        this.options = options;
        this.conversation = conversation;
        this.sender = sender;
        this.prompts = prompts;
    }

    @Override
    public SummaryPlan plan(Outline outline, Summary summary) {
        String text = prompts.judge(material(outline, summary));
        String all = prompts.judgeSystem() + "\n\n" + text;
        long tokens = fitting(text);
        return new SummaryPlan(
                conversation.destination(), List.of(new SummaryPlan.Request(purpose(outline), all, tokens)), tokens);
    }

    @Override
    public Judgement judge(Outline outline, Summary summary, SummaryContext context) {
        String material = material(outline, summary);
        String text = prompts.judge(material);
        fitting(text);
        Bill bill = new Bill(options.facts());
        try {
            List<Verdict> verdicts = ask(purpose(outline), text, context, bill);
            return new Judgement(
                    verdicts,
                    new Summary.Provenance(
                            "bedrock",
                            options.model(),
                            Prompts.VERSION,
                            Digest.ofText(material),
                            context.clock().instant(),
                            bill.usage(),
                            List.of()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SummarizerException(Reason.CANCELLED, "The judgement was given up.", e);
        }
    }

    private static String purpose(Outline outline) {
        return "judgement of the summary of " + outline.title();
    }

    private static String material(Outline outline, Summary summary) {
        return outline.toText() + "\n\nSUMMARY\n" + written(summary);
    }

    /** The tokens of the request. @throws SummarizerException if they are more than the model is given */
    private long fitting(String text) {
        long tokens = Prompts.estimateTokens(prompts.judgeSystem()) + Prompts.estimateTokens(text);
        if (tokens > options.inputTokens()) {
            throw new SummarizerException(
                    Reason.REJECTED,
                    "The outline and its summary have about " + tokens + " tokens, and " + conversation.destination()
                            + " is given " + options.inputTokens()
                            + " at most: nothing was sent. Judge a part of the history,"
                            + " or choose a model with more room by bedrock.model.");
        }
        return tokens;
    }

    private List<Verdict> ask(String purpose, String text, SummaryContext context, Bill bill)
            throws InterruptedException {
        Reply reply = sender.send(prompts.judgeSystem(), purpose, text, false, context, bill);
        try {
            return read(reply);
        } catch (Answer.Unreadable e) {
            Reply mended = sender.send(
                    prompts.judgeSystem(),
                    purpose + ", asked for the stated form",
                    prompts.repair(reply.text(), e.problem()),
                    false,
                    context,
                    bill);
            try {
                return read(mended);
            } catch (Answer.Unreadable again) {
                throw new SummarizerException(
                        Reason.BAD_ANSWER,
                        "The judgement of " + options.model()
                                + " is not of the stated form, also after it was asked to mend it: " + again.problem()
                                + ". Try again, or choose another model with bedrock.model.",
                        again);
            }
        }
    }

    private List<Verdict> read(Reply reply) throws Answer.Unreadable {
        if (!reply.full()) {
            throw new Answer.Unreadable(
                    "it was cut because it is longer than " + options.maxTokens() + " tokens; be much briefer");
        }
        JsonNode root = Answer.object(reply.text());
        List<Verdict> verdicts = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            verdicts.add(verdict(criterion, root.path(key(criterion))));
        }
        if (root.size() != verdicts.size()) {
            throw new Answer.Unreadable("it has keys other than the three");
        }
        return verdicts;
    }

    private static Verdict verdict(Criterion criterion, JsonNode node) throws Answer.Unreadable {
        JsonNode points = node.path("points");
        JsonNode reason = node.path("reason");
        JsonNode steps = node.path("steps");
        if (!node.isObject() || node.size() != 3 || !reason.isTextual() || !steps.isArray()) {
            throw new Answer.Unreadable("\"" + key(criterion)
                    + "\" is not of the form {\"points\": 4, \"reason\": \"...\", \"steps\": [\"s1\"]}");
        }
        if (!points.isInt() || points.asInt() < 1 || points.asInt() > Verdict.MOST) {
            throw new Answer.Unreadable("the points of \"" + key(criterion) + "\" are no whole number from 1 to 5");
        }
        if (steps.size() > MAX_STEPS) {
            throw new Answer.Unreadable("\"" + key(criterion) + "\" names more than " + MAX_STEPS + " steps");
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode step : steps) {
            if (!step.isTextual()) {
                throw new Answer.Unreadable("a step id under \"" + key(criterion) + "\" is not a string");
            }
            ids.add(step.asText().replaceAll("^\\[|\\]$", ""));
        }
        String why = reason.asText().strip();
        return new Verdict(criterion, points.asInt(), Excerpt.of(why, MAX_REASON), ids);
    }

    private static String written(Summary summary) {
        StringBuilder text = new StringBuilder();
        summary.parts().forEach((part, claims) -> {
            for (Summary.Claim claim : claims) {
                text.append(part.name().toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(claim.text())
                        .append(' ')
                        .append(claim.steps())
                        .append('\n');
            }
        });
        return text.toString();
    }

    private static String key(Criterion criterion) {
        return criterion.name().toLowerCase(Locale.ROOT);
    }
}
