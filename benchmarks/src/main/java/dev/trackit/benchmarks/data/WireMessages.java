package dev.trackit.benchmarks.data;

import dev.trackit.jupyter.wire.MessageSigner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a kernel broadcasts for small executions: signed frames, as they come from the socket. Not safe for use by several threads. */
public final class WireMessages {
    /** The key that the messages are signed with. */
    public static final String KEY = "b1a5c0de-2b1d4e8f9a7c6d5e4f3a2b1c";

    private static final byte[] DELIMITER = utf8("<IDS|MSG>");
    private static final Instant START = Instant.parse("2026-03-02T08:00:00.123456Z");

    private static final String FRONT_END = "9c7e1d2a-55aa4b1c8d3e00f1a2b3c4d5";

    private final MessageSigner signer = MessageSigner.of("hmac-sha256", utf8(KEY));
    private final String session;
    private int made;

    /** Messages of a session. */
    public WireMessages(String session) {
        this.session = session;
    }

    /** The messages of one execution that prints a line: busy, input, stream, idle. Each is a list of frames, and names the request by the same header. */
    public List<List<byte[]>> execution(int count, String code) {
        String request = FRONT_END + "_" + count + "_" + (1_000_000 + count);
        byte[] parent = header(request, "execute_request", FRONT_END);
        String input = "{\"code\": \"" + escaped(code) + "\", \"execution_count\": " + count + "}";
        String printed = "{\"name\": \"stdout\", \"text\": \"shape (" + count + ", 3)\\n\"}";
        List<List<byte[]>> messages = new ArrayList<>(4);
        messages.add(message("status", parent, "{\"execution_state\": \"busy\"}"));
        messages.add(message("execute_input", parent, input));
        messages.add(message("stream", parent, printed));
        messages.add(message("status", parent, "{\"execution_state\": \"idle\"}"));
        return messages;
    }

    /** The length of the frames of a message. */
    public static long bytes(List<byte[]> frames) {
        long bytes = 0;
        for (byte[] frame : frames) {
            bytes += frame.length;
        }
        return bytes;
    }

    private List<byte[]> message(String type, byte[] parent, String content) {
        byte[] header = header(session + "_" + made, type, session);
        List<byte[]> signed = List.of(header, parent, utf8("{}"), utf8(content));
        return List.of(
                utf8("kernel.1b7f6c3e-0d5c-4f0e-8f5c-6d5d2a6f7a10." + type),
                DELIMITER,
                signer.sign(signed),
                header,
                parent.clone(), // as from a socket: equal, but not the same array
                signed.get(2),
                signed.get(3));
    }

    private byte[] header(String id, String type, String sender) {
        Instant date = START.plusMillis(++made);
        return utf8("{\"msg_id\": \"" + id + "\", \"msg_type\": \"" + type
                + "\", \"username\": \"username\", \"session\": \"" + sender + "\", \"date\": \"" + date
                + "\", \"version\": \"5.3\"}");
    }

    private static String escaped(String code) {
        return code.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
