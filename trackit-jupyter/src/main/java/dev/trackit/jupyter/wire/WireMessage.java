package dev.trackit.jupyter.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A message whose signature was right. Its content is read only as far as it is asked for. */
public final class WireMessage {
    private final byte[] topic;
    private final MessageHeader header;
    private final MessageHeader parent;
    private final byte[] content;

    WireMessage(byte[] topic, MessageHeader header, MessageHeader parent, byte[] content) {
        this.topic = topic;
        this.header = header;
        this.parent = parent;
        this.content = content;
    }

    /** What stands before the delimiter: on {@link Channel#IOPUB} the topic. */
    public String topic() {
        return new String(topic, StandardCharsets.UTF_8);
    }

    /** The message's own header. */
    public MessageHeader header() {
        return header;
    }

    /** The header of the request that led to this message; its fields are empty if none did. */
    public MessageHeader parent() {
        return parent;
    }

    /**
     * The fields of the content.
     *
     * @throws IOException if it is not valid JSON
     */
    public Map<String, JsonSpan> content() throws IOException {
        try {
            return JsonSpan.of(content).fields();
        } catch (IOException e) {
            // Python may send bytes that are not UTF-8 (surrogateescape). They become U+FFFD; what remains broken is
            // broken.
            byte[] mended = new String(content, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            return JsonSpan.of(mended).fields();
        }
    }

    /**
     * The text of one field of the content, without a map of all of them; empty if there is no such field.
     *
     * @param ascii the field's name
     * @throws IOException if the content is not valid JSON
     */
    public String text(byte[] ascii) throws IOException {
        String text = "";
        FlatObject fields = new FlatObject(content, 0, content.length);
        while (fields.next()) {
            if (fields.isNamed(ascii)) {
                text = fields.text();
            }
        }
        if (fields.isWhole()) {
            return text;
        }
        JsonSpan value = content().get(new String(ascii, StandardCharsets.US_ASCII));
        return value == null ? "" : value.text();
    }

    /** The length of the content in bytes. */
    public int contentBytes() {
        return content.length;
    }

    @Override
    public String toString() {
        return "WireMessage[" + header.type() + " " + header.id() + " for " + parent.id() + "]";
    }
}
