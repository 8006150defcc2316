package dev.trackit.runner.web.view;

import dev.trackit.api.NotebookId;
import dev.trackit.runner.lineage.LineageLoader;
import dev.trackit.runner.lineage.LoadedLineage;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.NotebookLineage;
import dev.trackit.runner.web.live.NotebookRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lineage that a slice is cut from: that of the notebook, which is kept up to date, or one of several notebooks, which is made for the one
 * question. Safe for use by several threads.
 */
final class SliceSource {
    private final Site site;

    SliceSource(Site site) {
        this.site = site;
    }

    /** Asks the lineage that a target is in. */
    <T> T ask(NotebookRow row, SliceTarget target, NotebookLineage.Question<T> question) throws IOException {
        return target.with().isEmpty() ? site.feed(row).lineage().ask(question) : question.ask(across(row, target));
    }

    /** The lineage that a target is in, for who keeps it for long: nothing is added to it. */
    LoadedLineage alone(NotebookRow row, SliceTarget target) {
        return target.with().isEmpty() ? site.feed(row).lineage().alone() : across(row, target);
    }

    private LoadedLineage across(NotebookRow row, SliceTarget target) {
        Map<String, NotebookId> notebooks = new LinkedHashMap<>();
        int executions = 0;
        Feed own = site.feed(row);
        notebooks.put(row.name(), own.notebook());
        executions += own.state().bySequence().size();
        for (String id : target.with()) {
            NotebookRow other = site.catalog()
                    .find(id)
                    .orElseThrow(() -> Problem.of(404, "One of the other notebooks does not exist."));
            Feed feed = site.feed(other);
            if (notebooks.putIfAbsent(other.name(), feed.notebook()) == null) {
                executions += feed.state().bySequence().size();
            }
        }
        NotebookLineage.requireRoom(executions);
        return LineageLoader.of(site.recording().reader(), notebooks);
    }
}
