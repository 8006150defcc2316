package dev.trackit.summary;

import dev.trackit.spi.SummarizerProvider;
import dev.trackit.testkit.SummarizerContract;

class OutlineSummarizerContractTest extends SummarizerContract {
    @Override
    protected SummarizerProvider provider() {
        return new OfflineSummarizerProvider();
    }
}
