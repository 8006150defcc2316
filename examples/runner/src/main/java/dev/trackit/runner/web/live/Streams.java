package dev.trackit.runner.web.live;

import dev.trackit.api.NotebookId;
import dev.trackit.api.TrackitException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All browsers that listen, and what they are told. One background thread looks at the logs, when it was told that one grew and every two seconds
 * besides, and hands what is new to the streams, each from where it stands: so an event comes exactly once, and a stream that was cut goes on
 * without a gap. Safe for use by several threads.
 */
public final class Streams {
    /** How many may listen at the same time. A browser opens six connections to a host at most. */
    public static final int MOST = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final long SOON_MILLIS = 15;
    /** Where a stream stands that began when nothing was recorded; the number of entries follows that it has told since. */
    private static final String START = "0.0.";

    private static final Pattern STARTED = Pattern.compile(Pattern.quote(START) + "([0-9]{1,9})");

    private final Catalog catalog;
    private final Feeds feeds;
    private final Messages messages;
    private final ScheduledExecutorService background;
    private final Set<EventStream> streams = new HashSet<>();
    private final Map<String, byte[]> rowsTold = new HashMap<>();
    private final AtomicBoolean soon = new AtomicBoolean();
    private final AtomicBoolean catalogSoon = new AtomicBoolean();
    private byte[] stateTold = {};

    /** How events are written down. */
    public interface Messages {
        /** A change of a notebook's timeline. */
        byte[] entry(NotebookRow row, Feed feed, Feed.Change change);

        /** A notebook of the list. */
        byte[] row(NotebookRow row);

        /** How the agent is doing; whatever only counts seconds left out. */
        byte[] state();

        /** Something that is only names and texts. */
        byte[] of(Map<String, ?> fields);
    }

    /** Streams that are told of these notebooks; call {@link #start()} to begin. */
    public Streams(Catalog catalog, Feeds feeds, Messages messages, ScheduledExecutorService background) {
        this.catalog = catalog;
        this.feeds = feeds;
        this.messages = messages;
        this.background = background;
    }

    /** Begins to look. */
    public void start() {
        background.scheduleWithFixedDelay(this::regular, 1_000, 1_000, TimeUnit.MILLISECONDS);
        background.scheduleWithFixedDelay(this::beat, 10, 10, TimeUnit.SECONDS);
    }

    /** Says that the log of a notebook grew: whoever listens will know soon. */
    public void touched(NotebookId notebook) {
        if (!catalog.knows(notebook)) {
            // Its first record: whoever looks at the notebook has waited for that.
            listTouched();
            return;
        }
        if (soon.compareAndSet(false, true)) {
            later(SOON_MILLIS, () -> {
                soon.set(false);
                drain();
            });
        }
    }

    /** Says that the list of notebooks may be another one: a session, a save, a choice. */
    public void listTouched() {
        if (catalogSoon.compareAndSet(false, true)) {
            later(SOON_MILLIS, () -> {
                catalogSoon.set(false);
                catalog.look();
                drain();
                tellRows();
            });
        }
    }

    private void later(long millis, Runnable work) {
        if (!background.isShutdown()) {
            background.schedule(() -> guarded(work), millis, TimeUnit.MILLISECONDS);
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.debug("Telling the page's streams failed", e);
        }
    }

    /**
     * Begins a stream.
     *
     * @param notebook the id of a notebook; null for all
     * @param after where an earlier stream stood; null to begin now
     * @return the stream; empty if too many listen already
     */
    public synchronized Optional<EventStream> open(
            @Nullable String notebook, @Nullable String after, EventStream.Wire wire) {
        streams.removeIf(EventStream::ended);
        if (streams.size() >= MOST) {
            return Optional.empty();
        }
        Matcher started = STARTED.matcher(after == null ? "" : after);
        boolean fromStart = started.matches();
        int told = fromStart ? Integer.parseInt(started.group(1)) : 0;
        EventStream stream = new EventStream(notebook, told, wire);
        NotebookRow row = notebook == null ? null : catalog.find(notebook).orElse(null);
        String cursor = START + told;
        if (row != null && row.log() != null && !fromStart) {
            cursor = attach(stream, row, after);
        }
        // Before the first entry too there must be something to resume by.
        stream.send("hello", cursor, messages.of(Map.of("cursor", cursor)));
        if (row != null) {
            stream.send("notebook", null, messages.row(row));
        }
        stream.send("state", null, messages.state());
        streams.add(stream);
        drain(stream);
        return Optional.of(stream);
    }

