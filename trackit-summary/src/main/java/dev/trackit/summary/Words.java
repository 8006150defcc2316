package dev.trackit.summary;

import dev.trackit.api.Outline.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Small pieces of English. */
final class Words {
    private static final int MAX_LISTED = 8;

    private Words() {}

    static List<String> ids(List<Step> steps) {
        return steps.stream().map(Step::id).toList();
    }

    /** The first of many, and how many more. */
    static String listed(List<String> items) {
        if (items.size() <= MAX_LISTED) {
            return all(items);
        }
        List<String> shown = new ArrayList<>(items.subList(0, MAX_LISTED - 1));
        shown.add((items.size() - MAX_LISTED + 1) + " more");
        return all(shown);
    }

    /** All of them. */
    static String all(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** What was found out in a step, to be put behind it. How its code was changed is told apart. */
    static String findings(Step step) {
        StringBuilder text = new StringBuilder();
        step.facts().stream().filter(f -> !isRerun(f)).forEach(f -> text.append("; ")
                .append(f));
        return text.toString();
    }

    /** Whether a fact says that the cell had been run before. */
    static boolean isRerun(String fact) {
        return fact.startsWith("run again after #");
    }

    static String bare(String text) {
        String one = text.strip().replaceAll("\\s+", " ");
        return one.endsWith(".") && !one.endsWith("..") ? one.substring(0, one.length() - 1) : one;
    }

    static String sentence(String text) {
        String one = bare(text);
        if (one.isEmpty()) {
            return one;
        }
        String end = one.endsWith("…") || one.endsWith("!") || one.endsWith("?") ? "" : ".";
        return one.substring(0, 1).toUpperCase(Locale.ROOT) + one.substring(1) + end;
    }
}
