package dev.trackit.jupyter.notebook;

import dev.trackit.api.Output;
import dev.trackit.jupyter.bytes.Base64Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outputs of one code cell. Members come in any order, so everything is taken as it passes and put together at the
 * end of each output.
 *
 * <p>Of an output's forms only the richest so far is digested, and the plain one, for its text.
 */
final class OutputParser {
    private static final int MAX_NAME = 65_536;
    private static final String PLAIN = "text/plain";
    private static final String HTML = "text/html";

    /** Where formats before 4 have the forms of an output: in the output itself, under short names. */
    private static final Map<String, String> SHORT_NAMES = Map.of(
            "png", "image/png",
            "jpeg", "image/jpeg",
            "svg", "image/svg+xml",
            "html", "text/html",
            "latex", "text/latex",
            "json", "application/json",
            "javascript", "application/javascript",
            "pdf", "application/pdf");

    private static final Set<String> KNOWN = known();

    private final JsonScanner json;
    private final Budget budget;
    private final PayloadSink sink;
    private final boolean old;
    private final List<Output> outputs = new ArrayList<>();

    /** The stream that the next output may continue, its name, and the payload so far. */
    private String openName = "";

    private @Nullable Payload openStream;

    private @Nullable String type;
    private String streamName;
    private String errorName;
    private String errorValue;
    private @Nullable Payload plain;
    private @Nullable Payload continued;
    private @Nullable Payload traceback;
    private @Nullable Payload rich;
    private String richType;

    OutputParser(JsonScanner json, Budget budget, PayloadSink sink, boolean old) {
        this.json = json;
        this.budget = budget;
        this.sink = sink;
        this.old = old;
        this.streamName = "";
        this.errorName = "";
        this.errorValue = "";
        this.richType = "";
    }

    /** The outputs in the array that stands next; none if something else stands there. */
    List<Output> parse() throws IOException {
        if (json.peek() != JsonScanner.Kind.ARRAY) {
            json.skip();
            return List.of();
        }
        json.enterArray();
        while (json.nextElement()) {
            readOutput();
        }
        closeStream();
        return outputs;
    }

    private void readOutput() throws IOException {
        KnownMembers members = KnownMembers.enter(json, KNOWN);
        if (members == null) {
            return;
        }
        reset();
        for (String name = members.next(); name != null; name = members.next()) {
            switch (name) {
                case "output_type" -> type = json.stringOrSkip(MAX_NAME, "an output's type");
                case "name", "stream" -> readStreamName();
                case "text" -> readPlain();
                case "data" -> readBundle();
                case "ename" -> errorName = text();
                case "evalue" -> readErrorValue();
                case "traceback" -> {
                    traceback = newPayload(true);
                    JoinedText.readBareLines(json, traceback);
                }
                default -> readForm(SHORT_NAMES.getOrDefault(name, PLAIN));
            }
        }
        add();
    }

    private void reset() {
        type = null;
        streamName = "";
        errorName = "";
        errorValue = "";
        plain = null;
        continued = null;
        traceback = null;
        rich = null;
        richType = "";
    }

    /** The name of a stream, which formats before 4 call {@code stream}. The first one counts, as text may already rest on it. */
    private void readStreamName() throws IOException {
        String name = text();
        if (streamName.isEmpty()) {
            streamName = name;
        }
    }

    private String text() throws IOException {
        String text = json.stringOrSkip(MAX_NAME, "a name in an output");
        return text == null ? "" : text;
    }

    /** The message of an exception has no limit in Python, so it is cut like any text. */
    private void readErrorValue() throws IOException {
        Payload value = new Payload(budget.textBytes(), 0);
        JoinedText.read(json, value, false);
        errorValue = value.text();
    }

    /**
     * A stream's text, or the plain form in formats before 4. If it may continue the open stream, which is sure only when type and
     * name are known, it is digested as continuation and on its own, and the end decides.
     */
    private void readPlain() throws IOException {
        Payload alone = newPayload(true);
        plain = alone;
        Payload open = openStream;
        if (open == null || ("stream".equals(type) && !streamName.isEmpty() && !streamName.equals(openName))) {
            JoinedText.read(json, alone, old);
            return;
        }
        if ("stream".equals(type) && streamName.equals(openName)) {
            continued = open;
            JoinedText.read(json, open, old);
            return;
        }
        Payload joined = open.fork();
        continued = joined;
        JoinedText.read(
                json,
                (bytes, offset, length) -> {
                    alone.write(bytes, offset, length);
                    joined.write(bytes, offset, length);
                },
                old);
    }

