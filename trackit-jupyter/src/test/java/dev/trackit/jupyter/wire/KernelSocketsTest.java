package dev.trackit.jupyter.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Against sockets of JeroMQ, which is another's work. */
class KernelSocketsTest {
    private final ZContext context = new ZContext();
    private final KernelSockets sockets = new KernelSockets("test-sockets", Duration.ofMillis(5));
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    private final LinkListener listener = new LinkListener() {
        @Override
        public void onMessage(Channel channel, List<byte[]> frames, long bytes) {
            seen.add(new String(frames.get(0), StandardCharsets.UTF_8));
        }

        @Override
        public void onOversized(Channel channel, long bytes) {
            seen.add("oversized");
        }

        @Override
        public void onFiltered(boolean leftOut, Instant at) {
            seen.add("filtered " + leftOut);
        }

        @Override
        public void onConnected(Channel channel) {
            seen.add("connected " + channel);
        }

        @Override
        public void onDisconnected(Channel channel) {
            seen.add("disconnected " + channel);
        }
    };

    @AfterEach
    void close() {
        sockets.close();
        context.close();
    }

    @Test
    void aPublisherThatComesLaterAndGoesAndComesBackIsReached() throws Exception {
        int port = freePort();
        sockets.link(kernel(port, 1, "")).open(listener);
        ZMQ.Socket first = publisher(port);
        awaitSubscription(first);
        assertThat(next()).isEqualTo("connected IOPUB");
        first.send("one");
        assertThat(next()).isEqualTo("one");
        first.close();
        assertThat(next()).isEqualTo("disconnected IOPUB");

        ZMQ.Socket second = publisher(port);
        awaitSubscription(second);
        assertThat(next()).isEqualTo("connected IOPUB");
        second.send("two");
        assertThat(next()).isEqualTo("two");
    }

    @Test
    void whatIsSentBeforeTheConnectionStandsArrives() throws Exception {
        int port = freePort();
        KernelLink link = sockets.link(kernel(freePort(), port, ""));
        link.open(listener);
        byte[] large = "x".repeat(3_000_000).getBytes(StandardCharsets.US_ASCII);
        link.send(Channel.CONTROL, List.of(new byte[0], large));
        ZMQ.Socket router = context.createSocket(SocketType.ROUTER);
        router.setReceiveTimeOut(30_000);
        router.bind("tcp://127.0.0.1:" + port);
        byte[] identity = router.recv();
        assertThat(identity).isNotNull();
        assertThat(router.recv()).isEmpty();
        assertThat(router.recv()).isEqualTo(large);
        router.sendMore(identity);
        router.send("answer");
        assertThat(next()).isEqualTo("connected CONTROL");
        assertThat(next()).isEqualTo("answer");
    }

    @Test
    void anEncryptedKernelIsReadByItsKeys() throws Exception {
        int port = freePort();
        ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
        ZMQ.Socket socket = context.createSocket(SocketType.XPUB);
        socket.setCurveServer(true);
        socket.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey));
        socket.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey));
        socket.bind("tcp://127.0.0.1:" + port);
        String encoded =
                ",\"curve_publickey\":\"" + keys.publicKey + "\",\"curve_secretkey\":\"" + keys.secretKey + "\"";
        sockets.link(kernel(port, 1, encoded)).open(listener);
        awaitSubscription(socket);
        socket.send("secret");
        List<String> came = new ArrayList<>();
        while (!came.containsAll(List.of("connected IOPUB", "secret"))) {
            came.add(next()); // each from a thread of its own
        }
        assertThat(came.get(0)).isNotEqualTo("disconnected IOPUB");
    }

    @Test
    void aPortWhereAnotherProtocolAnswersIsTriedOnUntilTheKernelIsThere() throws Exception {
        int port = freePort();
        try (ServerSocket other = new ServerSocket(port, 10, InetAddress.getByName("127.0.0.1"))) {
            sockets.link(kernel(port, 1, "")).open(listener);
            try (Socket accepted = other.accept();
                    OutputStream out = accepted.getOutputStream()) {
                out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                assertThat(accepted.getInputStream().readNBytes(1)).containsExactly(0xFF);
            }
        }
        ZMQ.Socket publisher = publisher(port);
        awaitSubscription(publisher);
        publisher.send("now");
        assertThat(next()).isEqualTo("connected IOPUB");
        assertThat(next()).isEqualTo("now");
    }

    @Test
    void aFloodIsUnsubscribedAndSubscribedAgainAtItsEnd() throws Exception {
        int port = freePort();
        ZMQ.Socket publisher = publisher(port);
        sockets.link(kernel(port, 1, "")).open(listener);
        awaitSubscription(publisher);
        assertThat(next()).isEqualTo("connected IOPUB");
        publisher.send("kernel.x.status");
        assertThat(next()).isEqualTo("kernel.x.status");
        while (!"filtered true".equals(seen.peek())) {
            publisher.send("stream.stdout");
            seen.removeIf("stream.stdout"::equals);
        }
        assertThat(publisher.recvStr()).isEqualTo("\u0001kernel.");
        assertThat(publisher.recv()).containsExactly(0);
        publisher.sendMore("kernel.x.status");
        publisher.send("{\"execution_state\": \"idle\"}");
        assertThat(publisher.recv()).containsExactly(1);
        assertThat(publisher.recvStr()).isEqualTo("\u0000kernel.");
        publisher.send("display_data");
        String last = next();
        while (!last.equals("display_data")) {
            last = next();
        }
        assertThat(last).isEqualTo("display_data");
    }

    private ZMQ.Socket publisher(int port) {
        ZMQ.Socket socket = context.createSocket(SocketType.XPUB);
        socket.setXpubVerbose(true);
        socket.setLinger(0);
        socket.bind("tcp://127.0.0.1:" + port);
        return socket;
    }

    private static void awaitSubscription(ZMQ.Socket publisher) {
        publisher.setReceiveTimeOut(30_000);
        assertThat(publisher.recv()).containsExactly(1);
    }

    private String next() throws InterruptedException {
        String next = seen.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("nothing came").isNotNull();
        return next;
    }

    private static ConnectionInfo kernel(int iopub, int control, String more) {
        String json = "{\"shell_port\":1,\"iopub_port\":" + iopub + ",\"control_port\":" + control
                + ",\"ip\":\"127.0.0.1\",\"key\":\"k\"" + more + "}";
        return ConnectionInfo.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
