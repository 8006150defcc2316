package dev.trackit.jupyter.kernel;

import dev.trackit.api.NotebookMatch;
import dev.trackit.jupyter.wire.ConnectionInfo;
import dev.trackit.jupyter.wire.MessageSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The sockets of a kernel whose messages a test writes itself. Its methods are called by the test's thread only. */
final class FakeKernel implements KernelTarget, AutoCloseable {
    static final String KEY = "a-secret-key";
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

    private final ZContext context = new ZContext();
    private final ZMQ.Socket iopub = context.createSocket(SocketType.XPUB);
    private final ZMQ.Socket control = context.createSocket(SocketType.ROUTER);
    private final ConnectionInfo info;
    private final AtomicInteger made = new AtomicInteger();
    private String session = "session-1-0123456789";
    private boolean answers = true;

    FakeKernel() {
        iopub.setXpubVerbose(true);
        int iopubPort = iopub.bindToRandomPort("tcp://127.0.0.1");
        int controlPort = control.bindToRandomPort("tcp://127.0.0.1");
        String json = "{\"shell_port\":1,\"iopub_port\":" + iopubPort + ",\"control_port\":" + controlPort
                + ",\"ip\":\"127.0.0.1\",\"key\":\"" + KEY + "\",\"kernel_name\":\"fake\"}";
        info = ConnectionInfo.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /** Waits until someone has subscribed. */
    void awaitSubscriber() {
        iopub.setReceiveTimeOut(30_000);
        byte[] subscription = iopub.recv();
        if (subscription == null) {
            throw new AssertionError("No one subscribed");
        }
    }

    void restart() {
        session = "session-2-0123456789";
    }

    /** Publishes a message of a request. */
    void publish(String type, String parentId, String parentType, String content) {
        send(KEY, type, parentId, parentType, content);
    }

    /** Publishes a message that is signed with another key. */
    void forge(String type, String parentId, String content) {
        send("another", type, parentId, "execute_request", content);
    }

    List<byte[]> frames(String key, String type, String parentId, String parentType, String content) {
        String header = "{\"msg_id\":\"m" + made.incrementAndGet() + "\",\"msg_type\":\"" + type + "\",\"session\":\""
                + session + "\",\"date\":\"" + Instant.now() + "\"}";
        String parent = parentId.isEmpty()
                ? "{}"
                : "{\"msg_id\":\"" + parentId + "\",\"msg_type\":\"" + parentType + "\",\"session\":\"front\"}";
        List<byte[]> signed = List.of(utf8(header), utf8(parent), utf8("{}"), utf8(content));
        byte[] signature = MessageSigner.of("hmac-sha256", utf8(key)).sign(signed);
        return List.of(
                utf8("kernel.x." + type),
                DELIMITER,
                signature,
                signed.get(0),
                signed.get(1),
                signed.get(2),
                signed.get(3));
    }

    private void send(String key, String type, String parentId, String parentType, String content) {
        sendRaw(frames(key, type, parentId, parentType, content));
    }

    /** Publishes these frames as they are. */
    void sendRaw(List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            iopub.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    List<byte[]> signed(String type, String parentId, String content) {
        return frames(KEY, type, parentId, "execute_request", content);
    }

    void starting() {
        publish("status", "", "", "{\"execution_state\":\"starting\"}");
    }

    void begin(String id, int count, String code) {
        publish("status", id, "execute_request", "{\"execution_state\":\"busy\"}");
        publish(
                "execute_input",
                id,
                "execute_request",
                "{\"code\":\"" + code + "\",\"execution_count\":" + count + "}");
    }

    void print(String id, String text) {
        publish("stream", id, "execute_request", "{\"name\":\"stdout\",\"text\":\"" + text + "\"}");
    }

    void end(String id) {
        publish("status", id, "execute_request", "{\"execution_state\":\"idle\"}");
    }

    void run(String id, int count, String code) {
        begin(id, count, code);
        end(id);
    }

    /** Waits for a request for the history and answers it, as ipykernel does. */
    void answerHistory(String entriesJson) {
        control.setReceiveTimeOut(30_000);
        byte[] identity = control.recv();
        if (identity == null) {
            throw new AssertionError("No one asked");
        }
        List<byte[]> request = new ArrayList<>();
        while (control.hasReceiveMore()) {
            request.add(control.recv());
        }
        String header = new String(request.get(2), StandardCharsets.UTF_8);
        String id = header.replaceFirst(".*\"msg_id\":\"([^\"]+)\".*", "$1");
        publish("status", id, "history_request", "{\"execution_state\":\"busy\"}");
        control.send(identity, ZMQ.SNDMORE);
        List<byte[]> reply = frames(
                KEY, "history_reply", id, "history_request", "{\"status\":\"ok\",\"history\":" + entriesJson + "}");
        for (int i = 1; i < reply.size(); i++) {
            control.send(reply.get(i), i < reply.size() - 1 ? ZMQ.SNDMORE : 0);
        }
        publish("status", id, "history_request", "{\"execution_state\":\"idle\"}");
    }

    /** Ends the kernel's listening. */
    void die() {
        answers = false;
        context.close();
    }

    @Override
    public void close() {
        context.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String kernelId() {
        return "fake";
    }

    @Override
    public ConnectionInfo info() {
        return info;
    }

    @Override
    public String language() {
        return "python";
    }

    @Override
    public Optional<Path> workingFolder() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> startedAt() {
        return Optional.empty();
    }

    @Override
    public NotebookMatch match() {
        return NotebookMatch.unknown();
    }

    @Override
    public boolean answers() {
        return answers;
    }
}
