package dev.trackit.runner.record;

import dev.trackit.core.Trackit;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.TrackitStatus;
import dev.trackit.runner.agent.TrackingChoices;
import dev.trackit.runner.web.live.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running agent, as the page sees it. */
final class AgentRecording implements Recording {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRecording.class);

    private final Trackit trackit;
    private final TrackingChoices choices;

    AgentRecording(Trackit trackit, TrackingChoices choices) {
        this.trackit = trackit;
        this.choices = choices;
    }

    @Override
    public TrackitReader reader() {
        return trackit.reader();
    }

    @Override
    public Optional<TrackitStatus> status() {
        return Optional.of(trackit.status());
    }

    @Override
    public void track(Path notebook) {
        trackit.track(notebook);
        keep(notebook, true);
    }

    @Override
    public void untrack(Path notebook) {
        trackit.untrack(notebook);
        keep(notebook, false);
    }

    private void keep(Path notebook, boolean wanted) {
        try {
            choices.put(notebook, wanted);
        } catch (IOException e) {
            LOG.warn("The choice of notebooks cannot be kept for the next start: {}", e.getMessage());
        }
    }

    @Override
    public Optional<Boolean> choice(Path notebook) {
        return choices.of(notebook);
    }
}
