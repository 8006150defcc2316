package dev.trackit.summary;

import dev.trackit.api.Outline;
import dev.trackit.api.Outline.Fate;
import dev.trackit.api.Outline.Step;
import dev.trackit.api.Summary.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was tried, and why, as far as the notebook says: in the order of the work, its own words where they lead to a step or give a reason, what
 * was changed between two runs, and what was given up. What stands there more than once is told once.
 */
final class Rationale {
    private static final Pattern REASON = Pattern.compile(
            "(?i)\\b(because|since|so that|in order to|therefore|instead|however|why|reason|decid\\w*|chose|choose|want(?:ed)?|need(?:ed)?"
                    + "|should|tr(?:y|ied|ying)|assum\\w*|hypothes\\w*|expect\\w*|problem|issue|better|worse|improv\\w*|drop\\w*|remov\\w*"
                    + "|replac\\w*|missing|outlier\\w*|ignore\\w*|keep|conclu\\w*|result\\w*)\\b");
    private static final int MAX_PROSE = 20;
    private static final int MAX_PASSAGE = 260;
    private static final int MAX_TRIED = 60;
    private static final int MAX_CITED = 20;
    private static final int LEAST_WORDS = 3;

    private final Outline outline;

    private Rationale(Outline outline) {
        this.outline = outline;
    }

    static List<Claim> of(Outline outline) {
        return new Rationale(outline).claims();
    }

    private List<Claim> claims() {
        Set<String> passages = passages();
        Map<String, List<String>> told = new LinkedHashMap<>();
        List<String> untold = new ArrayList<>();
        int tried = 0;
        for (Step step : outline.steps()) {
            String text;
            if (step.fate() == Fate.PROSE) {
                text = passages.contains(step.id()) ? "The notebook says: " + passage(step.text()) : "";
            } else {
                text = attempt(step);
                boolean fresh = !text.isEmpty() && !told.containsKey(text);
                tried += fresh ? 1 : 0;
                if (fresh && tried > MAX_TRIED) {
                    untold.add(step.id());
                    text = "";
                }
            }
            if (!text.isEmpty()) {
                told.computeIfAbsent(text, t -> new ArrayList<>()).add(step.id());
            }
        }
        List<Claim> claims = new ArrayList<>();
        told.forEach((text, ids) ->
                claims.add(Claim.of(text, ids.stream().limit(MAX_CITED).toList())));
        if (!untold.isEmpty()) {
            claims.add(Claim.of(
                    "More was tried that did not remain; the table of steps has it.",
                    untold.stream().limit(MAX_CITED).toList()));
        }
        return claims;
    }

    private static String attempt(Step step) {
        String begin =
                switch (step.fate()) {
                    case SUPERSEDED -> "Tried, then replaced by a later run: ";
                    case DEAD_END -> "Tried, and nothing that remained rests on it: ";
                    case FAILED -> "Failed: ";
                    case KEPT, INSPECTION, UNKNOWN, PROSE -> "";
                };
        if (!begin.isEmpty()) {
            return Words.sentence(begin + step.brief() + Words.findings(step));
        }
        String edit = step.facts().stream()
                .filter(f -> Words.isRerun(f) && f.contains(", edited"))
                .findFirst()
                .orElse("");
        return step.fate() == Fate.KEPT && !edit.isEmpty()
                ? Words.sentence("Changed on the way: " + step.brief() + "; " + edit)
                : "";
    }

    /** The passages that are worth quoting: those that give a reason, then those that stand directly before a step that is told. */
    private Set<String> passages() {
        Set<String> giving = new LinkedHashSet<>();
        Set<String> leading = new LinkedHashSet<>();
        Step before = null;
        for (Step step : outline.steps()) {
            if (step.fate() == Fate.PROSE) {
                before = step;
                if (isPassage(step) && REASON.matcher(step.text()).find()) {
                    giving.add(step.id());
                }
            } else if (step.fate() != Fate.INSPECTION && before != null) {
                if (isPassage(before)) {
                    leading.add(before.id());
                }
                before = null;
            }
        }
        Set<String> chosen = new LinkedHashSet<>();
        giving.stream().filter(leading::contains).limit(MAX_PROSE).forEach(chosen::add);
        for (Set<String> more : List.of(giving, leading)) {
            more.stream().limit(Math.max(0, MAX_PROSE - chosen.size())).forEach(chosen::add);
        }
        return chosen;
    }

    /** Not a mere title. */
    private static boolean isPassage(Step step) {
        return step.text().strip().split("\\s+").length >= LEAST_WORDS;
    }

    /** Cut behind a sentence where there is one, else behind a word. */
    private static String passage(String text) {
        String one = text.strip().replaceAll("\\s+", " ");
        if (one.length() <= MAX_PASSAGE && !one.endsWith("…")) {
            return Words.sentence(one);
        }
        String room = one.substring(0, Math.min(one.length(), MAX_PASSAGE));
        Matcher ends = Pattern.compile("[.!?](?=\\s)").matcher(room);
        int end = -1;
        while (ends.find()) {
            end = ends.end();
        }
        if (end >= MAX_PASSAGE / 4) {
            return Words.sentence(room.substring(0, end));
        }
        int space = room.lastIndexOf(' ');
        return Words.sentence((space < 0 ? room : room.substring(0, space)).replaceAll("[\\s,;:.…]+$", "") + " …");
    }
}
