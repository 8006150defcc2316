package dev.trackit.jupyter.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes texts into JSON. */
final class JsonText {
    private JsonText() {}

    /** The text as a JSON string. */
    static String quote(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
