package dev.trackit.runner.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody who mistyped a word probably meant. */
public final class Suggestions {
    private static final int AT_MOST = 3;

    private Suggestions() {}

    /**
     * The known words that are nearest to this one, best first, at most three; none if nothing is near. A word that begins
     * with what was typed is near; otherwise about a third of the letters may be wrong, missing, added or swapped.
     */
    public static List<String> of(String typed, Collection<String> known) {
        record Candidate(String word, int distance) {}
        String lower = typed.toLowerCase(Locale.ROOT);
        List<Candidate> near = new ArrayList<>();
        for (String word : known) {
            String candidate = word.toLowerCase(Locale.ROOT);
            int distance = candidate.startsWith(lower) && lower.length() >= 2 ? 0 : distance(lower, candidate);
            if (distance <= Math.max(1, Math.min(lower.length(), candidate.length()) / 3)) {
                near.add(new Candidate(word, distance));
            }
        }
        near.sort(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word));
        return near.stream().map(Candidate::word).distinct().limit(AT_MOST).toList();
    }

    /** A sentence that offers them: {@code Did you mean "log" or "ls"?}; empty if there are none. */
    public static String sentence(String typed, Collection<String> known) {
        List<String> words = of(typed, known);
        if (words.isEmpty()) {
            return "";
        }
        List<String> quoted =
                words.stream().map(w -> "\"" + TerminalText.line(w) + "\"").toList();
        String last = quoted.get(quoted.size() - 1);
        return "Did you mean "
                + (quoted.size() == 1 ? last : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + last)
                + "?";
    }

    /** The number of letters to change, add, remove, or swap with their neighbour (optimal string alignment). */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
