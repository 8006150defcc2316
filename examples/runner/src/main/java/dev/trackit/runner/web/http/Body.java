package dev.trackit.runner.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of a request: one JSON object of texts and numbers. */
public final class Body {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode object;

    private Body(JsonNode object) {
        this.object = object;
    }

    /** Reads it; no body is an empty object. @throws Problem if it is not what it should be */
    public static Body of(Context context) {
        if (context.contentLength() <= 0) {
            return new Body(JsonNodeFactory.instance.objectNode());
        }
        String type = context.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw Problem.of(415, "The request's body must be JSON.");
        }
        try {
            JsonNode node = MAPPER.readTree(context.bodyAsBytes());
            if (node == null || !node.isObject()) {
                throw Problem.of(400, "The request's body must be a JSON object.");
            }
            return new Body(node);
        } catch (JsonProcessingException e) {
            throw Problem.of(400, "The request's body is not JSON.");
        } catch (IOException e) {
            throw Problem.of(400, "The request's body could not be read.");
        }
    }

    /** A text or a number as text; null if it is absent or empty. */
    public @Nullable String text(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw Problem.of(400, "\"" + name + "\" must be a text or a number.");
        }
        String text = value.asText();
        return text.isBlank() ? null : text;
    }

    /** A whole number from 0; null if it is absent. */
    public @Nullable Long number(String name) {
        String text = text(name);
        if (text != null && !text.matches("[0-9]{1,15}")) {
            throw Problem.of(400, "\"" + name + "\" needs a number from 0.");
        }
        return text == null ? null : (Long) Long.parseLong(text);
    }
}
