package dev.trackit.jupyter;

import dev.trackit.spi.NotebookSource;
import dev.trackit.spi.NotebookSourceProvider;
import dev.trackit.spi.ProviderContext;

/**
 * Opens the source of Jupyter notebooks and kernels, id {@code jupyter}. Its options are listed at
 * {@link dev.trackit.jupyter.discovery.DiscoveryOptions#of}.
 */
public final class JupyterNotebookSourceProvider implements NotebookSourceProvider {

    /** Does nothing, as for all providers. */
    public JupyterNotebookSourceProvider() {}

    @Override
    public String id() {
        return "jupyter";
    }

    @Override
    public NotebookSource open(ProviderContext context) {
        return new JupyterNotebookSource(context);
    }
}
