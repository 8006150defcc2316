package dev.trackit.runner.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as users type them. */
public final class Moments {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})\\s*(s|sec|m|min|h|d|w)");
    private static final Pattern CLOCK = Pattern.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2})?");

    private Moments() {}

    /**
     * The moment that a text names: {@code 2026-03-01}, {@code 2026-03-01T14:30}, the same with a zone, {@code 14:30} of today,
     * {@code today}, {@code yesterday}, or so long ago: {@code 90s}, {@code 10m}, {@code 2h}, {@code 3d}, {@code 1w}.
     *
     * @param option the option's name, for the message
     * @throws Failure with {@link ExitCodes#USAGE} if it names none
     */
    public static Instant parse(String option, String text, Instant now, ZoneId zone) {
        String typed = text.strip();
        try {
            Matcher ago = AGO.matcher(typed);
            LocalDate today = LocalDate.ofInstant(now, zone);
            if (ago.matches()) {
                return now.minus(Duration.ofSeconds(Long.parseLong(ago.group(1)) * seconds(ago.group(2))));
            } else if (typed.equals("now")) {
                return now;
            } else if (typed.equals("today")) {
                return today.atStartOfDay(zone).toInstant();
            } else if (typed.equals("yesterday")) {
                return today.minusDays(1).atStartOfDay(zone).toInstant();
            } else if (CLOCK.matcher(typed).matches()) {
                return today.atTime(LocalTime.parse(typed)).atZone(zone).toInstant();
            } else if (typed.length() == 10) {
                return LocalDate.parse(typed).atStartOfDay(zone).toInstant();
            }
            String iso = typed.replace(' ', 'T');
            boolean withZone = iso.endsWith("Z") || iso.matches(".*[+-][0-9]{2}:?[0-9]{2}");
            return withZone && iso.length() > 16
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw Failure.of(
                    ExitCodes.USAGE,
                    e,
                    option + " does not understand \"" + TerminalText.line(text) + "\" as a time.",
                    "Examples: 2026-03-01, 2026-03-01T14:30, 14:30, today, yesterday, 90s, 10m, 2h, 3d");
        }
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s", "sec" -> 1;
            case "m", "min" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> 7 * 86_400L;
        };
    }
}
