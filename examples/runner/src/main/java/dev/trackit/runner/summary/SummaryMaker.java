package dev.trackit.runner.summary;

import dev.trackit.api.ConfigurationException;
import dev.trackit.api.Judgement;
import dev.trackit.api.Outline;
import dev.trackit.api.StoreException;
import dev.trackit.api.Summary;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.discovery.Providers;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.spi.Summarizer;
import dev.trackit.spi.SummarizerProvider;
import dev.trackit.spi.SummaryJudge;
import dev.trackit.spi.SummaryPlan;
import dev.trackit.summary.Summaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes summaries of one part of one notebook by one summarizer, and keeps them where the notebook has a record. To be closed, which makes a
 * call in progress end soon. Safe for use by several threads.
 */
public final class SummaryMaker implements AutoCloseable {
    private final Program program;
    private final String notebook;
    private final Material material;
    private final Clock clock;
    private final Summarizer summarizer;
    private final String summarizerId;
    private final @Nullable TrackitReader given;

    private final Function<String, Summarizer> opener;

    private SummaryMaker(
            Program program,
            String notebook,
            Material material,
            Function<String, Summarizer> opener,
            String summarizerId,
            @Nullable TrackitReader given) {
        this.given = given;
        this.program = program;
        this.notebook = notebook;
        this.material = material;
        this.clock = program.environment().clock();
        this.opener = opener;
        this.summarizer = opener.apply(summarizerId);
        this.summarizerId = summarizerId;
    }

    /**
     * Reads the notebook and opens the summarizer.
     *
     * @param notebook as a user names it: a path, a name, an id
     * @param options for the summarizer; they win over those of the data folder's {@code config.properties}
     * @throws Failure if there is no such notebook or part of it
     * @throws dev.trackit.api.ConfigurationException if there is no such summarizer, or its options are wrong
     */
    public static SummaryMaker open(
            Program program, String notebook, Scope scope, String summarizerId, Map<String, String> options) {
        Path folder = folder(program, notebook);
        Settings settings = new Settings(new Workspace(program.environment(), program.store()).data(folder));
        Material material = Material.load(program, notebook, scope, settings);
        return new SummaryMaker(program, notebook, material, opener(settings, folder, options), summarizerId, null);
    }

    /**
     * Of material that is there, with a reader that stays the caller's. The summarizer's options are those of the data folder.
     *
     * @throws dev.trackit.api.ConfigurationException if there is no such summarizer, or its options are wrong
     */
    public static SummaryMaker of(Program program, Material material, TrackitReader reader, String summarizerId) {
        Function<String, Summarizer> opener =
                opener(new Settings(reader.dataFolder()), reader.watchedFolder(), Map.of());
        return new SummaryMaker(program, material.outline().title(), material, opener, summarizerId, reader);
    }

