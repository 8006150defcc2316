package dev.trackit.jupyter.wire;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a message, or of the request that it answers.
 *
 * @param id the message's id; empty if there is no such message
 * @param type for example {@code execute_request}
 * @param session the sender's session
 * @param date when it was sent, by the sender's clock; null if not said or not readable
 */
public record MessageHeader(
        String id, String type, String session, @Nullable Instant date) {
    private static final JsonSpan NOTHING = JsonSpan.of(new byte[] {'"', '"'});

    static MessageHeader parse(byte[] json) throws IOException {
        Map<String, JsonSpan> fields = JsonSpan.of(json).fields();
        return new MessageHeader(
                fields.getOrDefault("msg_id", NOTHING).text(),
                fields.getOrDefault("msg_type", NOTHING).text(),
                fields.getOrDefault("session", NOTHING).text(),
                instant(fields.getOrDefault("date", NOTHING).text()));
    }

    /** The time that this text means: ISO 8601, without a zone taken for UTC; null if it is none. */
    public static @Nullable Instant instant(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException notAtAll) {
                return null;
            }
        }
    }
}
