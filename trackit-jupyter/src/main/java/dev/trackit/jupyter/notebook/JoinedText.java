package dev.trackit.jupyter.notebook;

import dev.trackit.jupyter.bytes.ByteSink;
import java.io.IOException;

/** Reads a text that a notebook may hold as one string or as a list of lines. */
final class JoinedText implements ByteSink {
    private static final byte[] LINE_BREAK = {'\n'};

    private final ByteSink target;
    private byte last;

    private JoinedText(ByteSink target) {
        this.target = target;
    }

    /**
     * Passes the text that stands next; anything that is no text is skipped.
     *
     * @param linesAreBare whether lines may come without their line breaks, as in the formats before 4; as nbformat does it, the first
     *     line decides
     */
    static void read(JsonScanner json, ByteSink target, boolean linesAreBare) throws IOException {
        switch (json.peek()) {
            case STRING -> json.string(target);
            case ARRAY -> new JoinedText(target).readLines(json, linesAreBare);
            default -> json.skip();
        }
    }

    /** Passes a list of lines that never have line breaks of their own, such as a traceback. */
    static void readBareLines(JsonScanner json, ByteSink target) throws IOException {
        if (json.peek() != JsonScanner.Kind.ARRAY) {
            read(json, target, false);
            return;
        }
        json.enterArray();
        for (boolean first = true; json.nextElement(); first = false) {
            if (!first) {
                target.write(LINE_BREAK, 0, 1);
            }
            read(json, target, false);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (length > 0) {
            last = bytes[offset + length - 1];
            target.write(bytes, offset, length);
        }
    }

    private void readLines(JsonScanner json, boolean linesAreBare) throws IOException {
        json.enterArray();
        boolean separate = false;
        for (int line = 0; json.nextElement(); line++) {
            if (line == 1) {
                separate = linesAreBare && last != '\n' && last != '\r';
            }
            if (separate) {
                write(LINE_BREAK, 0, 1);
            }
            if (json.peek() == JsonScanner.Kind.STRING) {
                json.string(this);
            } else {
                json.skip();
            }
        }
    }
}