    /** Why a summarizer that this loader finds cannot work with the options of this data folder; empty if nothing is known to be wrong. */
    public static Optional<String> problem(
            ClassLoader loader, Path dataFolder, Path watchedFolder, String summarizerId) {
        try (Summarizer summarizer = opener(loader, new Settings(dataFolder), watchedFolder, Map.of())
                .apply(summarizerId)) {
            return summarizer.problem();
        } catch (ConfigurationException | Failure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Function<String, Summarizer> opener(Settings settings, Path folder, Map<String, String> options) {
        return opener(Providers.defaultLoader(), settings, folder, options);
    }

    private static Function<String, Summarizer> opener(
            ClassLoader loader, Settings settings, Path folder, Map<String, String> options) {
        return id -> Providers.find(SummarizerProvider.class, loader)
                .require(Optional.of(id))
                .open(settings.context(folder, options));
    }

    private static Path folder(Program program, String notebook) {
        Path file = program.environment().resolve(notebook);
        Path parent = file.getParent();
        return parent != null && Files.isRegularFile(file)
                ? parent
                : program.environment().workingFolder();
    }

    /**
     * A summary.
     *
     * @param summary it, checked
     * @param kept whether it was kept from an earlier time
     * @param problem why it could not be kept for the next time, in words; empty if it was, or if there is no record to keep it in
     */
    public record Made(Summary summary, boolean kept, String problem) {}

    /** What summaries are made from. */
    public Material material() {
        return material;
    }

    /** Whether the summarizer sends anything out of the machine. */
    public boolean remote() {
        return summarizer.remote();
    }

    /** Why the summarizer cannot work as it is set up; empty if nothing is known to be wrong. Nothing is sent. */
    public Optional<String> problem() {
        return summarizer.problem();
    }

    /** Exactly what would be sent. */
    public SummaryPlan plan() {
        return redacted(summarizer.plan(material.outline()));
    }

    /**
     * Exactly what would be sent to have a summary judged.
     *
     * @param judgeId the id of the summarizer that judges
     * @throws Failure if that summarizer cannot judge
     */
    public SummaryPlan judgementPlan(Summary summary, String judgeId) {
        try (Summarizer judging = opener.apply(judgeId)) {
            return redacted(judge(judging, judgeId).plan(material.outline(), summary));
        }
    }

    /** As the gate lets it through. */
    private SummaryPlan redacted(SummaryPlan plan) {
        List<SummaryPlan.Request> requests = plan.requests().stream()
                .map(r -> new SummaryPlan.Request(
                        material.redactor().apply(r.purpose()),
                        material.redactor().apply(r.text()),
                        r.inputTokens()))
                .toList();
        return new SummaryPlan(plan.destination(), requests, plan.inputTokens());
    }

    /** The kept summary if it is still right; empty if there is none, or no record. */
    public Optional<Summary> kept() {
        Timeline timeline = timeline();
        if (timeline == null) {
            return Optional.empty();
        }
        return withSummaries(timeline, summaries -> kept(summaries));
    }

    private Optional<Summary> kept(Summaries summaries) {
        return summaries.kept(material.outline(), summarizerId, summarizer::stillStands);
    }

    /**
     * The kept summary, or a new one. A summarizer that sends something out is asked only if each call can be recorded, which needs a notebook
     * with a record; one that works on this machine needs none, and its summary is not kept then.
     *
     * @param fresh whether to make a new one in any case
     * @param progress is shown pieces of the answer as they arrive
     * @param cancelled whether the caller gave up
     * @throws Failure if nothing may be sent, because there is no record
     * @throws dev.trackit.api.SummarizerException if there is no summary
     */
    public Made make(boolean fresh, Consumer<String> progress, BooleanSupplier cancelled) {
        Outline outline = material.outline();
        Timeline timeline = timeline();
        if (timeline == null) {
            if (summarizer.remote()) {
                throw noRecord();
            }
            return new Made(Summaries.unrecorded(outline, summarizer, progress, cancelled, clock), false, "");
        }
        return withSummaries(timeline, summaries -> {
            Optional<Summary> kept = fresh ? Optional.empty() : kept(summaries);
            if (kept.isPresent()) {
                return new Made(kept.get(), true, "");
            }
            Summary made = summaries.ask(outline, summarizer, progress, cancelled);
            try {
                summaries.keep(outline, made);
                return new Made(made, false, "");
            } catch (StoreException e) {
                return new Made(made, false, String.valueOf(e.getMessage()));
            }
        });
    }

    /**
     * Has a summary judged by a summarizer that can, by the same rules as for making one: without a record nothing is sent.
     *
     * @param judgeId the id of the summarizer that judges
     * @throws Failure if that summarizer cannot judge, or nothing may be sent
     * @throws dev.trackit.api.SummarizerException if there is no judgement
     */
    public Judgement judge(Summary summary, String judgeId, BooleanSupplier cancelled) {
        Outline outline = material.outline();
        try (Summarizer judging = opener.apply(judgeId)) {
            SummaryJudge judge = judge(judging, judgeId);
            Timeline timeline = timeline();
            if (timeline == null) {
                if (judging.remote()) {
                    throw noRecord();
                }
                return Summaries.judgeUnrecorded(outline, summary, judge, cancelled, clock);
            }
            return withSummaries(timeline, summaries -> summaries.judge(outline, summary, judge, cancelled));
        }
    }

    private static SummaryJudge judge(Summarizer judging, String judgeId) {
        return judging.judge()
                .orElseThrow(() -> Failure.of(
                        ExitCodes.USAGE,
                        "The summarizer " + TerminalText.line(judgeId) + " tells, and cannot judge.",
                        "One that can: bedrock"));
    }

    private Failure noRecord() {
        String name = TerminalText.line(notebook);
        return Failure.of(
                ExitCodes.NOTHING,
                "Nothing was sent: each call must be recorded, and " + name + " has no record yet.",
                "Make one from the saved file:  " + program.environment().command() + " import " + name,
                "Or record while you work:      " + program.environment().command() + " up");
    }

    private @Nullable Timeline timeline() {
        return material.lineage().notebooks().get(0).timeline();
    }

    private <T> T withSummaries(Timeline timeline, Function<Summaries, T> use) {
        TrackitReader own =
                given == null ? new Workspace(program.environment(), program.store()).openFor(notebook) : null;
        try {
            TrackitReader reader = own == null ? Objects.requireNonNull(given) : own;
            return use.apply(new Summaries(reader.store(), timeline.notebook(), material.redactor(), clock));
        } finally {
            if (own != null) {
                own.close();
            }
        }
    }

    /** All summaries that were kept of this notebook, the eldest first; empty where there is no record. */
    public List<Summaries.Kept> history() {
        Timeline timeline = timeline();
        return timeline == null ? List.of() : withSummaries(timeline, Summaries::history);
    }

    /** The offline summary, for when the chosen summarizer failed. */
    public Summary offline() {
        return Summaries.offline(material.outline(), clock);
    }

    @Override
    public void close() {
        summarizer.close();
    }
}
