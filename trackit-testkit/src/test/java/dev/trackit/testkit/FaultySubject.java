package dev.trackit.testkit;

import dev.trackit.spi.LineageStoreProvider;

/** The contract's tests on a faulty store. Run by {@link LineageStoreContractKitTest} only: its name is no test's. */
final class FaultySubject extends LineageStoreContract {
    static FaultyStore.Fault fault = FaultyStore.Fault.REVERSES_BATCHES;

    @Override
    protected LineageStoreProvider provider() {
        return new FaultyStore.Provider(fault);
    }
}
