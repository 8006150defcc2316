package dev.trackit.summary.outline;

import dev.trackit.api.FrameState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows what outputs reveal about each dataset, and says how it changed since it was last seen. */
final class KnownShapes {
    private static final int MAX_NAMES = 12;

    /** What is known now. */
    private final Map<String, FrameState> last = new HashMap<>();

    /** What was told last, against which the next is told. */
    private final Map<String, FrameState> told = new HashMap<>();

    /** Forgets what was known of names that were bound anew or changed: what an output showed before holds no longer. */
    void forget(Set<String> names) {
        last.keySet().removeAll(names);
    }

    /** Takes what an execution revealed of a dataset, and says it in words; empty if nothing new. */
    List<String> take(FrameState found) {
        FrameState before = told.get(found.dataset());
        FrameState state = merged(last.get(found.dataset()), found);
        last.put(found.dataset(), state);
        told.put(found.dataset(), state);
        List<String> facts = new ArrayList<>();
        String shape = shape(state);
        boolean lessKnown =
                before != null && state.rowCount() == null && Objects.equals(state.columnCount(), before.columnCount());
        if (!shape.isEmpty() && !lessKnown && (before == null || !shape.equals(shape(before)))) {
            String was = before == null ? "" : shape(before);
            facts.add(state.dataset() + " has " + shape + (was.isEmpty() ? "" : ", before it had " + was));
        }
        if (before != null && before.columns().isPresent() && state.columns().isPresent()) {
            difference(
                    facts,
                    "columns added",
                    state.columns().get(),
                    before.columns().get());
            difference(
                    facts,
                    "columns dropped",
                    before.columns().get(),
                    state.columns().get());
        }
        List<String> missing = new ArrayList<>();
        found.missing().forEach((column, count) -> {
            if (count > 0) {
                missing.add(column + " " + count);
            }
        });
        if (!missing.isEmpty()) {
            facts.add("missing values: " + few(missing));
        }
        return facts;
    }

    /** The last known shape of a dataset, in words; empty if not known. */
    String shape(String dataset) {
        FrameState state = last.get(dataset);
        return state == null ? "" : shape(state);
    }

    /** The last known columns of a dataset; empty if not known. */
    List<String> columns(String dataset) {
        FrameState state = last.get(dataset);
        return state == null ? List.of() : state.columns().orElse(List.of());
    }

    static String shape(FrameState state) {
        String rows = state.rowCount() == null ? "" : count(state.rowCount(), "row");
        Long width = state.columnCount() != null
                ? state.columnCount()
                : state.columnNames() == null
                        ? null
                        : (Long) (long) state.columnNames().size();
        String columns = width == null ? "" : count(width, "column");
        return rows.isEmpty() || columns.isEmpty() ? rows + columns : rows + " × " + columns;
    }

    static String few(List<String> names) {
        return names.size() <= MAX_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MAX_NAMES)) + " and " + (names.size() - MAX_NAMES) + " more";
    }

    private static void difference(List<String> facts, String words, List<String> these, List<String> without) {
        List<String> names = new ArrayList<>(these);
        names.removeAll(without);
        if (!names.isEmpty()) {
            facts.add(words + ": " + few(names));
        }
    }

    private static FrameState merged(@Nullable FrameState old, FrameState state) {
        if (old == null) {
            return state;
        }
        return new FrameState(
                state.dataset(),
                state.rowCount() != null ? state.rowCount() : old.rowCount(),
                state.columnCount() != null ? state.columnCount() : old.columnCount(),
                state.columnNames() != null ? state.columnNames() : old.columnNames(),
                state.types().isEmpty() ? old.types() : state.types(),
                state.missing().isEmpty() ? old.missing() : state.missing());
    }

    private static String count(long n, String word) {
        return n + " " + word + (n == 1 ? "" : "s");
    }
}
