package dev.trackit.examples.adapter.framed;

import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.ProviderContext;

// region provider
/** Offers the {@link FramedLineageStore} under the id {@code framed}. It has no options. */
public final class FramedLineageStoreProvider implements LineageStoreProvider {

    /** Does nothing; called by {@link java.util.ServiceLoader}. */
    public FramedLineageStoreProvider() {}

    @Override
    public String id() {
        return "framed";
    }

    @Override
    public LineageStore open(ProviderContext context) {
        return new FramedLineageStore(context.dataFolder(), context.clock());
    }
}
// endregion
