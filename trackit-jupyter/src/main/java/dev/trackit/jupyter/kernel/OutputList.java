package dev.trackit.jupyter.kernel;

import dev.trackit.api.Digest;
import dev.trackit.api.Output;
import dev.trackit.jupyter.bytes.Base64Sink;
import dev.trackit.jupyter.bytes.ByteSink;
import dev.trackit.jupyter.notebook.HtmlText;
import dev.trackit.jupyter.notebook.MediaTypes;
import dev.trackit.jupyter.wire.JsonSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of one execution as they come: streams joined as front ends do, displays updated, clearing obeyed. Not safe for use by
 * several threads.
 */
final class OutputList {
    /** More outputs than this are not held. */
    static final int MOST_OUTPUTS = 5_000;
    /** How many bytes of payloads one execution may hold in memory. */
    private static final int BUDGET = 64 * 1024 * 1024;

    /** Colours and other control sequences of terminals, with which tracebacks are written. */
    private static final Pattern ANSI = Pattern.compile(
            "\\u001b(?:\\[[0-9;:?<=>]*[ -/]*[@-~]|\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)|[@-Z\\\\-_])");

    /** One output: a stream that may still grow, or a finished one. */
    private record Part(
            @Nullable Payload stream,
            String streamName,
            @Nullable Output output,
            byte @Nullable [] payload) {}

    private final List<Part> parts = new ArrayList<>();
    private boolean clearBeforeNext;
    private boolean full;
    private int held;

    /** Whether some outputs were too many to be held. */
    boolean isFull() {
        return full;
    }

    /** How many bytes of payloads are held, about. */
    int heldBytes() {
        return held;
    }

    /** Text of a stream; it continues the last output if that is of the same stream. */
    void stream(String name, JsonSpan text) {
        clearIfDue();
        Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        Payload payload = last == null || !last.streamName().equals(name) ? null : last.stream();
        if (payload == null) {
            payload = new Payload(BUDGET - held);
            if (!add(new Part(payload, name, null, null))) {
                return;
            }
        }
        int before = payload.heldBytes();
        text.writeText(payload);
        held += payload.heldBytes() - before;
    }

    /** An exception. */
    void error(String name, String message, List<String> traceback) {
        clearIfDue();
        String brief = message.isEmpty() ? name : name + ": " + message;
        byte[] raw = (traceback.isEmpty() ? brief : String.join("\n", traceback)).getBytes(StandardCharsets.UTF_8);
        Payload text = new Payload(0);
        byte[] plain = ANSI.matcher(new String(raw, StandardCharsets.UTF_8))
                .replaceAll("")
                .getBytes(StandardCharsets.UTF_8);
        text.write(plain, 0, plain.length);
        // The digest is of the traceback as the kernel sent it and notebooks save it, so that the two can be compared.
        Output output = Output.builder(Output.Type.ERROR, "text/plain")
                .name(name)
                .text(text.text())
                .textCut(text.textCut())
                .payload(Digest.of(raw), raw.length)
                .build();
        add(new Part(null, "", output, null));
    }

    /** A display or a result: the richest of its forms, and its text form. */
    void display(Output.Type type, Map<String, JsonSpan> data, String displayId) throws IOException {
        clearIfDue();
        Part part = part(type, data, displayId);
        if (part != null) {
            add(part);
        }
    }

    /** Replaces each display with this id; false if there is none. */
    boolean update(Map<String, JsonSpan> data, String displayId) throws IOException {
        boolean found = false;
        for (int i = 0; i < parts.size(); i++) {
            Output old = parts.get(i).output();
            if (old != null && !displayId.isEmpty() && old.displayId().equals(displayId)) {
                Part part = part(old.type(), data, displayId);
                if (part != null) {
                    parts.set(i, part);
                }
                found = true;
            }
        }
        return found;
    }

    /** Removes all outputs: now, or when the next one comes. */
    void clear(boolean wait) {
        clearBeforeNext = wait;
        if (!wait) {
            parts.clear();
            held = 0;
        }
    }

    /** The outputs so far, in order. */
    List<Output> outputs() {
        List<Output> outputs = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Payload stream = part.stream();
            if (stream != null) {
                outputs.add(Output.builder(Output.Type.STREAM, "text/plain")
                        .name(part.streamName())
                        .text(stream.text())
                        .textCut(stream.textCut())
                        .payload(stream.digest(), stream.bytes())
                        .build());
            } else if (part.output() != null) {
                outputs.add(part.output());
            }
        }
        return outputs;
    }

    /** The payloads that are worth keeping: those that the text of an output does not hold anyway. */
    Map<Digest, byte[]> payloads() {
        Map<Digest, byte[]> payloads = new LinkedHashMap<>(4);
        for (Part part : parts) {
            Payload stream = part.stream();
            if (stream != null && stream.textCut()) {
                stream.whole().ifPresent(bytes -> payloads.put(stream.digest(), bytes));
            } else if (part.output() != null && part.payload() != null) {
                payloads.put(part.output().digest(), part.payload());
            }
        }
        return payloads;
    }

    private boolean add(Part part) {
        if (parts.size() >= MOST_OUTPUTS) {
            full = true;
            return false;
        }
        held += part.payload() == null ? 0 : part.payload().length;
        parts.add(part);
        return true;
    }

    private void clearIfDue() {
        if (clearBeforeNext) {
            clear(false);
        }
    }

    private @Nullable Part part(Output.Type type, Map<String, JsonSpan> data, String displayId) throws IOException {
        Optional<String> richest = MediaTypes.richest(data.keySet());
        if (richest.isEmpty()) {
            return null;
        }
        String mime = richest.get();
        Payload payload = payload(mime, data.get(mime));
        Payload text = mime.equals("text/plain") || !data.containsKey("text/plain")
                ? payload
                : payload("text/plain", data.get("text/plain"));
        boolean html = text == payload && mime.equals("text/html");
        boolean hasText = text != payload || MediaTypes.isReadable(mime) || html;
        Output output = Output.builder(type, mime)
                .text(html ? HtmlText.of(text.text()) : hasText ? text.text() : "")
                .textCut(hasText && text.textCut())
                .payload(payload.digest(), payload.bytes())
                .displayId(displayId)
                .build();
        boolean inText = hasText && text == payload && !html && !payload.textCut();
        return new Part(null, "", output, inText ? null : payload.whole().orElse(null));
    }

    private Payload payload(String mime, @Nullable JsonSpan value) throws IOException {
        Payload payload = new Payload(BUDGET - held);
        if (value == null) {
            return payload;
        }
        if (MediaTypes.isBase64(mime)) {
            Base64Sink base64 = new Base64Sink(payload);
            writeTexts(value, base64);
            base64.finish();
        } else if (value.isString() || value.isArray() && !MediaTypes.isJson(mime)) {
            writeTexts(value, payload);
        } else {
            value.writeCompact(payload);
        }
        return payload;
    }

    /** A text, or the lines of a text one by one. */
    private static void writeTexts(JsonSpan value, ByteSink sink) throws IOException {
        if (!value.isArray()) {
            value.writeText(sink);
            return;
        }
        for (JsonSpan line : value.elements()) {
            line.writeText(sink);
        }
    }
}
