package dev.trackit.testkit;

import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.spi.ProviderContext;

/** Opens a {@link ScriptedNotebookSource}. Not registered as a service: a test names it. */
public final class ScriptedNotebookSourceProvider implements NotebookSourceProvider {

    /** Does nothing, as providers must. */
    public ScriptedNotebookSourceProvider() {}

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public NotebookSource open(ProviderContext context) {
        return new ScriptedNotebookSource();
    }
}
