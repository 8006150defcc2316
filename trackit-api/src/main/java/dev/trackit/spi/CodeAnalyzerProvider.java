package dev.trackit.spi;

/** Opens a {@link CodeAnalyzer}. Several analyzers are used side by side, each for its languages. */
public interface CodeAnalyzerProvider extends Provider {

    /**
     * Opens the analyzer.
     *
     * @throws dev.trackit.api.ConfigurationException if an option, or a file of the user's own knowledge of libraries, is wrong
     */
    CodeAnalyzer open(ProviderContext context);
}
