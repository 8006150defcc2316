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

    /** What kernels say of executions: to make no new text of each. */
    private static final String[] TYPES = {
        "status", "execute_input", "stream", "execute_request", "execute_result", "display_data"
    };

    private static final byte[][] TYPE_NAMES = new byte[TYPES.length][];

    static {
        for (int i = 0; i < TYPES.length; i++) {
            TYPE_NAMES[i] = ascii(TYPES[i]);
        }
    }

    /** The header in these bytes. @param former a header before it, whose session is most likely the same */
    static MessageHeader parse(byte[] json, MessageHeader former) throws IOException {
        String id = "";
        String type = "";
        String session = "";
        Instant date = null;
        FlatObject fields = new FlatObject(json, 0, json.length);
        while (fields.next()) {
            if (fields.isNamed(ID)) {
                id = fields.text();
            } else if (fields.isNamed(TYPE)) {
                type = type(fields);
            } else if (fields.isNamed(SESSION)) {
                session = fields.isText(former.session) ? former.session : fields.text();
            } else if (fields.isNamed(DATE)) {
                date = date(json, fields);
            }
        }
        return fields.isWhole() ? new MessageHeader(id, type, session, date) : parseUnusual(json);
    }

    private static String type(FlatObject fields) {
        for (int i = 0; i < TYPES.length; i++) {
            if (fields.isText(TYPE_NAMES[i])) {
                return TYPES[i];
            }
        }
        return fields.text();
    }

    private static @Nullable Instant date(byte[] json, FlatObject fields) {
        Instant plain = plain(json, fields.textStart(), fields.textEnd());
        return plain == null ? instant(fields.text()) : plain;
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
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Instant plain = plain(bytes, 0, bytes.length);
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
    private static @Nullable Instant plain(byte[] text, int from, int to) {
        int digits = to - from - 21;
        if (digits < 1 || digits > 9 || text[to - 1] != 'Z' || !hasForm(text, from, to)) {
            return null;
        }
        int nanos = number(text, from + 20, to - 1);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        try {
            LocalDate day = LocalDate.of(
                    number(text, from, from + 4), number(text, from + 5, from + 7), number(text, from + 8, from + 10));
            LocalTime time = LocalTime.of(
                    number(text, from + 11, from + 13),
                    number(text, from + 14, from + 16),
                    number(text, from + 17, from + 19),
                    nanos);
            return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + time.toSecondOfDay(), nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean hasForm(byte[] text, int from, int to) {
        for (int i = 0; i < to - from - 1; i++) {
            byte c = text[from + i];
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

    private static int number(byte[] text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
