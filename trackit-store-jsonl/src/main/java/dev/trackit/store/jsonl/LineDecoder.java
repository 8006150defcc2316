package dev.trackit.store.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.trackit.api.LineageRecord;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines as records. Members of the line that it does not know are passed over; within {@code data} all are carried. A number
 * that neither a long nor a double can hold is carried as its text, and of members with the same name the last one counts. Not
 * safe for use by several threads.
 */
final class LineDecoder {
    /** Deeper than a {@link LineageRecord} can be, which then says no. */
    private static final int MAX_DEPTH = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(LineFormat.MAX_LINE)
                    .maxStringLength(LineFormat.MAX_LINE)
                    .maxNameLength(LineFormat.MAX_LINE)
                    .maxNumberLength(10_000)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(3L * LineEncoder.MAX_VALUES)
                    .build())
            .build();

    private final InstantText instants = new InstantText();

    /** The record in these bytes; empty if they are not one. */
    Optional<LineageRecord> decode(byte[] buffer, int start, int length) {
        try (JsonParser json = JSON.createParser(buffer, start, length)) {
            return record(json);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<LineageRecord> record(JsonParser json) throws IOException {
        String type = null;
        Instant at = null;
        Map<String, @Nullable Object> data = null;
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (name.equals("type") && token == JsonToken.VALUE_STRING) {
                type = json.getText();
            } else if (name.equals("at") && token == JsonToken.VALUE_STRING) {
                at = instants.read(json.getText());
            } else if (name.equals("data") && token == JsonToken.START_OBJECT) {
                data = map(json);
            } else {
                json.skipChildren();
            }
        }
        boolean complete = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
        if (!complete || type == null || at == null || data == null) {
            return Optional.empty();
        }
        return Optional.of(new LineageRecord(type, at, data));
    }

    private Map<String, @Nullable Object> map(JsonParser json) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            map.put(name, value(json));
        }
        return map;
    }

    private @Nullable Object value(JsonParser json) throws IOException {
        switch (json.currentToken()) {
            case VALUE_STRING:
                return json.getText();
            case VALUE_NUMBER_INT:
                return whole(json.getText());
            case VALUE_NUMBER_FLOAT:
                return real(json.getText());
            case VALUE_TRUE:
                return true;
            case VALUE_FALSE:
                return false;
            case VALUE_NULL:
                return null;
            case START_OBJECT:
                return map(json);
            case START_ARRAY:
                List<@Nullable Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                return list;
            default:
                throw new IOException("No value: " + json.currentToken());
        }
    }

    private static Object whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static Object real(String text) {
        double number = Double.parseDouble(text);
        return Double.isInfinite(number) ? (Object) text : (Object) number;
    }
}
