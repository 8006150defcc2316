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
        List<String> columns = new ArrayList<>();
        Integer body = null;
        for (List<String> block : blocks(lines)) {
            List<String> own = columnsOf(block);
            int height = rowsOf(block);
            if (own == null || body != null && body != height) {
                return rows == null ? null : new Table(rows, null, count);
            }
            columns.addAll(own);
            body = height;
        }
        if (body == null || count != null && columns.size() != count) {
            return rows == null ? null : new Table(rows, null, count);
        }
        return new Table(rows == null ? Long.valueOf(body) : rows, columns, (long) columns.size());
    }

    /** A table that is too wide for the page stands in several blocks, one below the other. */
    private static List<List<String>> blocks(List<String> lines) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = new ArrayList<>();
        boolean wrapped = false;
        for (String line : lines) {
            if (line.isBlank()) {
                if (wrapped && !block.isEmpty()) {
                    blocks.add(block);
                    block = new ArrayList<>();
                }
                continue;
            }
            wrapped |= line.endsWith("\\");
            block.add(line.endsWith("\\") ? line.substring(0, line.length() - 1) : line);
        }
        if (!block.isEmpty()) {
            blocks.add(block);
        }
        return blocks;
    }

    /** Below the head may stand a line with the names of the index alone. */
    private static int firstRow(List<String> block) {
        int width = block.get(0).stripTrailing().length();
        return block.size() > 2
                        && block.get(1).stripTrailing().length() < width
                        && block.get(2).stripTrailing().length() >= width
                ? 2
                : 1;
    }

    private static int rowsOf(List<String> block) {
        return block.size() - firstRow(block);
    }

    /**
     * The columns of a block: names and values stand at the right end of their column, so a word of the head ends a column where all rows
     * have a value's end. Null if not all columns are shown, or they cannot be told apart.
     */
    private static @Nullable List<String> columnsOf(List<String> block) {
        String head = block.get(0).stripTrailing();
        int first = firstRow(block);
        if (!head.startsWith(" ") || head.contains("...") || block.size() <= first) {
            return null;
        }
        List<String> columns = new ArrayList<>();
        int begin = 0;
        for (int end = 0; end < head.length(); end++) {
            boolean wordEnds = head.charAt(end) != ' ' && (end + 1 == head.length() || head.charAt(end + 1) == ' ');
            if (wordEnds && endsColumn(block.subList(first, block.size()), end)) {
                String name = head.substring(begin, end + 1).strip();
                if (name.contains("   ")) {
                    return null;
                }
                columns.add(name);
                begin = end + 1;
            }
        }
        return begin == head.length() ? columns : null;
    }

    private static boolean endsColumn(List<String> rows, int end) {
        for (String row : rows) {
            boolean value = end < row.length() && row.charAt(end) != ' ';
            if (!value || end + 1 < row.length() && row.charAt(end + 1) != ' ') {
                return false;
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
