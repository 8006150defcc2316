package dev.trackit.testkit;

import dev.trackit.spi.SummarizerProvider;
import java.time.Duration;
import java.util.Optional;

/** The contract's tests on a faulty summarizer. Run by {@link SummarizerContractKitTest} only: its name is no test's. */
final class FaultySummarizerSubject extends SummarizerContract {
    static WordSummarizer.Fault fault = WordSummarizer.Fault.NONE;

    private final WordService service = new WordService();

    @Override
    protected SummarizerProvider provider() {
        return new WordSummarizer.Provider(fault, service);
    }

    @Override
    protected Optional<Destination> destination() {
        return Optional.of(service);
    }

    @Override
    protected Duration patienceForClosing() {
        return Duration.ofSeconds(6);
    }
}
