package dev.trackit.core.slice;

import dev.trackit.api.Output;
import dev.trackit.core.lineage.ExecutionNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds the outputs of a replay against the record. Compared is what a person reads: the printed text, which must appear line by line
 * in what was printed then (a slice leaves some prints out), and the text of the last value. Addresses of objects in memory differ from
 * run to run and do not count. Not safe for use by several threads.
 */
public final class ReplayComparison {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{6,}");

    private final List<Difference> differences = new ArrayList<>();
    private int compared;

    /** Nothing compared yet. */
    public ReplayComparison() {}

    /** What came of a replay. */
    public enum Verdict {
        /** All that could be compared is the same. */
        SAME,
        /** Something differs. */
        DIFFERENT,
        /** It ran, but the record shows nothing that the slice makes. */
        NOT_COMPARABLE,
        /** It could not be run to its end. */
        COULD_NOT_RUN
    }

    /**
     * One difference.
     *
     * @param where the execution or the file
     * @param recorded what the record has
     * @param replayed what the replay gave
     */
    public record Difference(String where, String recorded, String replayed) {}

    /** Compares the outputs of one step. */
    public void add(ReplayPlan.Step step, List<Output> replayed) {
        List<Output> recorded = step.execution().execution().outputs();
        compareStream(
                step.execution(), text(recorded, "stdout"), text(replayed, "stdout"), cut(recorded) || cut(replayed));
        Optional<Output> then = result(recorded);
        Optional<Output> now = result(replayed);
        if (step.last() && then.isPresent() && !then.get().textCut()) {
            if (then.get().text().isEmpty()) {
                return;
            }
            compared++;
            String before = normal(then.get().text());
            String after = now.map(o -> normal(o.text())).orElse("");
            if (!before.equals(after)) {
                differ(Warnings.place(step.execution()) + " result", before, after);
            }
        }
    }

    /** Compares a file that was written: by what the caller found out. */
    public void addFile(String path, boolean same, String recorded, String replayed) {
        compared++;
        if (!same) {
            differences.add(new Difference(path, recorded, replayed));
        }
    }

    private void compareStream(ExecutionNode execution, String recorded, String replayed, boolean cut) {
        if (replayed.isBlank() || recorded.isBlank() || cut) {
            return;
        }
        compared++;
        List<String> then = normal(recorded).lines().toList();
        int at = 0;
        for (String line : normal(replayed).lines().toList()) {
            int found = at;
            while (found < then.size() && !then.get(found).equals(line)) {
                found++;
            }
            if (found == then.size()) {
                differ(Warnings.place(execution) + " printed text", at < then.size() ? then.get(at) : "", line);
                return;
            }
            at = found + 1;
        }
    }

    /** Only the first lines that differ are of interest. */
    private void differ(String where, String recorded, String replayed) {
        List<String> then = recorded.lines().toList();
        List<String> now = replayed.lines().toList();
        int i = 0;
        while (i < then.size() && i < now.size() && then.get(i).equals(now.get(i))) {
            i++;
        }
        String place = then.size() > 1 || now.size() > 1 ? where + " line " + (i + 1) : where;
        differences.add(new Difference(place, i < then.size() ? then.get(i) : "", i < now.size() ? now.get(i) : ""));
    }

    private static boolean cut(List<Output> outputs) {
        return outputs.stream().anyMatch(o -> o.type() == Output.Type.STREAM && o.textCut());
    }

    private static String text(List<Output> outputs, String stream) {
        StringBuilder text = new StringBuilder();
        for (Output output : outputs) {
            if (output.type() == Output.Type.STREAM && output.name().equals(stream)) {
                text.append(output.text());
            }
        }
        return text.toString();
    }

    private static Optional<Output> result(List<Output> outputs) {
        return outputs.stream()
                .filter(o -> o.type() == Output.Type.RESULT && !o.mime().startsWith("image/"))
                .findFirst();
    }

    private static String normal(String text) {
        StringBuilder normal = new StringBuilder(text.length());
        ADDRESS.matcher(text).replaceAll("0x…").lines().forEach(line -> normal.append(line.stripTrailing())
                .append('\n'));
        return normal.toString().strip();
    }

    /** What came of it, if it ran to its end. */
    public Verdict verdict() {
        if (!differences.isEmpty()) {
            return Verdict.DIFFERENT;
        }
        return compared == 0 ? Verdict.NOT_COMPARABLE : Verdict.SAME;
    }

    /** How many outputs and files were compared. */
    public int compared() {
        return compared;
    }

    /** The differences, in order. */
    public List<Difference> differences() {
        return List.copyOf(differences);
    }
}
