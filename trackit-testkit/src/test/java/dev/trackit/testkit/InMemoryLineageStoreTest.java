package dev.trackit.testkit;

import dev.trackit.spi.LineageStoreProvider;

class InMemoryLineageStoreTest extends LineageStoreContract {
    @Override
    protected LineageStoreProvider provider() {
        return new InMemoryLineageStoreProvider();
    }
}
