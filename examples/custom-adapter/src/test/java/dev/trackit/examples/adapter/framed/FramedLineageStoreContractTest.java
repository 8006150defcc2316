package dev.trackit.examples.adapter.framed;

import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.testkit.LineageStoreContract;

// region test
class FramedLineageStoreContractTest extends LineageStoreContract {
    @Override
    protected LineageStoreProvider provider() {
        return new FramedLineageStoreProvider();
    }
}
// endregion
