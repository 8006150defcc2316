package dev.trackit.bedrock;

import dev.trackit.api.Summary;
import java.time.Duration;

/** Adds up what the requests of one summary cost. Safe for use by several threads. */
final class Bill {
    private final ModelFacts facts;
    private final long startedNanos = System.nanoTime();
    private int calls;
    private long inputTokens;
    private long outputTokens;

    Bill(ModelFacts facts) {
        this.facts = facts;
    }

    synchronized void add(Reply reply) {
        calls++;
        inputTokens += Math.max(0, reply.inputTokens());
        outputTokens += Math.max(0, reply.outputTokens());
    }

    synchronized Summary.Usage usage() {
        return new Summary.Usage(
                calls,
                inputTokens,
                outputTokens,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                facts.cost(inputTokens, outputTokens));
    }
}
