package dev.trackit.summary.diff;

import dev.trackit.api.Excerpt;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.FrameState;
import dev.trackit.api.Output;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.summary.diff.Difference.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How what went in and what came out differs: files by digest, frames by shape and columns, printed values, errors. */
final class ResultChanges {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\d[\\d,]*\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?%?");
    private static final int MOST_LINES = 400;
    private static final int MOST_SHOWN = 160;

    private final Run before;
    private final Run after;
    private final List<Difference> found = new ArrayList<>();

    ResultChanges(Run before, Run after) {
        this.before = before;
        this.after = after;
    }

    /** The files that were read and are others now, or were read by one run only. */
    List<Difference> inputs() {
        return files(Level.INPUT, reads(before), reads(after));
    }

    private static List<Difference> files(Level level, Map<String, Seen> old, Map<String, Seen> now) {
        Set<String> all = new LinkedHashSet<>(old.keySet());
        all.addAll(now.keySet());
        List<Difference> files = new ArrayList<>();
        for (String path : all) {
            Seen was = old.get(path);
            Seen is = now.get(path);
            if (was == null || is == null || !was.sameAs(is)) {
                files.add(Difference.of(
                        level,
                        path,
                        was == null ? "" : was.words(),
                        is == null ? "" : is.words(),
                        was == null ? null : was.by(),
                        is == null ? null : is.by()));
            }
        }
        return files;
    }

    /** A file as an execution read or wrote it; the state is null if nobody looked. */
    private record Seen(ExecutionNode by, String verb, ExternalDataset.@Nullable State state) {
        boolean sameAs(Seen other) {
            ExternalDataset.State a = state;
            ExternalDataset.State b = other.state;
            if (a == null || b == null) {
                return true; // Not known to be another.
            }
            return a.digest() != null && b.digest() != null
                    ? a.digest().equals(b.digest())
                    : a.size() == b.size() && a.modifiedAt().equals(b.modifiedAt());
        }

        String words() {
            if (state == null) {
                return verb;
            }
            String digest =
                    state.digest() == null ? "" : " " + state.digest().value().substring(0, 19);
            return state.size() + " bytes, changed " + state.modifiedAt() + digest;
        }
    }

    /** Only what came from outside: what the run wrote itself is a result of its steps. */
    private static Map<String, Seen> reads(Run run) {
        Map<String, Seen> reads = new LinkedHashMap<>();
        for (ExecutionNode node : run.executions()) {
            node.statements().forEach(s -> s.inputs().stream()
                    .filter(a -> a.version() == null)
                    .forEach(a -> reads.put(a.dataset().pathFrom(node.session()), new Seen(node, "read", a.state()))));
        }
        return reads;
    }

    private static Map<String, Seen> writes(Run run) {
        Map<String, Seen> writes = new LinkedHashMap<>();
        Set<ExecutionNode> executions = new HashSet<>(run.executions());
        for (ExternalDataset dataset : run.graph().externals()) {
            for (ExternalDataset.Access write : dataset.writes()) {
                ExecutionNode by = write.statement().execution();
                if (executions.contains(by)) {
                    // The last counts.
                    writes.put(
                            dataset.pathFrom(by.session()),
                            new Seen(by, "written", run.graph().seen(write).orElse(null)));
                }
            }
        }
        return writes;
    }

    /** What came out. */
    List<Difference> results(Map<ExecutionNode, ExecutionNode> pairs) {
        addWritten();
        addFrames();
        pairs.forEach((old, now) -> {
            addStatus(old, now);
            addPrinted(old, now);
        });
        return found;
    }

    /** What one run alone wrote is no other result: the cell that writes it is new or gone. */
    private void addWritten() {
        Map<String, Seen> old = writes(before);
        Map<String, Seen> now = writes(after);
        old.keySet().retainAll(now.keySet());
        now.keySet().retainAll(old.keySet());
        found.addAll(files(Level.RESULT, old, now));
    }

    private record Known(ExecutionNode by, FrameState state) {}

    private void addFrames() {
        Map<String, Known> old = frames(before);
        frames(after).forEach((name, is) -> {
            Known was = old.get(name);
            if (was != null) {
                addFrame(name, was, is);
            }
        });
    }

    private static Map<String, Known> frames(Run run) {
        Map<String, Known> frames = new LinkedHashMap<>();
        for (ExecutionNode node : run.executions()) {
            node.analysis().frames().forEach(f -> {
                Known last = frames.get(f.dataset());
                boolean tells = f.rows().isPresent() || f.columns().isPresent() || last == null;
                if (tells) {
                    frames.put(f.dataset(), new Known(node, f));
                }
            });
        }
        return frames;
    }

