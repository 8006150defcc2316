package dev.trackit.runner.web.live;

import dev.trackit.api.NotebookId;
import dev.trackit.core.TrackitReader;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The notebooks that somebody looked at lately, a few at a time: the agent's memory is small, and a log can be read again. Safe for use by several
 * threads.
 */
public final class Feeds implements AutoCloseable {
    private static final int AT_MOST = 6;

    private final TrackitReader reader;
    private final SecureRandom random = new SecureRandom();
    private Set<Feed> kept = Set.of();
    private final Map<NotebookId, Feed> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Feeds of the logs of this reader. */
    public Feeds(TrackitReader reader) {
        this.reader = reader;
    }

    /** The feed of a notebook, read if need be. @throws dev.trackit.api.StoreException if its log cannot be read */
    public synchronized Feed of(NotebookId notebook) {
        Feed known = open.get(notebook);
        if (known != null && !known.closed()) {
            return known;
        }
        byte[] epoch = new byte[4];
        random.nextBytes(epoch);
        Feed feed = Feed.open(reader, notebook, HexFormat.of().formatHex(epoch));
        open.put(notebook, feed);
        letGo();
        return feed;
    }

    /** Says which feeds are followed: these stay open. */
    synchronized void keep(Collection<Feed> followed) {
        kept = Set.copyOf(followed);
    }

    private void letGo() {
        Iterator<Feed> eldest = open.values().iterator();
        int tooMany = open.size() - AT_MOST;
        while (tooMany > 0 && eldest.hasNext()) {
            Feed feed = eldest.next();
            if (!kept.contains(feed) && eldest.hasNext()) {
                feed.close();
                eldest.remove();
                tooMany--;
            }
        }
    }

    /** The feed of a notebook, if it is open. */
    public synchronized Optional<Feed> known(NotebookId notebook) {
        return Optional.ofNullable(open.get(notebook));
    }

    /** All that are open. */
    public synchronized List<Feed> all() {
        return new ArrayList<>(open.values());
    }

    /** Closes all. */
    @Override
    public synchronized void close() {
        open.values().forEach(Feed::close);
        open.clear();
    }
}
