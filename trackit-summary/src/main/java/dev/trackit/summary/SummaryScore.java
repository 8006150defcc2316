package dev.trackit.summary;

import dev.trackit.api.Outline;
import dev.trackit.api.Summary;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How good a summary is, without asking a model.
 *
 * @param coverage the share of the kept steps that a statement cites, from 0 to 1; 1 if there are none
 * @param supported the share of the statements that have no problems, from 0 to 1; 1 if there are none
 * @param claims how many statements there are
 * @param missed the ids of the kept steps that no statement cites, in order
 * @param rougeL ROUGE-L (F1) against a reference; not present without one
 */
public record SummaryScore(double coverage, double supported, int claims, List<String> missed, OptionalDouble rougeL) {

    /** Copies. */
    public SummaryScore {
        missed = List.copyOf(missed);
    }

    /** Scores a checked summary against its outline. */
    public static SummaryScore of(Summary checked, Outline outline) {
        Set<String> cited = new HashSet<>();
        checked.parts().values().forEach(claims -> claims.forEach(c -> cited.addAll(c.steps())));
        List<String> kept = outline.steps().stream()
                .filter(s -> s.fate() == Outline.Fate.KEPT)
                .map(Outline.Step::id)
                .toList();
        List<String> missed = kept.stream().filter(id -> !cited.contains(id)).toList();
        int claims = checked.parts().values().stream().mapToInt(List::size).sum();
        return new SummaryScore(
                kept.isEmpty() ? 1 : 1 - (double) missed.size() / kept.size(),
                claims == 0 ? 1 : 1 - (double) checked.unsupported() / claims,
                claims,
                missed,
                OptionalDouble.empty());
    }

    /** The same with ROUGE-L against a reference text. */
    public SummaryScore against(Summary summary, String reference) {
        StringBuilder words = new StringBuilder();
        summary.parts()
                .values()
                .forEach(list -> list.forEach(c -> words.append(c.text()).append(' ')));
        return new SummaryScore(
                coverage, supported, claims, missed, OptionalDouble.of(rougeL(words.toString(), reference)));
    }

    /**
     * The F1 measure of the longest common subsequence of words.
     *
     * @see <a href="https://aclanthology.org/W04-1013/">Lin, ROUGE: A Package for Automatic Evaluation of Summaries (2004)</a>
     */
    static double rougeL(String candidate, String reference) {
        String[] a = words(candidate);
        String[] b = words(reference);
        if (a.length == 0 || b.length == 0) {
            return a.length == b.length ? 1 : 0;
        }
        int[] row = new int[b.length + 1];
        for (String word : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.length; j++) {
                int above = row[j];
                row[j] = word.equals(b[j - 1]) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        double common = row[b.length];
        double precision = common / a.length;
        double recall = common / b.length;
        return common == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static String[] words(String text) {
        String plain = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
        return plain.isEmpty() ? new String[0] : plain.split(" ");
    }
}
