package dev.trackit.core.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a Python import statement down to the names that are needed. */
final class ImportText {
    private static final Pattern IMPORT = Pattern.compile("import\\s+(.+)", Pattern.DOTALL);
    private static final Pattern FROM =
            Pattern.compile("from\\s+([.\\w\\s]*?[.\\w])\\s*\\bimport\\b\\s*(.+)", Pattern.DOTALL);
    private static final Pattern ALIAS = Pattern.compile("([\\w.]+)(?:\\s+as\\s+(\\w+))?");

    private ImportText() {}

    /** The statement with only those of its names that are needed; unchanged if it cannot be cut or if none is. */
    static String keep(String text, Set<String> needed) {
        String flat =
                text.replaceAll("#[^\\n]*", "").replaceAll("\\\\\\r?\\n", " ").strip();
        Matcher from = FROM.matcher(flat);
        Matcher plain = IMPORT.matcher(flat);
        if (from.matches()) {
            return cut(
                    text,
                    "from " + from.group(1).strip() + " import ",
                    unwrap(from.group(2).strip()),
                    needed,
                    false);
        }
        return plain.matches() ? cut(text, "import ", plain.group(1), needed, true) : text;
    }

    private static String unwrap(String names) {
        return names.startsWith("(") && names.endsWith(")") ? names.substring(1, names.length() - 1) : names;
    }

    private static String cut(String text, String head, String names, Set<String> needed, boolean dotted) {
        List<String> kept = new ArrayList<>();
        int count = 0;
        for (String part : names.split(",", -1)) {
            String alias = part.strip().replaceAll("\\s+", " ");
            if (alias.isEmpty()) {
                continue;
            }
            Matcher matcher = ALIAS.matcher(alias);
            if (!matcher.matches()) {
                return text;
            }
            count++;
            String name = matcher.group(1);
            String bound = matcher.group(2) != null ? matcher.group(2) : name;
            if (dotted && matcher.group(2) == null && name.indexOf('.') > 0) {
                bound = name.substring(0, name.indexOf('.'));
            }
            if (needed.contains(bound)) {
                kept.add(alias);
            }
        }
        return kept.isEmpty() || kept.size() == count ? text : head + String.join(", ", kept);
    }
}
