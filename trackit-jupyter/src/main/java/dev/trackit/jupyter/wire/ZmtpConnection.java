package dev.trackit.jupyter.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a kernel's socket by <a href="https://rfc.zeromq.org/spec/23/">ZMTP 3.0</a> without encryption, as a subscriber or as a dealer.
 * What is lost is connected again, after 10 ms at first, so that a kernel that starts is reached before its first cell runs. Used by the reading
 * thread only.
 */
final class ZmtpConnection implements ZmtpDecoder.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(ZmtpConnection.class);
    private static final long RETRY = Duration.ofMillis(10).toNanos();
    private static final long LATE_RETRY = Duration.ofMillis(100).toNanos();
    private static final long EAGER = Duration.ofMinutes(1).toNanos();
    private static final long HANDSHAKE = Duration.ofSeconds(1).toNanos();
    /** So much is read of one connection before the others have their turn. */
    private static final int READS = 8;

    private static final int MOST_SHORT = 255;
    private static final byte[] GREETING = greeting();

    /** Is told what comes. */
    interface Owner {
        /** The connection stands; what was subscribed to is subscribed to. */
        void onReady();

        /** A connection that stood is lost. */
        void onLost();

        /** The peer speaks another protocol. The connection is closed. */
        void onOtherProtocol();

        /** A message came. */
        void onMessage(List<byte[]> frames, long bytes);

        /** A message was larger than the limit, and was passed over. */
        void onOversized(long bytes);
    }

    private final Selector selector;
    private final SocketAddress address;
    private final boolean subscribes;
    private final long limit;
    private final Owner owner;
    private final Set<String> topics = new LinkedHashSet<>();
    private final Deque<List<byte[]>> waiting = new ArrayDeque<>();
    private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();

    private @Nullable SocketChannel channel;
    private ZmtpDecoder decoder;
    private boolean ready;
    private boolean closed;
    private long eagerUntil;
    /** When something must be done if nothing happens: connect, or give up a handshake. */
    private long due;

    /** @param subscribes whether it is a subscriber, which only listens; otherwise a dealer. @param limit of a message, in bytes */
    ZmtpConnection(Selector selector, SocketAddress address, boolean subscribes, long limit, Owner owner) {
        this.selector = selector;
        this.address = address;
        this.subscribes = subscribes;
        this.limit = limit;
        this.owner = owner;
        this.decoder = new ZmtpDecoder(this, limit);
        this.eagerUntil = System.nanoTime() + EAGER;
        this.due = System.nanoTime();
    }

    /** When {@link #attend} has something to do, as {@link System#nanoTime} counts, unless something comes before. */
    long due() {
        return closed || ready ? Long.MAX_VALUE : due;
    }

    /** Does what is due. */
    void attend(long now) {
        if (closed || ready || due - now > 0) {
            return;
        }
        if (channel == null) {
            connect();
        } else {
            lose(); // no answer to the greeting
        }
    }

    /** Subscribes to a topic, now and after each loss. */
    void subscribe(String topic) {
        if (topics.add(topic) && ready) {
            sendSubscription(1, topic);
        }
    }

    /** Ends the subscription to a topic. */
    void unsubscribe(String topic) {
        if (topics.remove(topic) && ready) {
            sendSubscription(0, topic);
        }
    }

    /** Sends a message, as soon as there is a connection. */
    void send(List<byte[]> frames) {
        if (!ready) {
            waiting.add(frames);
            return;
        }
        for (int i = 0; i < frames.size(); i++) {
            frame(i < frames.size() - 1 ? 1 : 0, frames.get(i));
        }
        flush();
    }

    /** Messages that wait for a connection. */
    List<List<byte[]>> unsent() {
        return List.copyOf(waiting);
    }

    /** Gives the connection up and makes it anew. */
    void renew() {
        disconnect();
        eagerUntil = System.nanoTime() + EAGER;
        due = System.nanoTime();
    }

    /** Ends it for good. */
    void close() {
        closed = true;
        disconnect();
    }

    /** Does what its key is selected for. @return how many bytes came */
    long selected(SelectionKey key, ByteBuffer buffer) {
        SocketChannel open = channel;
        if (open == null || !key.isValid()) {
            return 0;
        }
        try {
            if (key.isConnectable() && open.finishConnect()) {
                connected(open);
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            return key.isValid() && key.isReadable() ? read(open, buffer) : 0;
        } catch (ZmtpFault e) {
            LOG.debug("{}: {}", address, e.getMessage());
            lose();
            if (e.isOtherProtocol()) {
                close();
                owner.onOtherProtocol();
            }
        } catch (IOException e) {
            LOG.trace("{}: {}", address, e.getMessage());
            lose();
        }
        return 0;
    }

    private long read(SocketChannel open, ByteBuffer buffer) throws IOException {
        long all = 0;
        for (int i = 0; i < READS && channel == open; i++) {
            buffer.clear();
            int some = open.read(buffer);
            if (some < 0) {
                lose();
                return all;
            }
            all += some;
            buffer.flip();
            decoder.take(buffer);
            if (some < buffer.capacity()) {
                return all;
            }
        }
        return all;
    }

    private void connect() {
        due = System.nanoTime() + HANDSHAKE;
        decoder = new ZmtpDecoder(this, limit);
        try {
            SocketChannel fresh = address instanceof UnixDomainSocketAddress
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
            channel = fresh;
            fresh.configureBlocking(false);
            if (fresh.connect(address)) {
                connected(fresh);
            } else {
                fresh.register(selector, SelectionKey.OP_CONNECT, this);
            }
        } catch (IOException | UnresolvedAddressException e) {
            LOG.trace("{}: {}", address, e.getMessage());
            lose();
        }
    }

    private void connected(SocketChannel open) throws IOException {
        if (!(address instanceof UnixDomainSocketAddress)) {
            if (open.getLocalAddress().equals(open.getRemoteAddress())) {
                // Nobody listens, and TCP connected the port to itself.
                throw new IOException("connected to itself");
            }
            open.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        open.register(selector, SelectionKey.OP_READ, this);
        outgoing.add(ByteBuffer.wrap(GREETING));
        flush();
    }

    private void lose() {
        boolean stood = ready;
        disconnect();
        long now = System.nanoTime();
        eagerUntil = stood ? now + EAGER : eagerUntil;
        due = now + (eagerUntil - now > 0 ? RETRY : LATE_RETRY);
        if (stood) {
            owner.onLost();
        }
    }

    private void disconnect() {
        SocketChannel open = channel;
        channel = null;
        ready = false;
        outgoing.clear();
        if (open != null) {
            try {
                open.close(); // its key is cancelled with it
            } catch (IOException e) {
                LOG.debug("Closing a connection failed", e);
            }
        }
    }

    // ---- what the peer says ----

    @Override
    public void onGreeting() {
        byte[] name = ascii("Socket-Type");
        byte[] type = ascii(subscribes ? "SUB" : "DEALER");
        ByteBuffer body = ByteBuffer.allocate(1 + 5 + 1 + name.length + Integer.BYTES + type.length);
        body.put((byte) 5).put(ascii("READY"));
        body.put((byte) name.length).put(name).putInt(type.length).put(type);
        frame(4, body.array());
        flush();
    }

    @Override
    public void onCommand(byte[] body) throws ZmtpFault {
        int length = body.length == 0 ? 0 : Math.min(body[0] & 0xFF, body.length - 1);
        String name = new String(body, Math.min(1, body.length), length, StandardCharsets.US_ASCII);
        switch (name) {
            case "READY" -> {
                if (!ready) {
                    begin();
                }
            }
            case "PING" -> answer(body, 1 + length + 2);
            case "ERROR" -> throw new ZmtpFault("The peer refused the connection");
            default -> LOG.trace("{} sent {}", address, name);
        }
    }

    private void begin() {
        ready = true;
        topics.forEach(topic -> sendSubscription(1, topic));
        owner.onReady();
        while (ready && !waiting.isEmpty()) {
            send(waiting.remove());
        }
    }

    /** A ping carries a time to live of two bytes, and a context that the answer repeats. */
    private void answer(byte[] ping, int contextAt) {
        byte[] pong = ascii("\4PONG");
        ByteBuffer body = ByteBuffer.allocate(pong.length + Math.max(0, ping.length - contextAt));
        body.put(pong);
        if (contextAt < ping.length) {
            body.put(ping, contextAt, ping.length - contextAt);
        }
        frame(4, body.array());
        flush();
    }

    @Override
    public void onMessage(List<byte[]> frames, long bytes) {
        owner.onMessage(frames, bytes);
    }

    @Override
    public void onOversized(long bytes) {
        owner.onOversized(bytes);
    }

    // ---- what is sent ----

    private void sendSubscription(int begins, String topic) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        frame(
                0,
                ByteBuffer.allocate(1 + name.length)
                        .put((byte) begins)
                        .put(name)
                        .array());
        flush();
    }

    private void frame(int flags, byte[] body) {
        boolean isShort = body.length <= MOST_SHORT;
        ByteBuffer frame = ByteBuffer.allocate(1 + (isShort ? 1 : Long.BYTES) + body.length);
        if (isShort) {
            frame.put((byte) flags).put((byte) body.length);
        } else {
            frame.put((byte) (flags | 2)).putLong(body.length);
        }
        outgoing.add(frame.put(body).flip());
    }

    private void flush() {
        SocketChannel open = channel;
        if (open == null) {
            return;
        }
        try {
            while (!outgoing.isEmpty()) {
                ByteBuffer next = outgoing.element();
                open.write(next);
                if (next.hasRemaining()) {
                    break;
                }
                outgoing.remove();
            }
            SelectionKey key = open.keyFor(selector);
            if (key != null && key.isValid()) {
                key.interestOps(SelectionKey.OP_READ | (outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE));
            }
        } catch (IOException e) {
            LOG.trace("{}: {}", address, e.getMessage());
            lose();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Signature, version 3.0, mechanism NULL, not a server. */
    private static byte[] greeting() {
        ByteBuffer greeting = ByteBuffer.allocate(ZmtpDecoder.GREETING_BYTES);
        greeting.put(0, (byte) 0xFF).put(8, (byte) 1).put(9, (byte) 0x7F).put(10, (byte) 3);
        greeting.position(12).put(ascii("NULL"));
        return greeting.array();
    }
}
