package dev.trackit.summary.outline;

import dev.trackit.api.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Says how the code of a cell changed between two of its executions. */
final class Edits {
    private static final int MAX_LINES = 3;
    private static final int MAX_LINE = 120;

    private Edits() {}

    static String between(Execution before, Execution after, UnaryOperator<String> redaction) {
        String again = "run again after #" + before.sequence();
        if (before.codeDigest().equals(after.codeDigest())) {
            return again + ", unchanged";
        }
        List<String> old = lines(redaction.apply(before.code()));
        List<String> now = lines(redaction.apply(after.code()));
        List<String> removed = without(old, now);
        List<String> added = without(now, old);
        StringBuilder words = new StringBuilder(again).append(", edited");
        if (!removed.isEmpty()) {
            words.append("; was: ").append(shown(removed));
        }
        if (!added.isEmpty()) {
            words.append("; now: ").append(shown(added));
        }
        return words.toString();
    }

    private static List<String> lines(String code) {
        return code.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    }

    private static List<String> without(List<String> these, List<String> others) {
        List<String> left = new ArrayList<>(these);
        others.forEach(left::remove);
        return left;
    }

    private static String shown(List<String> lines) {
        List<String> few = lines.stream()
                .limit(MAX_LINES)
                .map(l -> StepText.oneLine(l, MAX_LINE))
                .toList();
        return String.join(" / ", few) + (lines.size() > MAX_LINES ? " / …" : "");
    }
}
