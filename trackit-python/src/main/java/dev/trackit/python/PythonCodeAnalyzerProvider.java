package dev.trackit.python;

import dev.trackit.python.knowledge.KnowledgeReader;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.ProviderContext;

/** Provides the {@link PythonCodeAnalyzer} under the id {@code python}. */
public final class PythonCodeAnalyzerProvider implements CodeAnalyzerProvider {

    /** The id. */
    public static final String ID = "python";

    /** Does nothing. */
    public PythonCodeAnalyzerProvider() {}

    @Override
    public String id() {
        return ID;
    }

    /**
     * Opens the analyzer with the built-in knowledge of libraries and that of the user, {@code knowledge/*.json} in the data folder.
     *
     * @throws dev.trackit.api.ConfigurationException if a file of the user's is wrong
     */
    @Override
    public CodeAnalyzer open(ProviderContext context) {
        return new PythonCodeAnalyzer(
                KnowledgeReader.readWithFolder(context.dataFolder().resolve("knowledge")));
    }
}
