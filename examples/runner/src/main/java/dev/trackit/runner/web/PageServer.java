package dev.trackit.runner.web;

import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.PageFiles;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.ProblemResponse;
import dev.trackit.runner.web.http.Route;
import dev.trackit.runner.web.live.Catalog;
import dev.trackit.runner.web.live.Feeds;
import dev.trackit.runner.web.live.Recording;
import dev.trackit.runner.web.security.Access;
import dev.trackit.runner.web.security.Gate;
import dev.trackit.runner.web.view.NotebooksView;
import dev.trackit.runner.web.view.Site;
import dev.trackit.runner.web.view.TimelineView;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the local page, from {@link #start} until {@link #close()}. It listens on 127.0.0.1 only, with few threads, so that it never takes
 * from the recording what that needs. Safe for use by several threads.
 */
public final class PageServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final String HOST = "127.0.0.1";
    private static final int THREADS = 12;
    private static final int CONNECTIONS = 96;
    private static final int LARGEST_HEADER = 16 << 10;
    private static final int LARGEST_BODY = 16 << 10;
    private static final long IDLE_MILLIS = 30_000;
    private static final long SLOWEST_BYTES_PER_SECOND = 256;

    private final Javalin javalin;
    private final Access access;
    private final Feeds feeds;
    private final ScheduledExecutorService background;
    private final List<Route> routes;

    private PageServer(
            Javalin javalin, Access access, Feeds feeds, ScheduledExecutorService background, List<Route> routes) {
        this.javalin = javalin;
        this.access = access;
        this.feeds = feeds;
        this.background = background;
        this.routes = routes;
    }

    /**
     * Starts a server.
     *
     * @param port the port; if it is taken, any that is free
     */
    public static PageServer start(Program program, Recording recording, int port) {
        Access access = Access.create();
        Catalog catalog = new Catalog(recording);
        Feeds feeds = new Feeds(recording.reader());
        Site site = new Site(program, recording, catalog, feeds);
        List<Route> routes = routes(site);
        ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "trackit-page-background");
            thread.setDaemon(true);
            return thread;
        });
        background.scheduleWithFixedDelay(() -> quietly(catalog::look), 0, 5, TimeUnit.SECONDS);
        Javalin javalin;
        try {
            javalin = create(access, routes, port);
            javalin.start();
        } catch (JavalinBindException e) {
            javalin = create(access, routes, 0);
            javalin.start();
        }
        return new PageServer(javalin, access, feeds, background, routes);
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.debug("The page's background work failed", e);
        }
    }

    private static List<Route> routes(Site site) {
        NotebooksView notebooks = new NotebooksView(site);
        TimelineView timeline = new TimelineView(site);
        return List.of(
                Route.view("/", notebooks::list),
                Route.view("/notebooks/{id}", notebooks::one),
                Route.view("/notebooks/{id}/timeline", timeline::timeline));
    }

    private static Javalin create(Access access, List<Route> routes, int port) {
        PageFiles files = new PageFiles();
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.http.maxRequestSize = LARGEST_BODY;
            jetty(config, access, port);
            config.routes.get("/page/<file>", context -> file(context, files));
            for (Route route : routes) {
                config.routes.addHttpHandler(route.method(), route.path(), context -> {
                    String accept = context.header("Accept");
                    if (route.page() && ProblemResponse.wantsPage(accept == null ? "" : accept)) {
                        shell(context, files);
                    } else {
                        route.handler().handle(context);
                    }
                });
            }
            config.routes.exception(Problem.class, (problem, context) -> Answer.problem(context, problem));
            config.routes.exception(Failure.class, (failure, context) -> Answer.problem(context, Problem.of(failure)));
            config.routes.exception(
                    HttpResponseException.class,
                    (e, context) ->
                            Answer.problem(context, Problem.of(e.getStatus(), "There is nothing at this address.")));
            config.routes.exception(Exception.class, (e, context) -> {
                LOG.warn("A request to the page failed", e);
                Answer.problem(context, Problem.of(500, "TrackIT failed to answer this."));
            });
        });
    }

    private static void jetty(JavalinConfig config, Access access, int port) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, 30_000);
        threads.setName("trackit-page");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.host = HOST;
        config.jetty.port = port;
        config.jetty.addConnector((server, http) -> connector(server, http, port));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(500);
            server.setHandler(new Gate(access, () -> port(server), LARGEST_BODY));
            server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
        });
    }

    private static int port(Server server) {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    private static Connector connector(Server server, HttpConfiguration http, int port) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(LARGEST_HEADER);
        http.setIdleTimeout(IDLE_MILLIS);
        http.setMinRequestDataRate(SLOWEST_BYTES_PER_SECOND);
        http.setUriCompliance(UriCompliance.DEFAULT);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(HOST);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(64);
        return connector;
    }

    private static void shell(Context context, PageFiles files) {
        PageFiles.PageFile index = files.file("index.html").orElseThrow();
        context.contentType(index.type()).result(index.content());
    }

    private static void file(Context context, PageFiles files) {
        PageFiles.PageFile file = files.file(context.pathParam("file"))
                .orElseThrow(() -> Problem.of(404, "There is nothing at this address."));
        context.header("Cache-Control", "no-cache").header("ETag", file.tag());
        if (file.tag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(file.type()).result(file.content());
        }
    }

    /** Where the page is, with the token that lets a browser in. */
    public String url() {
        return "http://" + HOST + ":" + port() + "/?token=" + access.token();
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Every address that is served, for documents and tests. */
    List<Route> routes() {
        return routes;
    }

    /** Ends it: streams are cut, and nothing is answered any more. Idempotent. */
    @Override
    public void close() {
        background.shutdownNow();
        javalin.stop();
        feeds.close();
    }
}