    private void addFrame(String name, Known was, Known is) {
        String old = shape(was.state());
        String now = shape(is.state());
        if (!old.isEmpty() && !now.isEmpty() && !old.equals(now)) {
            found.add(Difference.of(Level.RESULT, name, old, now, was.by(), is.by()));
        }
        if (was.state().columns().isPresent() && is.state().columns().isPresent()) {
            List<String> gone = new ArrayList<>(was.state().columns().get());
            List<String> fresh = new ArrayList<>(is.state().columns().get());
            gone.removeAll(is.state().columns().get());
            fresh.removeAll(was.state().columns().get());
            if (!gone.isEmpty() || !fresh.isEmpty()) {
                found.add(Difference.of(
                        Level.RESULT,
                        "columns of " + name,
                        String.join(", ", gone),
                        String.join(", ", fresh),
                        was.by(),
                        is.by()));
            }
        }
        Map<String, Long> missing = is.state().missing();
        was.state().missing().forEach((column, count) -> {
            Long nowMissing = missing.get(column);
            if (nowMissing != null && !nowMissing.equals(count)) {
                found.add(Difference.of(
                        Level.RESULT,
                        "missing values of " + name + "[\"" + column + "\"]",
                        count.toString(),
                        nowMissing.toString(),
                        was.by(),
                        is.by()));
            }
        });
    }

    private static String shape(FrameState state) {
        Long columns = state.columnCount();
        String rows = state.rows().isPresent() ? state.rows().getAsLong() + " rows" : "";
        String cols = columns == null ? "" : columns + " columns";
        return rows + (rows.isEmpty() || cols.isEmpty() ? "" : " × ") + cols;
    }

    private void addStatus(ExecutionNode old, ExecutionNode now) {
        ExecutionStatus was = old.execution().status();
        ExecutionStatus is = now.execution().status();
        if (was != is) {
            found.add(
                    Difference.of(Level.RESULT, "outcome of " + firstLine(now), outcome(old), outcome(now), old, now));
        }
    }

    private static String outcome(ExecutionNode node) {
        String error = node.execution().outputs().stream()
                .filter(o -> o.type() == Output.Type.ERROR)
                .map(Output::name)
                .findFirst()
                .orElse("");
        return node.execution().status().name().toLowerCase(java.util.Locale.ROOT)
                + (error.isEmpty() ? "" : ": " + error);
    }

    /** Lines that are the same but for their numbers are the same measure. */
    private void addPrinted(ExecutionNode old, ExecutionNode now) {
        Map<String, String> was = measures(old);
        Map<String, String> is = measures(now);
        is.forEach((label, line) -> {
            String before = was.get(label);
            if (before != null && !before.equals(line)) {
                found.add(Difference.of(Level.RESULT, subject(label, now), numbers(before), numbers(line), old, now));
            }
        });
    }

    private static String subject(String label, ExecutionNode node) {
        String words = label.replaceAll("\\d+$", "")
                .replace("#", "")
                .replaceAll("\\s+", " ")
                .strip();
        words = words.replaceAll("[\\s:=]+$", "");
        return words.matches(".*\\p{L}.*")
                ? Excerpt.of(words, MOST_SHOWN)
                : Excerpt.of("output of " + firstLine(node), MOST_SHOWN);
    }

    private static Map<String, String> measures(ExecutionNode node) {
        Map<String, String> measures = new LinkedHashMap<>();
        Map<String, Integer> times = new LinkedHashMap<>();
        for (Output output : node.execution().outputs()) {
            boolean counts =
                    output.type() != Output.Type.ERROR && !output.name().equals("stderr");
            if (!counts || output.text().startsWith("<")) {
                continue;
            }
            output.text().lines().limit(MOST_LINES).forEach(line -> {
                Matcher number = NUMBER.matcher(line);
                if (number.find()) {
                    String label = number.replaceAll("#").strip();
                    measures.put(label + times.merge(label, 1, Integer::sum), line.strip());
                }
            });
        }
        return measures;
    }

    private static String numbers(String line) {
        List<String> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(line);
        while (matcher.find()) {
            numbers.add(matcher.group());
        }
        return Excerpt.of(String.join(" ", numbers), MOST_SHOWN);
    }

    static String firstLine(ExecutionNode node) {
        return Excerpt.of(
                node.execution()
                        .code()
                        .lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty() && !l.startsWith("#"))
                        .findFirst()
                        .orElse("an empty cell"),
                MOST_SHOWN);
    }
}
