package dev.trackit.runner.web;

import dev.trackit.api.TrackitException;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.web.http.Answer;
import dev.trackit.runner.web.http.PageFiles;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.ProblemResponse;
import dev.trackit.runner.web.http.Route;
import dev.trackit.runner.web.live.PageListener;
import dev.trackit.runner.web.live.Recording;
import dev.trackit.runner.web.security.Access;
import dev.trackit.runner.web.security.ConnectionLimits;
import dev.trackit.runner.web.security.Gate;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
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
    private static final int LARGEST_HEADER = 16 << 10;
    private static final int LARGEST_BODY = 16 << 10;

    private final Javalin javalin;
    private final Access access;
    private final PageSite site;

    private PageServer(Javalin javalin, Access access, PageSite site) {
        this.javalin = javalin;
        this.access = access;
        this.site = site;
    }

    /**
     * Starts a server.
     *
     * @param listener was told of the recording from its start, and now tells the page
     * @param port the port; if it is taken, any that is free
     */
    public static PageServer start(Program program, Recording recording, PageListener listener, int port) {
        Access access = Access.create();
        PageSite site = new PageSite(program, recording);
        try {
            Javalin javalin = listen(access, site, port);
            site.start();
            listener.tell(site.streams());
            return new PageServer(javalin, access, site);
        } catch (RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private static Javalin listen(Access access, PageSite site, int port) {
        try {
            return create(access, site, port).start();
        } catch (JavalinBindException e) {
            LOG.debug("Port {} is taken", port);
            return create(access, site, 0).start();
        }
    }

    private static Javalin create(Access access, PageSite site, int port) {
        PageFiles files = new PageFiles();
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.http.maxRequestSize = LARGEST_BODY;
            config.http.prefer405over404 = true;
            jetty(config, access, site, port);
            config.routes.get("/page/<file>", context -> file(context, files));
            for (Route route : site.routes()) {
                config.routes.addHttpHandler(
                        route.method(), route.path(), context -> answer(context, route, files, site));
            }
            problems(config);
        });
    }

    private static void answer(Context context, Route route, PageFiles files, PageSite site) throws Exception {
        String accept = context.header("Accept");
        if (route.page() && ProblemResponse.wantsPage(accept == null ? "" : accept)) {
            PageFiles.PageFile index = files.file("index.html").orElseThrow(PageServer::nothing);
            context.contentType(index.type()).result(index.content());
        } else {
            try {
                route.handler().handle(context);
            } catch (OutOfMemoryError e) {
                // What only the page holds is let go, before the recording misses it.
                site.letGo();
                LOG.warn("An answer of the page did not fit into memory; what the page held was let go");
                throw Problem.of(503, "This does not fit into the agent's memory.")
                        .todo("Give it more: TRACKIT_JAVA_OPTS=-Xmx1g trackit up");
            }
        }
    }

    private static void problems(JavalinConfig config) {
        config.routes.exception(Problem.class, (problem, context) -> Answer.problem(context, problem));
        config.routes.exception(Failure.class, (failure, context) -> Answer.problem(context, Problem.of(failure)));
        config.routes.exception(
                HttpResponseException.class,
                (e, context) -> Answer.problem(
                        context,
                        e.getStatus() == 405
                                ? Problem.of(405, "This method is not served here.")
                                : e.getStatus() == 404
                                        ? nothing()
                                        : Problem.of(e.getStatus(), "The request is not understood.")));
        config.routes.exception(IllegalArgumentException.class, (e, context) -> {
            LOG.debug("A request was not understood", e);
            Answer.problem(context, Problem.of(400, "The request is not understood."));
        });
        config.routes.exception(TrackitException.class, (e, context) -> {
            LOG.debug("A request met a fault", e);
            Answer.problem(context, Problem.of(500, String.valueOf(e.getMessage())));
        });
        config.routes.exception(Exception.class, (e, context) -> {
            LOG.warn("A request to the page failed", e);
            Answer.problem(
                    context,
                    Problem.of(500, "TrackIT failed to answer this.")
                            .todo("Started with --debug, it says more in its terminal. Please report it."));
        });
    }

    private static void jetty(JavalinConfig config, Access access, PageSite site, int port) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, 30_000);
        threads.setName("trackit-page");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.host = HOST;
        config.jetty.port = port;
        config.jetty.addConnector((server, http) -> connector(server, http, port));
        config.jetty.modifyServer(server -> {
            // Who still listens has nothing to wait for.
            server.setStopTimeout(0);
            server.setErrorHandler(new QuietErrors());
            Gate gate = new Gate(access, () -> port(server), LARGEST_BODY);
            gate.setHandler(new EventsHandler(site.streams()));
            server.setHandler(gate);
        });
    }

    private static int port(Server server) {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    private static Connector connector(Server server, HttpConfiguration http, int port) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(LARGEST_HEADER);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(HOST);
        connector.setPort(port);
        ConnectionLimits.on(connector, http);
        return connector;
    }

    private static void file(Context context, PageFiles files) {
        // A slash at the end is no part of the parameter, but of another address, below which relative ones would go
        // wrong.
        PageFiles.PageFile file = Optional.of(context.pathParam("file"))
                .filter(name -> !context.path().endsWith("/"))
                .flatMap(files::file)
                .orElseThrow(PageServer::nothing);
        context.header("Cache-Control", "no-cache").header("ETag", file.tag());
        if (file.tag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(file.type()).result(file.content());
        }
    }

    private static Problem nothing() {
        return Problem.of(404, "There is nothing at this address.");
    }

    /** Where the page is, with the token that lets a browser in. */
    public String url() {
        return url(access.token());
    }

    /** Makes ready what a browser needs first, by asking for it: so that the first view is there at once. Takes a second at most. */
    public void warm() {
        new FirstRequests(url()).openPage();
    }

    /** As {@link #url()}, but it lets one browser in, once. */
    public String urlForOnce() {
        return url(access.ticket());
    }

    private String url(String token) {
        return "http://" + HOST + ":" + port() + "/?token=" + token;
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Every address that is served, for documents and tests. */
    List<Route> routes() {
        return site.routes();
    }

    /** Ends it: streams are cut, and nothing is answered any more. Idempotent. */
    @Override
    public void close() {
        site.close();
        try {
            javalin.stop();
        } catch (RuntimeException e) {
            LOG.debug("The page did not end in good order", e);
        }
    }
}
