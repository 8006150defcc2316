package dev.trackit.python.effects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the texts in which pandas shows frames and what it says of them. */
final class FrameText {
    private static final Pattern FOOT = Pattern.compile("\\[(\\d+) rows x (\\d+) columns]");
    private static final Pattern SHAPE = Pattern.compile("\\((\\d+),(?: (\\d+))?\\)");
    private static final Pattern ENTRIES = Pattern.compile("(?:Index|.*Index): (\\d+) entries.*");
    private static final Pattern TOTAL = Pattern.compile("Data columns \\(total (\\d+) columns?\\):");
    private static final Pattern COLUMN = Pattern.compile("\\s*(?:\\d+\\s+)?(.*?)\\s+(\\d+) non-null\\s+(\\S+)\\s*");
    private static final int LONGEST = 200_000;

    private FrameText() {}

    /**
     * A table.
     *
     * @param rows the number of rows; null if it is cut and does not say
     * @param columns the columns; null if not all are shown, or they cannot be told apart
     * @param columnCount the number of columns; null if not known
     */
    record Table(
            @Nullable Long rows,
            @Nullable List<String> columns,
            @Nullable Long columnCount) {}

    /** What {@code df.info()} says. */
    record Info(long rows, @Nullable Long columnCount, Map<String, String> types, Map<String, Long> present) {}

    static boolean isNumber(String text) {
        String s = text.strip();
        return !s.isEmpty() && s.length() < 18 && s.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static long[] shape(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches() || matcher.group(1).length() > 17) {
            return new long[0];
        }
        String second = matcher.group(2);
        return second == null || second.length() > 17
                ? new long[] {Long.parseLong(matcher.group(1))}
                : new long[] {Long.parseLong(matcher.group(1)), Long.parseLong(second)};
    }

    static @Nullable Table table(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        List<String> lines = new ArrayList<>(text.lines().toList());
        Long rows = null;
        Long count = null;
        Matcher foot = FOOT.matcher(text);
        if (foot.find()) {
            rows = number(foot.group(1));
            count = number(foot.group(2));
            lines.removeIf(l -> FOOT.matcher(l).find());
        }
        lines.removeIf(String::isBlank);
        if (lines.size() < 2) {
            return rows == null ? null : new Table(rows, null, count);
        }
        String head = lines.get(0);
        boolean wrapped = lines.stream().anyMatch(l -> l.endsWith("\\"));
        boolean cut = head.contains("...");
        if (!head.startsWith(" ") || wrapped || cut) {
            return rows == null ? null : new Table(rows, null, count);
        }
        int body = lines.size() - 1;
        // Below the head may stand a line with the names of the index alone.
        int width = head.stripTrailing().length();
        if (body > 1
                && lines.get(1).stripTrailing().length() < width
                && lines.get(2).stripTrailing().length() >= width) {
            body--;
        }
        List<String> columns = List.of(head.strip().split("\\s{2,}"));
        if (count != null && columns.size() != count) {
            columns = List.of(head.strip().split("\\s+"));
        }
        boolean trusted = count == null ? consistent(columns, lines) : columns.size() == count;
        return new Table(
                rows == null ? Long.valueOf(body) : rows,
                trusted ? columns : null,
                count == null && trusted ? Long.valueOf(columns.size()) : count);
    }

    /** Columns whose names hold no blanks are told apart for sure; others only if the lines below agree. */
    private static boolean consistent(List<String> columns, List<String> lines) {
        for (String c : columns) {
            if (c.indexOf(' ') >= 0) {
                return lines.get(lines.size() - 1).strip().split("\\s{2,}").length == columns.size() + 1;
            }
        }
        return true;
    }

    private static @Nullable Long number(String digits) {
        return digits.length() > 17 ? null : Long.valueOf(digits);
    }

    /** The names in {@code Index(['a', 'b'], dtype='object')}; null if not all of them are there. */
    static @Nullable List<String> index(String text) {
        String s = text.strip();
        if (!s.startsWith("Index([") || s.contains("...") || s.length() > LONGEST) {
            return null;
        }
        List<String> names = new ArrayList<>();
        int end = s.lastIndexOf(']');
        int i = s.indexOf('[') + 1;
        while (i < end) {
            char quote = s.charAt(i);
            if (quote != '\'' && quote != '"') {
                i++;
                continue;
            }
            int close = s.indexOf(quote, i + 1);
            if (close < 0 || close > end) {
                return null;
            }
            names.add(s.substring(i + 1, close));
            i = close + 1;
        }
        return names.isEmpty() ? null : names;
    }

    /** A series as it is shown: label and value, line by line, without the line that says its type. */
    static Map<String, String> series(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        if (text.length() > LONGEST) {
            return found;
        }
        for (String line : text.lines().toList()) {
            String l = line.stripTrailing();
            int space = l.lastIndexOf("  ");
            if (l.startsWith("dtype:") || l.startsWith("Length:") || l.startsWith("Name:") || space <= 0) {
                continue;
            }
            found.put(l.substring(0, space).stripTrailing(), l.substring(space).strip());
        }
        return found;
    }

    static @Nullable Info info(String text) {
        if (text.length() > LONGEST || !text.contains(" entries")) {
            return null;
        }
        Long rows = null;
        Long total = null;
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, Long> present = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            Matcher entries = ENTRIES.matcher(line);
            Matcher count = TOTAL.matcher(line);
            Matcher column = COLUMN.matcher(line);
            if (entries.matches()) {
                rows = number(entries.group(1));
            } else if (count.matches()) {
                total = number(count.group(1));
            } else if (column.matches() && column.group(2).length() < 17) {
                types.put(column.group(1), column.group(3));
                present.put(column.group(1), Long.valueOf(column.group(2)));
            }
        }
        return rows == null ? null : new Info(rows, total, types, present);
    }
}
