package dev.trackit.bedrock;

import dev.trackit.api.SummarizerException;
import dev.trackit.api.SummarizerException.Reason;
import dev.trackit.spi.SummaryContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends one text through the gate to the model, again while a fault may pass, and tells gate and bill what became of it. Safe for use by several threads. */
final class GatedSender {
    private final Conversation conversation;
    private final RetryPolicy retries;

    GatedSender(Conversation conversation, RetryPolicy retries) {
        this.conversation = conversation;
        this.retries = retries;
    }

    /**
     * Sends it.
     *
     * @param shown whether a person is shown the answer as it arrives
     */
    Reply send(String system, String purpose, String text, boolean shown, SummaryContext context, Bill bill)
            throws InterruptedException {
        if (context.cancelled()) {
            throw new SummarizerException(Reason.CANCELLED, "The summary was given up.");
        }
        var permit = context.gate().request(purpose, conversation.destination(), text);
        try {
            AtomicInteger attempts = new AtomicInteger();
            Reply reply = retries.run(remaining -> {
                if (attempts.getAndIncrement() > 0 && shown) {
                    context.progress("\n(The answer broke off; asking again.)\n");
                }
                if (context.cancelled()) {
                    throw new SummarizerException(Reason.CANCELLED, "The summary was given up.");
                }
                return conversation.ask(
                        system, permit.text(), remaining, shown ? new ClaimText(context::progress) : piece -> {});
            });
            bill.add(reply);
            permit.done("ok", reply.inputTokens(), reply.outputTokens());
            return reply;
        } catch (SummarizerException e) {
            permit.done(e.reason().name(), -1, -1);
            throw e;
        } catch (InterruptedException e) {
            permit.done(Reason.CANCELLED.name(), -1, -1);
            throw e;
        }
    }
}
