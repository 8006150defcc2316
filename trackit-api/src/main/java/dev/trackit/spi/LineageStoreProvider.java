package dev.trackit.spi;

/** Opens a {@link LineageStore}. */
public interface LineageStoreProvider extends Provider {

    /**
     * Opens the store. Reading must be possible without any lock; nothing is created on disk before the first write.
     *
     * @throws dev.trackit.api.ConfigurationException if an option is wrong
     * @throws dev.trackit.api.StoreException if what is there cannot be opened
     */
    LineageStore open(ProviderContext context);
}
