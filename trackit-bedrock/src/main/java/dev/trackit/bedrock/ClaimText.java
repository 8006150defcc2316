package dev.trackit.bedrock;

import java.util.function.Consumer;

/**
 * Picks the sentences out of an answer while it streams: the values of {@code "text"} members, as plain text, so that a person who
 * waits reads sentences and not JSON. It need not be exact; what counts is read from the whole answer afterwards.
 */
final class ClaimText implements Consumer<String> {
    private final Consumer<String> reader;
    private final StringBuilder string = new StringBuilder();
    private boolean inString;
    private boolean escaped;
    private boolean afterTextKey;
    private boolean isTextValue;
    private int unicodeDigits = -1;
    private int unicode;

    ClaimText(Consumer<String> reader) {
        this.reader = reader;
    }

    @Override
    public void accept(String piece) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < piece.length(); i++) {
            step(piece.charAt(i), out);
        }
        if (!out.isEmpty()) {
            reader.accept(out.toString());
        }
    }

    private void step(char c, StringBuilder out) {
        if (!inString) {
            if (c == '"') {
                inString = true;
                isTextValue = afterTextKey;
                string.setLength(0);
            } else if (!Character.isWhitespace(c) && c != ':') {
                afterTextKey = false;
            }
        } else if (unicodeDigits >= 0) {
            unicode = unicode * 16 + Math.max(0, Character.digit(c, 16));
            if (++unicodeDigits == 4) {
                unicodeDigits = -1;
                put((char) unicode, out);
            }
        } else if (escaped) {
            escaped = false;
            if (c == 'u') {
                unicodeDigits = 0;
                unicode = 0;
            } else {
                put(c == 'n' || c == 't' || c == 'r' ? ' ' : c, out);
            }
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inString = false;
            if (isTextValue) {
                out.append('\n');
            }
            afterTextKey = !isTextValue && string.toString().equals("text");
        } else {
            put(c, out);
        }
    }

    private void put(char c, StringBuilder out) {
        if (isTextValue) {
            out.append(c);
        } else if (string.length() < 8) {
            string.append(c);
        }
    }
}
