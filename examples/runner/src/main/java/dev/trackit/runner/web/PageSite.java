package dev.trackit.runner.web;

import dev.trackit.runner.cli.Program;
import dev.trackit.runner.summary.SummaryFormat;
import dev.trackit.runner.web.http.Route;
import dev.trackit.runner.web.live.Analyses;
import dev.trackit.runner.web.live.Catalog;
import dev.trackit.runner.web.live.Feed;
import dev.trackit.runner.web.live.Feeds;
import dev.trackit.runner.web.live.NotebookRow;
import dev.trackit.runner.web.live.Recording;
import dev.trackit.runner.web.live.Streams;
import dev.trackit.runner.web.view.EventJson;
import dev.trackit.runner.web.view.LineageRoutes;
import dev.trackit.runner.web.view.NotebooksView;
import dev.trackit.runner.web.view.OutputsView;
import dev.trackit.runner.web.view.ReplaysView;
import dev.trackit.runner.web.view.Site;
import dev.trackit.runner.web.view.SliceView;
import dev.trackit.runner.web.view.StateView;
import dev.trackit.runner.web.view.SummaryView;
import dev.trackit.runner.web.view.TimelineView;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the page shows, put together: the live knowledge of notebooks, the views, and the threads that work behind them. */
final class PageSite implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageSite.class);
    private static final long LOOK_SECONDS = 5;

    private final Catalog catalog;
    private final Feeds feeds;
    private final Streams streams;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(daemon("streams"));
    private final ScheduledExecutorService folder = Executors.newSingleThreadScheduledExecutor(daemon("folder"));
    private final ExecutorService doctor = Executors.newSingleThreadExecutor(daemon("doctor"));
    private final ExecutorService analysis = Executors.newSingleThreadExecutor(daemon("analysis"));
    private final Analyses analyses;
    private final ReplaysView replays;
    private final SummaryView summaries;
    private final List<Route> routes;

    PageSite(Program program, Recording recording) {
        this.catalog = new Catalog(recording);
        this.feeds = new Feeds(recording.reader());
        StateView state =
                new StateView(recording, catalog, program.environment().clock(), doctor);
        this.streams = new Streams(catalog, feeds, new EventJson(state::event, this::prepare), background);
        this.analyses = new Analyses(analysis, this::analysed);
        Site site = new Site(program, recording, catalog, feeds, streams, analyses);
        NotebooksView notebooks = new NotebooksView(site);
        TimelineView timeline = new TimelineView(site);
        OutputsView outputs = new OutputsView(site);
        LineageRoutes lineage = new LineageRoutes(site);
        SliceView slice = new SliceView(site);
        this.replays = new ReplaysView(site);
        this.summaries = new SummaryView(site);
        List<Route> all = new ArrayList<>(List.of(
                Route.view("/", notebooks::list),
                Route.view("/notebooks/{id}", notebooks::one),
                Route.change(HandlerType.PUT, "/notebooks/{id}/tracking", notebooks::track),
                Route.change(HandlerType.DELETE, "/notebooks/{id}/tracking", notebooks::untrack),
                Route.view("/notebooks/{id}/timeline", timeline::timeline),
                Route.get("/notebooks/{id}/executions/{sequence}", outputs::execution),
                Route.get("/notebooks/{id}/outputs/{sequence}/{n}", outputs::output),
                Route.view("/notebooks/{id}/lineage", lineage::lineage),
                Route.get("/notebooks/{id}/lineage.svg", lineage::svg),
                Route.get("/notebooks/{id}/columns", lineage::columns),
                Route.view("/notebooks/{id}/slice", slice::slice),
                Route.get("/notebooks/{id}/slice.py", slice::script),
                Route.get("/notebooks/{id}/slice.ipynb", slice::notebook),
                Route.change(HandlerType.POST, "/notebooks/{id}/slice/replays", replays::start),
                Route.get("/notebooks/{id}/slice/replays/{rid}", replays::progress),
                Route.change(HandlerType.DELETE, "/notebooks/{id}/slice/replays/{rid}", replays::cancel),
                Route.view("/notebooks/{id}/summary", summaries::summary),
                Route.get("/notebooks/{id}/summary/preview", summaries::preview),
                Route.change(HandlerType.POST, "/notebooks/{id}/summary", summaries::ask),
                Route.get("/notebooks/{id}/summary/asks/{aid}", summaries::progress),
                Route.change(HandlerType.DELETE, "/notebooks/{id}/summary/asks/{aid}", summaries::cancel),
                Route.view("/state", state::state)));
        for (SummaryFormat format : SummaryFormat.values()) {
            all.add(Route.get("/notebooks/{id}/summary." + format.ending(), summaries.export(format)));
        }
        this.routes = List.copyOf(all);
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            Thread thread = new Thread(work, "trackit-page-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private void prepare(NotebookRow row, Feed feed) {
        analyses.prepare(row, feed);
    }

    private void analysed(NotebookRow row) {
        streams.tell("lineage", row.id(), EventJson.fields(Map.of("notebook", row.id(), "ready", true)));
    }

    /** Begins to look at the folder. */
    void start() {
        folder.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        streams.start();
    }

    private void look() {
        try {
            // In a folder of thousands of notebooks what the files say comes in parts, each of which is shown.
            while (!catalog.look() && !folder.isShutdown()) {
                LOG.trace("More files are to be read");
            }
        } catch (RuntimeException e) {
            LOG.debug("The folder could not be looked at", e);
        }
    }

    /** Forgets what can be read again. */
    void letGo() {
        summaries.letGo();
        feeds.close();
    }

    List<Route> routes() {
        return routes;
    }

    Streams streams() {
        return streams;
    }

    @Override
    public void close() {
        replays.close();
        summaries.close();
        streams.close();
        background.shutdownNow();
        folder.shutdownNow();
        analysis.shutdownNow();
        doctor.shutdownNow();
        feeds.close();
    }
}
