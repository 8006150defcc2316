package dev.trackit.spi;

/** Opens a {@link Summarizer}. One that sends anything out of the machine is opened only when it was chosen by name. */
public interface SummarizerProvider extends Provider {

    /**
     * Opens the summarizer. Nothing is sent before {@link Summarizer#summarize}.
     *
     * @throws dev.trackit.api.ConfigurationException if an option is wrong
     */
    Summarizer open(ProviderContext context);
}
