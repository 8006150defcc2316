package dev.trackit.testkit;

import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens {@link InMemoryLineageStore}s. The provider object plays the disk: stores that it opens on the same data folder see the same
 * logs, also one after the other. It touches no file. Not registered as a service; pass it to a builder. Safe for use by several
 * threads.
 */
public final class InMemoryLineageStoreProvider implements LineageStoreProvider {
    private final Map<Path, InMemoryLineageStore.Contents> folders = new ConcurrentHashMap<>();

    /** A provider without any logs yet. */
    public InMemoryLineageStoreProvider() {}

    @Override
    public String id() {
        return "in-memory";
    }

    @Override
    public LineageStore open(ProviderContext context) {
        return new InMemoryLineageStore(
                folders.computeIfAbsent(context.dataFolder(), folder -> new InMemoryLineageStore.Contents()));
    }
}