    /** Places the stream where it stood, or at the end; if that is not known any more, it is told to read everything again. */
    private String attach(EventStream stream, NotebookRow row, @Nullable String after) {
        Feed feed = feeds.of(Objects.requireNonNull(row.log()));
        synchronized (feed) {
            feed.poll();
            Optional<Long> from = after == null ? Optional.of(feed.state().changes()) : feed.number(after);
            if (from.isEmpty()) {
                stream.send("reset", null, messages.of(Map.of()));
            }
            stream.follow(feed, from.orElse(feed.state().changes()));
            return feed.cursor(stream.seen(), feed.state().timeline().entries().size());
        }
    }

    private void regular() {
        guarded(() -> {
            boolean listening;
            synchronized (this) {
                streams.removeIf(EventStream::ended);
                listening = !streams.isEmpty();
            }
            if (listening) {
                drain();
                tellRows();
                tellState();
            }
        });
    }

    private synchronized void drain() {
        streams.removeIf(EventStream::ended);
        for (EventStream stream : new ArrayList<>(streams)) {
            try {
                drain(stream);
            } catch (TrackitException e) {
                LOG.debug("A log could not be followed", e);
            }
        }
        feeds.keep(
                streams.stream().map(EventStream::feed).filter(Objects::nonNull).toList());
    }

    private void drain(EventStream stream) {
        String id = stream.notebook();
        NotebookRow row = id == null ? null : catalog.find(id).orElse(null);
        if (row == null || row.log() == null) {
            return;
        }
        Feed feed = stream.feed();
        if (feed == null) {
            feed = begin(stream, row);
        } else if (feed.closed() || !feed.notebook().equals(row.log())) {
            // It was let go and is opened again, or the notebook has another log now: what came meanwhile is not known
            // one by one.
            feed = feeds.of(row.log());
            restart(stream, feed);
        }
        feed.poll();
        Optional<List<Feed.Change>> unseen = feed.after(stream.seen());
        if (unseen.isEmpty()) {
            restart(stream, feed);
        }
        List<Feed.Change> changes = unseen.orElse(List.of());
        for (Feed.Change change : changes) {
            tell(stream, row, feed, change, feed.cursor(change.number(), change.entries()));
            stream.follow(feed, change.number());
        }
        if (!changes.isEmpty()) {
            stream.send(
                    "lineage",
                    null,
                    messages.of(Map.of(
                            "notebook",
                            row.id(),
                            "entries",
                            feed.state().timeline().entries().size())));
        }
    }

    /** Nothing had been recorded when this stream began: all that is there now is news. */
    private Feed begin(EventStream stream, NotebookRow row) {
        Feed feed = feeds.of(Objects.requireNonNull(row.log()));
        Feed.Beginning beginning = feed.beginning(stream.told());
        List<Feed.Change> entries = beginning.changes();
        for (Feed.Change change : entries) {
            // Only with the last of them it has heard all that a cursor of the feed speaks of.
            String cursor = change.order() == entries.size() - 1
                    ? feed.cursor(beginning.number(), change.entries())
                    : START + change.entries();
            tell(stream, row, feed, change, cursor);
        }
        stream.follow(feed, beginning.number());
        return feed;
    }

    private void restart(EventStream stream, Feed feed) {
        synchronized (feed) {
            stream.follow(feed, feed.state().changes());
            stream.send("reset", feed.cursor(), messages.of(Map.of()));
        }
    }

    private void tell(EventStream stream, NotebookRow row, Feed feed, Feed.Change change, String cursor) {
        stream.send(change.news() ? "entry" : "amended", cursor, messages.entry(row, feed, change));
    }

    private synchronized void tellRows() {
        Set<String> there = new HashSet<>();
        for (NotebookRow row : catalog.rows()) {
            there.add(row.id());
            byte[] now = messages.row(row);
            byte[] told = rowsTold.put(row.id(), now);
            if (told == null || !Arrays.equals(told, now)) {
                // Who looks at one notebook may choose another, to go on in.
                streams.forEach(s -> s.send("notebook", null, now));
            }
        }
        rowsTold.keySet().removeIf(id -> {
            boolean gone = !there.contains(id);
            if (gone) {
                byte[] message = messages.of(Map.of("id", id, "removed", true));
                streams.forEach(s -> s.send("notebook", null, message));
            }
            return gone;
        });
    }

    private synchronized void tellState() {
        byte[] now = messages.state();
        if (!Arrays.equals(stateTold, now)) {
            stateTold = now;
            streams.forEach(s -> s.send("state", null, now));
        }
    }

    /** Tells those who listen to a notebook, or to all, of something that goes on: a replay, a summary. */
    public synchronized void tell(String event, String notebook, byte[] data) {
        for (EventStream stream : streams) {
            if (stream.notebook() == null || stream.notebook().equals(notebook)) {
                stream.send(event, null, data);
            }
        }
    }

    private synchronized void beat() {
        streams.forEach(EventStream::beat);
    }

    /** Ends all. */
    public synchronized void close() {
        streams.forEach(EventStream::end);
        streams.clear();
    }
}
