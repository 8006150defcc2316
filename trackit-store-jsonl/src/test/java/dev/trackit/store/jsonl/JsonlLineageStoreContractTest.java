package dev.trackit.store.jsonl;

import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.testkit.LineageStoreContract;

class JsonlLineageStoreContractTest extends LineageStoreContract {
    @Override
    protected LineageStoreProvider provider() {
        return new JsonlLineageStoreProvider();
    }
}
