package dev.trackit.runner.summary;

import dev.trackit.api.NotebookId;
import dev.trackit.api.Outline;
import dev.trackit.api.SummarizerException;
import dev.trackit.api.Summary;
import dev.trackit.api.TrackitException;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.discovery.Providers;
import dev.trackit.core.summary.OfflineSummarizerProvider;
import dev.trackit.core.summary.Summaries;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummarizerProvider;
import dev.trackit.spi.SummaryPlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes summaries for the commands: by which summarizer, kept where. */
final class SummaryMaker implements AutoCloseable {
    private final Material material;
    private final Workspace workspace;
    private final String notebook;
    private final Clock clock;
    private final Summarizer summarizer;
    private final String summarizerId;

    SummaryMaker(
            Material material,
            Workspace workspace,
            String notebook,
            Clock clock,
            String summarizerId,
            Settings settings,
            Path folder,
            Map<String, String> options) {
        this.material = material;
        this.workspace = workspace;
        this.notebook = notebook;
        this.clock = clock;
        this.summarizerId = summarizerId;
        this.summarizer = Providers.find(SummarizerProvider.class, Providers.defaultLoader())
                .require(Optional.of(summarizerId))
                .open(settings.context(folder, options));
    }

    /** A summary, and whether it was kept from an earlier time. */
    record Made(Summary summary, boolean kept) {}

    boolean remote() {
        return summarizer.remote();
    }

    SummaryPlan plan() {
        return summarizer.plan(material.outline());
    }

    /** The kept summary, or a new one. */
    Made make(boolean fresh, Consumer<String> progress) {
        Outline outline = material.outline();
        Timeline timeline = material.lineage().notebooks().get(0).timeline();
        if (timeline == null) {
            if (summarizer.remote()) {
                throw Failure.of(
                        ExitCodes.NOTHING,
                        "Nothing was sent: each call must be recorded, and " + TerminalText.line(notebook)
                                + " has no record yet.",
                        "Make one from the saved file: trackit import " + TerminalText.line(notebook));
            }
            return new Made(Summaries.offline(outline, clock), false);
        }
        NotebookId id = timeline.notebook();
        try (TrackitReader reader = workspace.openFor(notebook)) {
            Summaries summaries = new Summaries(reader.store(), id, material.redactor(), clock);
            Optional<Summary> kept = fresh ? Optional.empty() : summaries.kept(outline, summarizerId);
            if (kept.isPresent()) {
                return new Made(kept.get(), true);
            }
            try {
                return new Made(
                        summaries.make(outline, summarizer, progress, Thread.currentThread()::isInterrupted), false);
            } catch (TrackitException e) {
                if (!summarizer.remote() && !(e instanceof SummarizerException)) {
                    return new Made(
                            Summaries.offline(outline, clock),
                            false); // A record that cannot be written: told by verify and doctor.
                }
                throw e;
            }
        }
    }

    /** The offline summary, for when the chosen summarizer failed. */
    Summary offline() {
        return Summaries.offline(material.outline(), clock);
    }

    boolean isOffline() {
        return summarizerId.equals(OfflineSummarizerProvider.ID);
    }

    @Override
    public void close() {
        summarizer.close();
    }
}
