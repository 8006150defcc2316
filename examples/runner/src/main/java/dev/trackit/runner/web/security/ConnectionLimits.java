package dev.trackit.runner.web.security;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Limits of connections: how many there are, how long one may be silent, and how slowly one may send. Silence alone is not enough: who sends one
 * byte of a header now and then is never silent, so a connection that has neither brought a whole request nor been sent anything for a while is ended
 * too; and where many are open, one that does nothing makes room for a new one. What is sent counts, for Jetty calls a live stream answered as soon as it begins.
 */
public final class ConnectionLimits extends AbstractLifeCycle implements Connection.Listener {
    private static final int MOST = 96;
    /** So many at once no browser opens. */
    private static final int CROWDED = 64;

    /** How many bytes it takes to refuse something, with all headers; a page or a live stream begins with more. */
    private static final long A_REFUSAL = 1_600;

    private static final long IDLE_MILLIS = 30_000;
    private static final long SLOWEST_BYTES_PER_SECOND = 256;
    private static final long LOOK_SECONDS = 2;

    private final ServerConnector connector;
    private final long patienceNanos;
    private final Map<Connection, Progress> seen = new ConcurrentHashMap<>();

    /** How far a connection was when it last brought a whole request. */
    private record Progress(long requests, long answers, long sent, long since) {}

    private ConnectionLimits(ServerConnector connector, long patienceSeconds) {
        this.connector = connector;
        this.patienceNanos = TimeUnit.SECONDS.toNanos(patienceSeconds);
    }

    /** Sets them. */
    @SuppressWarnings("removal") // Javalin brings this Jetty, which has no other limit that is as simple.
    public static void on(ServerConnector connector, HttpConfiguration http) {
        http.setIdleTimeout(IDLE_MILLIS);
        http.setMinRequestDataRate(SLOWEST_BYTES_PER_SECOND);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(64);
        connector.addBean(new NetworkConnectionLimit(MOST, connector));
        connector.addBean(new ConnectionLimits(connector, Long.getLong("trackit.page.patience", 15)));
    }

    @Override
    public void onOpened(Connection connection) {
        if (seen.size() >= CROWDED) {
            makeRoom();
        }
        seen.put(connection, new Progress(0, 0, 0, System.nanoTime()));
    }

    /** Ends the eldest of the connections that do nothing and have been told nothing but a refusal, so that who has business here is let in. */
    private void makeRoom() {
        seen.entrySet().stream()
                .filter(entry ->
                        entry.getKey().getMessagesIn() <= entry.getKey().getMessagesOut()
                                && entry.getKey().getBytesOut() < A_REFUSAL)
                .min(Comparator.comparingLong(entry -> entry.getValue().since()))
                .ifPresent(entry -> entry.getKey().close());
    }

    @Override
    public void onClosed(Connection connection) {
        seen.remove(connection);
    }

    @Override
    protected void doStart() {
        later();
    }

    private void later() {
        Scheduler scheduler = connector.getScheduler();
        if (isRunning() || isStarting()) {
            scheduler.schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void look() {
        long now = System.nanoTime();
        seen.forEach((connection, before) -> {
            long requests = connection.getMessagesIn();
            long answers = connection.getMessagesOut();
            long sent = connection.getBytesOut();
            boolean working = requests > answers;
            if (working || requests != before.requests() || answers != before.answers() || sent != before.sent()) {
                seen.replace(connection, before, new Progress(requests, answers, sent, now));
            } else if (now - before.since() > patienceNanos) {
                connection.close();
            }
        });
        later();
    }
}
