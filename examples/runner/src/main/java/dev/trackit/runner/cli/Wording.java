package dev.trackit.runner.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers, sizes and times as people read them. */
public final class Wording {
    private Wording() {}

    /** {@code 1 cell}, {@code 12,345 cells}. */
    public static String count(long n, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
    }

    /** {@link #count(long, String, String)} of a word whose plural takes an s. */
    public static String count(long n, String one) {
        return count(n, one, one + "s");
    }

    /** {@code 812 B}, {@code 1.6 kB}, {@code 50 MB}: powers of ten, as disks are sold. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** {@code 3 ms}, {@code 1.2 s}, {@code 2 min 05 s}, {@code 1 h 02 min}. */
    public static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 59_950) {
            return String.format(Locale.ROOT, millis < 9_950 ? "%.1f s" : "%.0f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%,d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }

    /** {@code just now}, {@code 5 minutes ago}, {@code 3 days ago}. */
    public static String ago(Instant then, Instant now) {
        long seconds = Duration.between(then, now).toSeconds();
        if (seconds < 60) {
            return "just now";
        }
        if (seconds < 3600) {
            return count(seconds / 60, "minute") + " ago";
        }
        if (seconds < 86_400) {
            return count(seconds / 3600, "hour") + " ago";
        }
        return count(seconds / 86_400, "day") + " ago";
    }
}