    private void readBundle() throws IOException {
        if (json.peek() != JsonScanner.Kind.OBJECT) {
            json.skip();
            return;
        }
        json.enterObject();
        Set<String> seen = new HashSet<>();
        for (String mime = json.nextName(); mime != null; mime = json.nextName()) {
            if (seen.size() < 256 && !seen.add(mime)) {
                throw JsonFault.at(json.offset(), "has two members \"" + mime + "\" in one object");
            }
            readForm(mime);
        }
    }

    private void readForm(String mime) throws IOException {
        if (json.peek() == JsonScanner.Kind.NULL) {
            json.skip();
        } else if (mime.equals(PLAIN)) {
            plain = newPayload(true);
            readValue(PLAIN, plain);
        } else if (rich == null || MediaTypes.compare(mime, richType) < 0) {
            rich = newPayload(MediaTypes.isReadable(mime) || mime.equals(HTML));
            richType = mime;
            readValue(mime, rich);
        } else {
            json.skip();
        }
    }

    private void readValue(String mime, Payload payload) throws IOException {
        JsonScanner.Kind kind = json.peek();
        boolean text = kind == JsonScanner.Kind.STRING || (kind == JsonScanner.Kind.ARRAY && !MediaTypes.isJson(mime));
        if (!text) {
            json.copy(payload);
        } else if (MediaTypes.isBase64(mime)) {
            Base64Sink decoder = new Base64Sink(payload);
            JoinedText.read(json, decoder, false);
            decoder.finish();
        } else {
            JoinedText.read(json, payload, old);
        }
    }

    private Payload newPayload(boolean isText) {
        return new Payload(isText ? budget.textBytes() : Payload.NO_TEXT, sink.largest());
    }

    private void add() {
        String known = type == null ? "" : type;
        switch (known) {
            case "stream" -> addStream();
            case "error", "pyerr" -> addError();
            case "execute_result", "pyout" -> addDisplay(Output.Type.RESULT);
            case "display_data" -> addDisplay(Output.Type.DISPLAY);
            default -> {
                // a type of a later format: what it shows is kept, if it shows anything
                if (plain != null || rich != null) {
                    addDisplay(Output.Type.DISPLAY);
                }
            }
        }
    }

    private void addStream() {
        Payload text = plain;
        if (text == null) {
            return;
        }
        String name = streamName.isEmpty() ? "stdout" : streamName;
        Payload joined = continued;
        if (joined != null && name.equals(openName)) {
            openStream = joined;
            return;
        }
        closeStream();
        budget.addOutput();
        openName = name;
        openStream = text;
    }

    /** Ends the stream that was open: what follows is another output. */
    private void closeStream() {
        Payload stream = openStream;
        if (stream != null) {
            openStream = null;
            outputs.add(finish(Output.builder(Output.Type.STREAM, PLAIN).name(openName), stream, stream));
        }
    }

    private void addError() {
        closeStream();
        budget.addOutput();
        Payload text = traceback;
        if (text == null || text.length() == 0) {
            text = newPayload(true);
            text.write(errorValue.isEmpty() ? errorName : errorName + ": " + errorValue);
        }
        outputs.add(finish(Output.builder(Output.Type.ERROR, PLAIN).name(errorName), text, text));
    }

    private void addDisplay(Output.Type display) {
        closeStream();
        budget.addOutput();
        Payload text = plain;
        Payload payload = rich;
        if (payload == null) {
            payload = text == null ? newPayload(true) : text;
            outputs.add(finish(Output.builder(display, PLAIN), payload, payload));
        } else if (text == null && richType.equals(HTML)) {
            outputs.add(finish(Output.builder(display, HTML), payload, payload, HtmlText.of(payload.text())));
        } else {
            outputs.add(finish(Output.builder(display, richType), payload, text == null ? payload : text));
        }
    }

    private Output finish(Output.Builder output, Payload payload, Payload text) {
        return finish(output, payload, text, text.text());
    }

    private Output finish(Output.Builder output, Payload payload, Payload text, String written) {
        budget.addText(written);
        return output.text(written)
                .textCut(text.isTextCut())
                .payload(payload.digest(sink), payload.length())
                .build();
    }

    private static Set<String> known() {
        Set<String> names = new HashSet<>(SHORT_NAMES.keySet());
        names.addAll(Set.of("output_type", "name", "stream", "text", "data", "ename", "evalue", "traceback"));
        return Set.copyOf(names);
    }
}
