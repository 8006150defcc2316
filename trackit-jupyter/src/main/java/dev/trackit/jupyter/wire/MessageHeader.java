package dev.trackit.jupyter.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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

    private static final byte[] ID = ascii("msg_id");
    private static final byte[] TYPE = ascii("msg_type");
    private static final byte[] SESSION = ascii("session");
    private static final byte[] DATE = ascii("date");

    static MessageHeader parse(byte[] json) throws IOException {
        String id = "";
        String type = "";
        String session = "";
        Instant date = null;
        FlatObject fields = new FlatObject(json, 0, json.length);
        while (fields.next()) {
            if (fields.isNamed(ID)) {
                id = fields.text();
            } else if (fields.isNamed(TYPE)) {
                type = fields.text();
            } else if (fields.isNamed(SESSION)) {
                session = fields.text();
            } else if (fields.isNamed(DATE)) {
                date = instant(fields.text());
            }
        }
        return fields.isWhole() ? new MessageHeader(id, type, session, date) : parseUnusual(json);
    }

    private static MessageHeader parseUnusual(byte[] json) throws IOException {
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
        Instant plain = plain(text);
        if (plain != null) {
            return plain;
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

    /** The form that kernels write, {@code 2026-03-02T08:00:00.123456Z}, without the parser, which costs more than all else of a message. */
    private static @Nullable Instant plain(String text) {
        int length = text.length();
        int digits = length - 21;
        if (digits < 1 || digits > 9 || text.charAt(length - 1) != 'Z' || !hasForm(text)) {
            return null;
        }
        int nanos = number(text, 20, length - 1);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        try {
            LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
            LocalTime time = LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19), nanos);
            return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + time.toSecondOfDay(), nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            char separator =
                    switch (i) {
                        case 4, 7 -> '-';
                        case 10 -> 'T';
                        case 13, 16 -> ':';
                        case 19 -> '.';
                        default -> 0;
                    };
            if (separator == 0 ? c < '0' || c > '9' : c != separator) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
