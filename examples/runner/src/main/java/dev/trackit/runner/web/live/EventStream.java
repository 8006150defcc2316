package dev.trackit.runner.web.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One browser that listens. Messages wait in a bounded queue and are written one after the other, never by a thread that waits: a browser that does
 * not read is let go, and takes up again where it stopped. Safe for use by several threads.
 *
 * <p>The format is that of <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>.
 */
public final class EventStream {
    private static final int MOST_MESSAGES = 2_048;
    private static final int MOST_BYTES = 4 << 20;

    /** Writes bytes, and says later whether that worked. */
    public interface Wire {
        /** Writes; not called again before {@code done} was. */
        void write(ByteBuffer bytes, Done done);

        /** Ends the connection. */
        void end();
    }

    /** Told when a write ended. */
    @FunctionalInterface
    public interface Done {
        /** @param worked whether it was written */
        void done(boolean worked);
    }

    private final @Nullable String notebook;
    private final int told;
    private final Wire wire;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean writing;
    private boolean ended;
    private @Nullable Feed feed;
    private long seen;

    EventStream(@Nullable String notebook, int told, Wire wire) {
        this.notebook = notebook;
        this.told = told;
        this.wire = wire;
    }

    /** The id of the notebook that it is about; null if it is about all. */
    @Nullable
    String notebook() {
        return notebook;
    }

    /** How many entries an earlier stream told that began, as this one does, before there was a log. */
    int told() {
        return told;
    }

    /** The feed that it follows; null before there is one. Used under the lock of {@link Streams} only. */
    @Nullable
    Feed feed() {
        return feed;
    }

    /** The number of the last change that was sent. */
    long seen() {
        return seen;
    }

    void follow(Feed newFeed, long from) {
        feed = newFeed;
        seen = from;
    }

    /** Whether it has ended. */
    synchronized boolean ended() {
        return ended;
    }

    /**
     * Sends an event.
     *
     * @param id where the stream stands after it; null if it moves nothing
     * @param data one line of JSON
     */
    void send(String event, @Nullable String id, byte[] data) {
        StringBuilder head = new StringBuilder();
        if (id != null) {
            head.append("id: ").append(id).append('\n');
        }
        head.append("event: ").append(event).append("\ndata: ");
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(start.length + data.length + 2);
        message.put(start).put(data).put((byte) '\n').put((byte) '\n').flip();
        offer(message);
    }

    /** Sends a line that browsers pass over, so that both ends know the connection lives. */
    void beat() {
        offer(ByteBuffer.wrap(": \n\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private void offer(ByteBuffer message) {
        boolean full;
        synchronized (this) {
            if (ended) {
                return;
            }
            full = waiting.size() >= MOST_MESSAGES || waitingBytes + message.remaining() > MOST_BYTES;
            if (full) {
                ended = true;
                waiting.clear();
            } else {
                waiting.add(message);
                waitingBytes += message.remaining();
                if (writing) {
                    return;
                }
                writing = true;
            }
        }
        if (full) {
            wire.end();
        } else {
            pump();
        }
    }

    /** Writes what waits. A write may end before the call returns, or later in another thread; in the first case this loop goes on, so that no stack grows. */
    private void pump() {
        while (true) {
            ByteBuffer next = next();
            if (next == null) {
                return;
            }
            AtomicBoolean met = new AtomicBoolean();
            wire.write(next, worked -> {
                if (!worked) {
                    fail();
                }
                if (!met.compareAndSet(false, true)) {
                    pump();
                }
            });
            if (met.compareAndSet(false, true)) {
                return;
            }
        }
    }

    /** All that waits, as one; null if there is nothing to write. */
    private synchronized @Nullable ByteBuffer next() {
        if (ended || waiting.isEmpty()) {
            writing = false;
            return null;
        }
        ByteBuffer all = ByteBuffer.allocate(waitingBytes);
        waiting.forEach(all::put);
        waiting.clear();
        waitingBytes = 0;
        return all.flip();
    }

    private synchronized void fail() {
        ended = true;
        waiting.clear();
    }

    /** Ends it. */
    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            waiting.clear();
        }
        wire.end();
    }
}
