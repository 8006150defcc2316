package dev.trackit.summary;

import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummarizerProvider;

/** Offers the {@link OutlineSummarizer} under the id {@value #ID}: the default, which needs no model and no network. */
public final class OfflineSummarizerProvider implements SummarizerProvider {
    /** The id. */
    public static final String ID = "offline";

    /** Does nothing; called by {@link java.util.ServiceLoader}. */
    public OfflineSummarizerProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Summarizer open(ProviderContext context) {
        return new OutlineSummarizer();
    }
}
