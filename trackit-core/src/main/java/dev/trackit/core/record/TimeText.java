package dev.trackit.core.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** Times as {@link Instant#toString()} writes them, several times as fast: each execution has two. Immutable. */
final class TimeText {
    private static final long DAY = 86_400;
    private static final long YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay();

    private TimeText() {}

    static String of(Instant time) {
        long day = Math.floorDiv(time.getEpochSecond(), DAY);
        if (day < YEAR_0 || day >= YEAR_10000) {
            return time.toString();
        }
        LocalDate date = LocalDate.ofEpochDay(day);
        int second = (int) Math.floorMod(time.getEpochSecond(), DAY);
        byte[] text = new byte[30];
        int end = put(text, 0, 4, date.getYear(), '-');
        end = put(text, end, 2, date.getMonthValue(), '-');
        end = put(text, end, 2, date.getDayOfMonth(), 'T');
        end = put(text, end, 2, second / 3600, ':');
        end = put(text, end, 2, second / 60 % 60, ':');
        end = put(text, end, 2, second % 60, 'Z');
        int nanos = time.getNano();
        if (nanos != 0) {
            text[end - 1] = '.';
            int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
            end = put(text, end, digits, digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1_000 : nanos, 'Z');
        }
        return new String(text, 0, end, StandardCharsets.ISO_8859_1);
    }

    /** Puts a number of so many digits, and what follows it. @return where that ends */
    private static int put(byte[] text, int at, int digits, int number, char then) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        text[at + digits] = (byte) then;
        return at + digits + 1;
    }
}
