package dev.trackit.examples.adapter.steps;

import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.spi.ProviderContext;

/** Offers the {@link StepsNotebookSource} under the id {@code steps}. It has no options. */
public final class StepsNotebookSourceProvider implements NotebookSourceProvider {

    /** Does nothing; called by {@link java.util.ServiceLoader}. */
    public StepsNotebookSourceProvider() {}

    @Override
    public String id() {
        return "steps";
    }

    @Override
    public NotebookSource open(ProviderContext context) {
        return new StepsNotebookSource(context.watchedFolder(), context.clock());
    }
}
