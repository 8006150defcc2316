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
    /** What is surely meant as a name: in quotes or backquotes, with an underscore, a dot between words, or call parentheses. */
    private static final Pattern NAME =
            Pattern.compile("`([^`]{1,200})`|[\"“]([^\"“”]{1,200})[\"”]|(?<![\\w.])'([^']{1,100})'(?!\\w)"
                    + "|\\b([A-Za-z]\\w*(?:_\\w+)+|\\w+(?:\\.[A-Za-z_]\\w*)+|[A-Za-z_]\\w*(?=\\(\\)))");

    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])\\d[\\d,]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?![\\w])");

    private final Set<String> steps = new HashSet<>();
    private final Set<String> numbers = new HashSet<>();
    private final String text;

    /** @param outline what the summary was made from */
    public SummaryCheck(Outline outline) {
        outline.steps().forEach(s -> steps.add(s.id()));
        StringBuilder all = new StringBuilder(outline.toText());
        outline.steps().forEach(s -> all.append('\n')
                .append(s.text())); // As it stands, besides the written form, which joins lines.
        outline.unknowns().forEach(u -> all.append('\n').append(u));
        text = normal(all.toString());
        Matcher found = NUMBER.matcher(text);
        while (found.find()) {
            numbers.add(number(found.group()));
        }
        Matcher digits = Pattern.compile("\\d+(?:\\.\\d+)?").matcher(text);
        while (digits.find()) {
            numbers.add(number(digits.group()));
        }
        for (int n = 0; n <= 10; n++) {
            numbers.add(Integer.toString(n)); // Small counts are counted by the writer, not taken from the outline.
        }
        numbers.add(Integer.toString(outline.steps().size()));
        numbers.add(Integer.toString(outline.datasets().size()));
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
        for (String number : numbersIn(claim.text())) {
            if (!numbers.contains(number)) {
                problems.add("gives the number " + number + ", which is not in the outline");
            }
        }
        return List.copyOf(problems);
    }

    private boolean isKnown(String name) {
        String wanted = normal(name).replaceAll("\\(\\)$", "").strip();
        return wanted.isEmpty() || text.contains(wanted);
    }

    private static Set<String> namesIn(String claim) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(claim);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String name = matcher.group(group);
                if (name != null && !name.matches("[\\d.,]+") && !name.matches("(?i)e\\.g|i\\.e")) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    private static Set<String> numbersIn(String claim) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = NUMBER.matcher(claim);
        while (matcher.find()) {
            found.add(number(matcher.group()));
        }
        return found;
    }

    private static String number(String written) {
        String plain = written.replace(",", "");
        if (plain.contains(".") && !plain.contains("e") && !plain.contains("E")) {
            plain = plain.replaceAll("0+$", "").replaceAll("\\.$", "");
        }
        return plain.replaceAll("^0+(?=\\d)", "");
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
