package dev.trackit.summary;

import dev.trackit.api.Outline;
import dev.trackit.api.Summary;
import dev.trackit.api.Summary.Claim;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks each statement of a summary against the outline it was made from: it may cite only steps that exist, must cite at least one (open
 * questions need not), and may name only names and numbers that occur in the outline. What nothing supports is marked, not removed.
 */
public final class SummaryCheck {
    /**
     * What is surely meant as a name: in quotes or backquotes, with an underscore, a dot between words, call parentheses or capitals inside; and
     * a word in capitals beside the word column.
     */
    private static final Pattern NAME =
            Pattern.compile("`([^`]{1,200})`|[\"“]([^\"“”]{1,200})[\"”]|(?<![\\w.])'([^']{1,100})'(?!\\w)"
                    + "|\\b([A-Za-z]\\w*(?:_\\w+)+|\\w+(?:\\.[A-Za-z_]\\w*)+|[A-Za-z_]\\w*(?=\\(\\))"
                    + "|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)"
                    + "|\\bcolumns? ([A-Z]\\w*)|\\b[Tt]he ([A-Z]\\w*) columns?\\b");

    /** Words with capitals inside that are no names of a notebook's own. */
    private static final Set<String> COMMON = Set.of("dataframe", "dataframes", "jupyterlab", "numpy", "groupby");

    private static final Pattern NOT_NAME = Pattern.compile("[\\d.,]+|(?i:e\\.g|i\\.e)");
    private final Set<String> steps = new HashSet<>();
    private final Numbers numbers;
    private final String text;

    /** @param outline what the summary was made from */
    public SummaryCheck(Outline outline) {
        outline.steps().forEach(s -> steps.add(s.id()));
        StringBuilder all = new StringBuilder(outline.toText());
        outline.steps().forEach(s -> all.append('\n')
                .append(s.text())); // As it stands, besides the written form, which joins lines.
        outline.unknowns().forEach(u -> all.append('\n').append(u));
        text = normal(all.toString());
        numbers = new Numbers(outline);
    }

    /** The same summary, each statement with its problems. */
    public Summary check(Summary summary) {
        Map<Summary.Part, List<Claim>> checked = new EnumMap<>(Summary.Part.class);
        summary.parts().forEach((part, claims) -> {
            List<Claim> list = new ArrayList<>();
            for (Claim claim : claims) {
                list.add(new Claim(claim.text(), claim.steps(), problems(part, claim)));
            }
            checked.put(part, list);
        });
        return new Summary(checked, summary.provenance());
    }

    private List<String> problems(Summary.Part part, Claim claim) {
        Set<String> problems = new LinkedHashSet<>();
        for (String step : claim.steps()) {
            if (!steps.contains(step)) {
                problems.add("cites the step " + step + ", which does not exist");
            }
        }
        if (claim.steps().isEmpty() && part != Summary.Part.OPEN_QUESTIONS && !steps.isEmpty()) {
            problems.add("cites no step");
        }
        for (String name : namesIn(claim.text())) {
            if (!isKnown(name)) {
                problems.add("names \"" + name + "\", which is not in the outline");
            }
        }
        for (String number : numbers.unsupported(claim.text())) {
            problems.add("gives the number " + number + ", which is not in the outline");
        }
        return List.copyOf(problems);
    }

    /** Whether the outline has it as a whole: {@code age} does not stand in {@code average}. */
    private boolean isKnown(String name) {
        String wanted = normal(name).replaceAll("\\(\\)$", "").strip();
        if (wanted.isEmpty() || COMMON.contains(wanted)) {
            return true;
        }
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            int end = at + wanted.length();
            boolean begins = at == 0 || !inWord(text.charAt(at - 1)) || !inWord(wanted.charAt(0));
            boolean ends = end == text.length() || !inWord(text.charAt(end)) || !inWord(text.charAt(end - 1));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean inWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static Set<String> namesIn(String claim) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(claim);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String name = matcher.group(group);
                if (name == null || NOT_NAME.matcher(name).matches()) {
                    continue;
                } else if (group > 1 && name.matches(".*[=;(].*")) {
                    names.addAll(namesIn(name)); // Code in quotes, or what stands between two strings of it.
                } else {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    private static String normal(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace('“', '"')
                .replace('”', '"')
                .replace('‘', '\'')
                .replace('’', '\'')
                .replaceAll("\\s+", " ");
    }
}
