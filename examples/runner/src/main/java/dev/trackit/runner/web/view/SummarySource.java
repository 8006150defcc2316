package dev.trackit.runner.web.view;

import dev.trackit.api.Cell;
import dev.trackit.api.ConfigurationException;
import dev.trackit.api.Notebook;
import dev.trackit.api.Summary;
import dev.trackit.api.TrackitException;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.discovery.Providers;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.summary.Material;
import dev.trackit.runner.summary.Scope;
import dev.trackit.runner.summary.SummaryMaker;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.spi.SummarizerProvider;
import dev.trackit.summary.OfflineSummarizerProvider;
import dev.trackit.summary.Summaries;
import dev.trackit.summary.outline.Experiment;
import dev.trackit.summary.outline.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where summaries come from: what they are made of, kept for a while because it is costly, and who can make them. Safe for use by several threads. */
final class SummarySource {
    private static final int REMEMBERED = 4;

    private final Site site;
    private final Map<String, Told> told = new LinkedHashMap<>(8, 0.75f, true);

    SummarySource(Site site) {
        this.site = site;
    }

    /**
     * A part of a notebook's history, ready to be told.
     *
     * @param material what a summary is made of
     * @param sections the sections of the notebook as last saved
     * @param experiments its experiments
     */
    record Told(Material material, List<Section> sections, List<Experiment> experiments) {}

    /**
     * A summarizer.
     *
     * @param id its name
     * @param remote whether it sends anything out
     * @param problem why it cannot be used; empty if it can
     */
    record Choice(String id, boolean remote, String problem) {}

    /** A summary that is to be shown. @param kept whether it was kept from an earlier time */
    record Shown(Summary summary, boolean kept) {}

    Told told(NotebookRow row, SummaryScope scope) throws IOException {
        Feed feed = site.feed(row);
        String key = feed.cursor() + " " + scope;
        synchronized (told) {
            Told known = told.get(key);
            if (known != null) {
                return known;
            }
        }
        Told made = feed.lineage().ask(lineage -> make(lineage, scope));
        synchronized (told) {
            told.put(key, made);
            Iterator<String> eldest = told.keySet().iterator();
            while (told.size() > REMEMBERED) {
                eldest.next();
                eldest.remove();
            }
        }
        return made;
    }

    private Told make(LoadedLineage lineage, SummaryScope scope) {
        Notebook saved = lineage.notebooks().get(0).saved();
        List<Cell> cells = saved == null ? List.of() : saved.cells();
        try {
            Material material = Material.of(
                    lineage,
                    scope.scope(site.program().environment()),
                    site.recording().reader().dataFolder());
            return new Told(material, Section.of(cells), List.copyOf(Scope.experiments(lineage)));
        } catch (Failure e) {
            throw Problem.of(e);
        }
    }

    void letGo() {
        synchronized (told) {
            told.clear();
        }
    }

    SummaryMaker maker(Told from, String summarizer) {
        TrackitReader reader = site.recording().reader();
        if (installed().stream().noneMatch(provider -> provider.id().equals(summarizer))) {
            throw Problem.of(404, "There is no summarizer of this name.");
        }
        try {
            return SummaryMaker.of(site.program(), from.material(), reader, summarizer);
        } catch (ConfigurationException e) {
            throw Problem.of(409, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The summary that is asked for, without asking anybody: a kept one, or one made on this machine.
     *
     * @param kept the id of a kept one; null for the one that is right now
     */
    Shown shown(Told from, String summarizer, @Nullable String kept) {
        try (SummaryMaker maker = maker(from, summarizer)) {
            if (kept != null) {
                return maker.history().stream()
                        .filter(one -> one.id().equals(kept))
                        .findFirst()
                        .map(one -> new Shown(one.summary(), true))
                        .orElseThrow(() -> Problem.of(404, "There is no such summary."));
            }
            Optional<Summary> known = maker.kept();
            if (known.isPresent()) {
                return new Shown(known.get(), true);
            }
            if (maker.remote()) {
                throw Problem.of(404, "There is no summary by " + summarizer + " of this yet.")
                        .todo("Look at what would be sent, and ask for it.");
            }
            return new Shown(maker.offline(), false);
        }
    }

    List<Summaries.Kept> history(Told from) {
        try (SummaryMaker maker = maker(from, OfflineSummarizerProvider.ID)) {
            List<Summaries.Kept> newestFirst = new ArrayList<>(maker.history());
            Collections.reverse(newestFirst);
            return newestFirst;
        }
    }

    /** The summarizers that are installed, and what they miss now: a user may mend it meanwhile. */
    List<Choice> choices(Told from) {
        List<Choice> choices = new ArrayList<>();
        for (SummarizerProvider provider : installed()) {
            boolean offline = provider.id().equals(OfflineSummarizerProvider.ID);
            choices.add(new Choice(provider.id(), !offline, offline ? "" : problem(from, provider.id())));
        }
        return choices;
    }

    private String problem(Told from, String summarizer) {
        try (SummaryMaker maker = maker(from, summarizer)) {
            return maker.problem().orElse("");
        } catch (Problem e) {
            return e.what();
        } catch (TrackitException | LinkageError e) {
            return "It could not be opened: " + e.getMessage();
        }
    }

    private static List<SummarizerProvider> installed() {
        return Providers.find(SummarizerProvider.class, Providers.defaultLoader())
                .all();
    }
}
