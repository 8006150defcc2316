package dev.trackit.spi;

/** Opens a {@link NotebookSource}. */
public interface NotebookSourceProvider extends Provider {

    /**
     * Opens the source. It sees nothing and starts no thread before {@link NotebookSource#start}.
     *
     * @throws dev.trackit.api.ConfigurationException if an option is wrong
     */
    NotebookSource open(ProviderContext context);
}
