package dev.trackit.jupyter.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * As {@link KernelSockets}, by JeroMQ, for kernels that do not speak ZMTP 3 in plain: encrypted ones, and older peers. The only class that knows
 * JeroMQ; none of its types leaves it.
 *
 * <p>Settings that are needed with JeroMQ 0.6.0: a handshake interval, because up to a tenth of fresh connections otherwise hang in the handshake
 * for ever (its pull request 1022), longer for encrypted kernels, whose keys it computes in Java; a reconnect interval of 10 ms, so that a kernel
 * that starts or restarts is reached before its first cell runs.
 */
final class JeroMqSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JeroMqSockets.class);

    private static final byte[] ALL = new byte[0];
    private static final byte[] ESSENTIAL = FloodFilter.ESSENTIAL.getBytes(StandardCharsets.UTF_8);
    private static final int MAX_FRAMES = 256;
    /** What ZeroMQ may hold for us on our side while the thread rests. */
    private static final int RECEIVE_QUEUE = 20_000;

    private static final Duration HANDSHAKE = Duration.ofMillis(300);
    private static final Duration ENCRYPTED_HANDSHAKE = Duration.ofSeconds(3);
    /** After a batch of this many messages the thread does not rest: the kernel is writing fast. */
    private static final int BIG_BATCH = 250;

    private final ZContext context = new ZContext(1);
    private final Duration rest;
    private final Thread thread;
    private final Pipe wake;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    // Touched by the thread only.
    private final List<Line> lines = new ArrayList<>();
    private final ZMQ.Poller poller;
    private final ZMQ.Poller commandPoller;

    /**
     * Opens the thread, without any socket yet.
     *
     * @param name the thread's name
     * @param rest how long to rest after traffic; zero for none
     */
    JeroMqSockets(String name, Duration rest) {
        this.rest = rest;
        context.setLinger(0);
        try {
            wake = Pipe.open();
            wake.source().configureBlocking(false);
            wake.sink().configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a pipe to wake the thread that reads kernels", e);
        }
        poller = context.createPoller(16);
        poller.register(wake.source(), ZMQ.Poller.POLLIN);
        commandPoller = context.createPoller(1);
        commandPoller.register(wake.source(), ZMQ.Poller.POLLIN);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Connections to a kernel, none made yet. @param kernel where it listens; transport {@code tcp} */
    KernelLink link(ConnectionInfo kernel) {
        return new Link(kernel);
    }

    /** Closes all sockets and ends the thread. Idempotent. */
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
            try {
                wake.sink().write(ByteBuffer.wrap(new byte[1]));
            } catch (IOException e) {
                LOG.debug("The reading thread was gone already", e);
            }
        }
    }

    private void run() {
        try {
            while (!closed.get()) {
                poller.poll(-1);
                runCommands();
                int messages = receiveAll();
                if (messages > 0 && messages < BIG_BATCH && !rest.isZero()) {
                    commandPoller.poll(rest.toMillis());
                    runCommands();
                }
            }
        } catch (ZMQException e) {
            LOG.warn("Reading from kernels ended: {}", e.getMessage());
        } finally {
            shutDown();
        }
    }

    private void shutDown() {
        lines.clear();
        poller.close();
        commandPoller.close();
        context.close();
        try {
            wake.sink().close();
            wake.source().close();
        } catch (IOException e) {
            LOG.debug("Closing a pipe failed", e);
        }
    }

    private void runCommands() {
        awake.set(false);
        try {
            wake.source().read(ByteBuffer.allocate(64));
        } catch (IOException e) {
            LOG.debug("Reading from the pipe failed", e);
        }
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    private int receiveAll() {
        int messages = 0;
        boolean more = true;
        while (more && !closed.get()) {
            more = false;
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).receive()) {
                    messages++;
                    more = true;
                }
            }
        }
        return messages;
    }

    /** The sockets of one kernel. Its public methods may be called by any thread, all others run on the reading thread. */
    private final class Link implements KernelLink {
        private final ConnectionInfo kernel;
        private volatile @Nullable LinkListener listener;
        private final Map<Channel, Line> byChannel = new EnumMap<>(Channel.class);
        private boolean ended;

        Link(ConnectionInfo kernel) {
            this.kernel = kernel;
        }

        @Override
        public void open(LinkListener told) {
            listener = told;
            post(() -> line(Channel.IOPUB, told));
        }

        @Override
        public void send(Channel channel, List<byte[]> frames) {
            post(() -> {
                LinkListener told = listener;
                if (!ended && told != null) {
                    line(channel, told).send(frames);
                }
            });
        }

        @Override
        public void reconnect(Channel channel) {
            post(() -> {
                Line line = byChannel.remove(channel);
                LinkListener told = listener;
                if (line != null && told != null) {
                    line.filter(line.flood.end());
                    line.close();
                    line(channel, told);
                }
            });
        }

        @Override
        public void disconnect(Channel channel) {
            post(() -> {
                Line line = byChannel.remove(channel);
                if (line != null) {
                    line.close();
                }
            });
        }

        @Override
        public void close() {
            post(() -> {
                ended = true;
                byChannel.values().forEach(Line::close);
                byChannel.clear();
            });
        }

        private Line line(Channel channel, LinkListener told) {
            return byChannel.computeIfAbsent(channel, c -> {
                Line line = new Line(kernel, told, c);
                lines.add(line);
                return line;
            });
        }
    }

    /** One socket. */
    private final class Line {
        private final ConnectionInfo kernel;
        private final LinkListener listener;
        private final Channel channel;
        private final ZMQ.Socket socket;
        private final FloodFilter flood = new FloodFilter();
        /** Touched by ZeroMQ's own thread only. */
        private boolean stands;

        Line(ConnectionInfo kernel, LinkListener listener, Channel channel) {
            this.kernel = kernel;
            this.listener = listener;
            this.channel = channel;
            socket = context.createSocket(channel == Channel.IOPUB ? SocketType.SUB : SocketType.DEALER);
            socket.setHandshakeIvl((int) (kernel.curve().isPresent() ? ENCRYPTED_HANDSHAKE : HANDSHAKE).toMillis());
            socket.setReconnectIVL(10);
            socket.setReconnectIVLMax(0);
            socket.setRcvHWM(RECEIVE_QUEUE);
            socket.setMaxMsgSize(KernelSockets.MAX_MESSAGE_BYTES);
            socket.setLinger(0);
            kernel.curve().ifPresent(keys -> {
                socket.setCurveServerKey(ZMQ.Curve.z85Decode(keys.publicKey()));
                socket.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey()));
                socket.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey()));
            });
            socket.setEventHook(
                    this::onEvent, ZMQ.EVENT_CONNECTED | ZMQ.EVENT_DISCONNECTED | ZMQ.EVENT_HANDSHAKE_PROTOCOL);
            if (channel == Channel.IOPUB) {
                socket.subscribe(ALL);
            }
            socket.connect("tcp://" + host(kernel.ip()) + ":" + port(kernel, channel));
            poller.register(socket, ZMQ.Poller.POLLIN);
        }

        private void filter(FloodFilter.Change change) {
            if (change == FloodFilter.Change.NONE) {
                return;
            }
            boolean narrow = change == FloodFilter.Change.NARROW;
            // First add, then remove: what is wanted before and after is not missed in between.
            socket.subscribe(narrow ? ESSENTIAL : ALL);
            socket.unsubscribe(narrow ? ALL : ESSENTIAL);
            listener.onFiltered(narrow, Instant.now());
        }

        void send(List<byte[]> frames) {
            for (int i = 0; i < frames.size(); i++) {
                boolean last = i == frames.size() - 1;
                socket.send(frames.get(i), last ? ZMQ.DONTWAIT : ZMQ.DONTWAIT | ZMQ.SNDMORE);
            }
        }

        boolean receive() {
            byte[] part = socket.recv(ZMQ.DONTWAIT);
            if (part == null) {
                return false;
            }
            List<byte[]> frames = new ArrayList<>(8);
            long bytes = part.length;
            frames.add(part);
            while (socket.hasReceiveMore()) {
                part = socket.recv(0);
                bytes += part.length;
                if (frames.size() < MAX_FRAMES) {
                    frames.add(part);
                }
            }
            listener.onMessage(channel, frames, bytes);
            if (channel == Channel.IOPUB) {
                filter(flood.onMessage(frames, bytes, System.nanoTime()));
            }
            return true;
        }

        void close() {
            lines.remove(this);
            poller.unregister(socket);
            socket.close();
        }

        // Runs on ZeroMQ's own thread.
        private void onEvent(ZEvent event) {
            switch (event.getEvent()) {
                case HANDSHAKE_PROTOCOL -> {
                    stands = true;
                    listener.onConnected(channel);
                }
                case DISCONNECTED -> {
                    // An attempt that failed is no loss.
                    if (stands) {
                        stands = false;
                        listener.onDisconnected(channel);
                    }
                }
                default -> LOG.trace("{} of {}", event.getEvent(), kernel);
            }
        }

        private static int port(ConnectionInfo kernel, Channel channel) {
            return switch (channel) {
                case IOPUB -> kernel.iopubPort();
                case CONTROL -> kernel.controlPort();
                case SHELL -> kernel.shellPort();
            };
        }

        private static String host(String ip) {
            return ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip;
        }
    }
}
