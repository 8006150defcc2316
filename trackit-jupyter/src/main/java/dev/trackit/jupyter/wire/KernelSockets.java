package dev.trackit.jupyter.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections to all kernels, read by one thread.
 *
 * <p>Why it is built so. A subscriber that reads late makes the kernel hold messages in its own memory, up to 1,000 of them, and then
 * lose them. So the thread does nothing but take messages and hand them on: it waits for no disk and no lock. A subscriber that reads
 * each message at once costs a notebook of tiny cells context switches that it feels on a small machine (7 to 9 % were measured). So after some
 * traffic the thread rests for {@code rest}, while the system's socket buffer takes what comes, and then reads all of it at once; without traffic it
 * blocks, and costs nothing. Times are the kernel's own, from its messages, so resting costs no exactness.
 *
 * <p>That is why it speaks ZMTP itself ({@link ZmtpConnection}): a library of ZeroMQ reads each message when it comes, on a thread of its own, which was a third of
 * the agent's processor time. JeroMQ serves what is rare: encrypted kernels, and peers of older versions ({@link JeroMqSockets}).
 */
public final class KernelSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelSockets.class);

    /**
     * A larger message is passed over, and said to be. A cell that prints 50 MB on an idle machine sends them as one message, so much must be
     * possible in a small heap.
     */
    static final long MAX_MESSAGE_BYTES =
            Math.max(64L << 20, Math.min(256L << 20, Runtime.getRuntime().maxMemory() * 3 / 8));

    private static final String ALL = "";
    private static final int BUFFER = 256 * 1024;
    /** After so many bytes at one look the thread does not rest: the kernel is writing fast. */
    private static final long FAST = 64 * 1024;

    private final String name;
    private final Duration rest;
    private final Thread thread;
    private final Selector selector;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    // Touched by the thread only.
    private final List<ZmtpConnection> connections = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private @Nullable JeroMqSockets others;
    private long taken;

    /**
     * Opens the thread, without any connection yet.
     *
     * @param name the thread's name
     * @param rest how long to rest after traffic; zero for none
     */
    public KernelSockets(String name, Duration rest) {
        this.name = name;
        this.rest = rest;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a selector for the thread that reads kernels", e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Connections to a kernel, none made yet. @param kernel where it listens */
    public KernelLink link(ConnectionInfo kernel) {
        return new Link(kernel);
    }

    /** Closes all connections and ends the thread. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        wakeUp();
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(Runnable command) {
        commands.add(command);
        wakeUp();
    }

    private void wakeUp() {
        if (awake.compareAndSet(false, true)) {
            selector.wakeup();
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        try {
            while (!closed.get()) {
                taken = 0;
                selector.select(this::selected, patience());
                runCommands();
                long now = System.nanoTime();
                for (int i = 0; i < connections.size(); i++) {
                    connections.get(i).attend(now);
                }
                if (taken > 0 && taken < FAST && !rest.isZero()) {
                    rest();
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            LOG.warn("Reading from kernels ended", e);
        } finally {
            shutDown();
        }
    }

    private void selected(SelectionKey key) {
        ZmtpConnection connection = (ZmtpConnection) key.attachment();
        try {
            taken += connection.selected(key, buffer);
        } catch (RuntimeException e) {
            // A fault with one kernel must not end the reading of all others.
            LOG.warn("A message of a kernel could not be taken", e);
            connection.renew();
        }
    }

    /** How long to wait for something to come, in milliseconds; 0 for as long as it takes. */
    private long patience() {
        long due = Long.MAX_VALUE;
        long now = System.nanoTime();
        for (int i = 0; i < connections.size(); i++) {
            long next = connections.get(i).due();
            due = next == Long.MAX_VALUE ? due : Math.min(due, Math.max(0, next - now));
        }
        return due == Long.MAX_VALUE ? 0 : 1 + due / 1_000_000;
    }

    private void rest() {
        long until = System.nanoTime() + rest.toNanos();
        for (long left = rest.toNanos(); left > 0; left = until - System.nanoTime()) {
            if (!commands.isEmpty() || closed.get()) {
                return;
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                LOG.trace("Interrupts are of no meaning here");
            }
        }
    }

    private void runCommands() {
        awake.set(false);
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    private void shutDown() {
        List.copyOf(connections).forEach(ZmtpConnection::close);
        connections.clear();
        if (others != null) {
            others.close();
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("Closing a selector failed", e);
        }
    }

    private JeroMqSockets others() {
        JeroMqSockets open = others;
        if (open == null) {
            open = new JeroMqSockets(name + "-jeromq", rest);
            others = open;
        }
        return open;
    }

    /** The connections to one kernel. Its public methods may be called by any thread, all others run on the reading thread. */
    private final class Link implements KernelLink {
        private final ConnectionInfo kernel;
        private final Map<Channel, Line> lines = new EnumMap<>(Channel.class);
        private @Nullable LinkListener listener;
        /** What serves this kernel instead, if it does not speak ZMTP 3 in plain. */
        private @Nullable KernelLink other;

        private boolean ended;

        Link(ConnectionInfo kernel) {
            this.kernel = kernel;
        }

        @Override
        public void open(LinkListener told) {
            post(() -> {
                listener = told;
                if (kernel.curve().isPresent()) {
                    useOther(told);
                } else {
                    line(Channel.IOPUB, told);
                }
            });
        }

        @Override
        public void send(Channel channel, List<byte[]> frames) {
            post(() -> {
                LinkListener told = listener;
                if (other != null) {
                    other.send(channel, frames);
                } else if (!ended && told != null) {
                    line(channel, told).connection.send(frames);
                }
            });
        }

        @Override
        public void reconnect(Channel channel) {
            post(() -> {
                Line line = lines.get(channel);
                if (other != null) {
                    other.reconnect(channel);
                } else if (line != null) {
                    line.renew();
                }
            });
        }

        @Override
        public void disconnect(Channel channel) {
            post(() -> {
                Line line = lines.remove(channel);
                if (other != null) {
                    other.disconnect(channel);
                } else if (line != null) {
                    line.close();
                }
            });
        }

        @Override
        public void close() {
            post(() -> {
                ended = true;
                closeLines();
                if (other != null) {
                    other.close();
                }
            });
        }

        private void closeLines() {
            lines.values().forEach(Line::close);
            lines.clear();
        }

        private Line line(Channel channel, LinkListener told) {
            return lines.computeIfAbsent(channel, c -> new Line(this, told, c));
        }

        /** Goes on with JeroMQ, and sends by it what was not sent yet. */
        private void useOther(LinkListener told) {
            if (ended || other != null) {
                return;
            }
            KernelLink link = others().link(kernel);
            other = link;
            link.open(told);
            lines.forEach((channel, line) -> line.connection.unsent().forEach(frames -> link.send(channel, frames)));
            closeLines();
        }
    }

    /** One connection, and what it means to its kernel. */
    private final class Line implements ZmtpConnection.Owner {
        private final Link link;
        private final LinkListener listener;
        private final Channel channel;
        private final ZmtpConnection connection;
        private final FloodFilter flood = new FloodFilter();

        Line(Link link, LinkListener listener, Channel channel) {
            this.link = link;
            this.listener = listener;
            this.channel = channel;
            boolean subscribes = channel == Channel.IOPUB;
            this.connection =
                    new ZmtpConnection(selector, link.kernel.address(channel), subscribes, MAX_MESSAGE_BYTES, this);
            if (subscribes) {
                connection.subscribe(ALL);
            }
            connections.add(connection);
        }

        void renew() {
            filter(flood.end());
            connection.renew();
        }

        void close() {
            connections.remove(connection);
            connection.close();
        }

        @Override
        public void onReady() {
            listener.onConnected(channel);
        }

        @Override
        public void onLost() {
            filter(flood.end());
            listener.onDisconnected(channel);
        }

        @Override
        public void onOtherProtocol() {
            link.useOther(listener);
        }

        @Override
        public void onMessage(List<byte[]> frames, long bytes) {
            listener.onMessage(channel, frames, bytes);
            if (channel == Channel.IOPUB) {
                filter(flood.onMessage(frames, bytes, System.nanoTime()));
            }
        }

        @Override
        public void onOversized(long bytes) {
            listener.onOversized(channel, bytes);
        }

        private void filter(FloodFilter.Change change) {
            if (change == FloodFilter.Change.NONE) {
                return;
            }
            boolean narrow = change == FloodFilter.Change.NARROW;
            // First add, then remove: what is wanted before and after is not missed in between.
            connection.subscribe(narrow ? FloodFilter.ESSENTIAL : ALL);
            connection.unsubscribe(narrow ? ALL : FloodFilter.ESSENTIAL);
            listener.onFiltered(narrow, Instant.now());
        }
    }
}
