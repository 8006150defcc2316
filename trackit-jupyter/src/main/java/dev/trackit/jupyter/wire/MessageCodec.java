package dev.trackit.jupyter.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns frames into messages and back, for one kernel. Refuses messages that are forged, replayed, unsigned where a key is set, or not
 * readable. Not safe for use by several threads.
 */
public final class MessageCodec {
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_TOPIC = {};
    private static final MessageHeader NO_HEADER = new MessageHeader("", "", "", null);
    /** How many signatures are remembered at least, to know a message that comes again. */
    private static final int REMEMBERED = 1 << 14;

    /** Why a message was refused. */
    public enum Refusal {
        /** The frames are not those of a message, or its headers are not JSON. */
        UNREADABLE,
        /** The signature is wrong or missing. */
        FORGED,
        /** The very same message came before. */
        REPLAYED
    }

    private final MessageSigner signer;
    private final String session = UUID.randomUUID().toString();
    private final RecentNumbers seen = new RecentNumbers(REMEMBERED);
    private Refusal lastRefusal = Refusal.UNREADABLE;
    private MessageHeader lastHeader = NO_HEADER;
    private byte[] lastParentJson = {'{', '}'};
    private MessageHeader lastParent = NO_HEADER;

    /** A codec with this signer, which no one else uses. */
    public MessageCodec(MessageSigner signer) {
        this.signer = signer;
    }

    /** The session id of the messages that this codec sends. */
    public String session() {
        return session;
    }

    /** Why the last message was refused; means nothing before one was. */
    public Refusal lastRefusal() {
        return lastRefusal;
    }

    /** The message in these frames; empty if it is refused. */
    public Optional<WireMessage> decode(List<byte[]> frames) {
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        if (frames.size() < delimiter + 6) {
            return refuse(Refusal.UNREADABLE);
        }
        byte[] signature = frames.get(delimiter + 1);
        List<byte[]> signed = frames.subList(delimiter + 2, delimiter + 6);
        if (!signer.verify(signature, signed)) {
            return refuse(Refusal.FORGED);
        }
        long fingerprint = signer.fingerprint();
        if (fingerprint != 0 && !seen.add(fingerprint)) {
            return refuse(Refusal.REPLAYED);
        }
        try {
            byte[] topic = delimiter == 0 ? NO_TOPIC : frames.get(delimiter - 1);
            lastHeader = MessageHeader.parse(signed.get(0), lastHeader);
            return Optional.of(new WireMessage(topic, lastHeader, parent(signed.get(1)), signed.get(3)));
        } catch (IOException e) {
            return refuse(Refusal.UNREADABLE);
        }
    }

    /**
     * The frames of a request.
     *
     * @param id the message's id, unique for ever
     * @param contentJson the content, an object
     */
    public List<byte[]> encode(String id, String type, String contentJson) {
        String header = "{\"msg_id\":\"" + id + "\",\"msg_type\":\"" + type + "\",\"session\":\"" + session
                + "\",\"username\":\"trackit\",\"version\":\"5.3\",\"date\":\"" + Instant.now() + "\"}";
        byte[] empty = utf8("{}");
        List<byte[]> signed = List.of(utf8(header), empty, empty, utf8(contentJson));
        return List.of(DELIMITER, signer.sign(signed), signed.get(0), signed.get(1), signed.get(2), signed.get(3));
    }

    /** All messages of a request carry the same header of it. */
    private MessageHeader parent(byte[] json) throws IOException {
        if (!Arrays.equals(json, lastParentJson)) {
            lastParent = MessageHeader.parse(json, lastParent);
            lastParentJson = json;
        }
        return lastParent;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<WireMessage> refuse(Refusal refusal) {
        lastRefusal = refusal;
        return Optional.empty();
    }
}
