package dev.trackit.python.effects;

import dev.trackit.python.effects.Shapes.Shape;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows and columns of frames that are made of files or of several frames. */
final class FrameFunctions {
    private final Machine m;
    private final FileShapes files;

    FrameFunctions(Machine machine) {
        this.m = machine;
        this.files = new FileShapes(machine);
    }

    /** The shape of what a function of pandas makes; unknown for all that are not described here. */
    Shape made(CallKnowledge k, CallArguments args) {
        Value first = args.valueAt(0);
        return switch (k.name()) {
            case "read_csv", "read_table" -> files.read(k.name(), args);
            case "concat" -> concatenated(args);
            case "merge", "merge_ordered", "merge_asof" -> merged(args.valueAt(0), args.valueAt(1), args);
            case "melt" -> {
                HeapObject frame = frame(first);
                yield frame == null ? Shape.UNKNOWN : melted(Shape.of(frame), args);
            }
            case "get_dummies" -> new Shape(null, m.lengths.of(first), null);
            default -> Shape.UNKNOWN;
        };
    }

    private static @Nullable HeapObject frame(Value v) {
        HeapObject o = v.single();
        return o != null && o.is(Trait.COLUMNS) ? o : null;
    }

    private static boolean isTrue(CallArguments args, String name) {
        return Boolean.TRUE.equals(args.valueNamed(name).constant());
    }

    private @Nullable List<String> names(Value v) {
        String one = v.text();
        return one != null ? List.of(one) : m.subscripts.strings(v);
    }

    /** Frames set one below the other, or side by side. */
    private Shape concatenated(CallArguments args) {
        List<Value> parts = m.subscripts.itemsOf(args.valueAt(0));
        Value axis = args.valueNamed("axis");
        boolean below = axis.isNothing() || Long.valueOf(0).equals(axis.constant()) || "index".equals(axis.constant());
        boolean beside = Long.valueOf(1).equals(axis.constant()) || "columns".equals(axis.constant());
        boolean plain = args.named("keys") == null && args.named("join") == null && args.positionalCount() == 1;
        if (parts == null || parts.isEmpty() || !plain || args.open || !below && !beside) {
            return Shape.UNKNOWN;
        }
        List<HeapObject> frames = new ArrayList<>();
        for (Value part : parts) {
            HeapObject o = frame(part);
            if (o == null || o.columns == null) {
                return Shape.UNKNOWN;
            }
            frames.add(o);
        }
        return below ? below(frames, isTrue(args, "ignore_index")) : beside(frames, isTrue(args, "ignore_index"));
    }

    private static Shape below(List<HeapObject> frames, boolean renumbered) {
        Set<String> columns = new LinkedHashSet<>();
        List<String> index = frames.get(0).index;
        Long rows = 0L;
        for (HeapObject o : frames) {
            columns.addAll(o.columns == null ? List.of() : o.columns);
            index = o.index != null && o.index.equals(index) ? index : null;
            rows = o.rows == null || rows == null ? null : Long.valueOf(rows + o.rows);
        }
        return new Shape(List.copyOf(columns), rows, renumbered ? Shape.UNNAMED : index);
    }

    private static Shape beside(List<HeapObject> frames, boolean renumbered) {
        List<String> columns = new ArrayList<>();
        for (HeapObject o : frames) {
            columns.addAll(o.columns == null ? List.of() : o.columns);
        }
        return renumbered ? Shape.UNKNOWN : new Shape(columns, null, null);
    }

    /** The shape of two frames joined by {@code merge}. */
    Shape merged(Value left, Value right, CallArguments args) {
        HeapObject l = frame(left);
        HeapObject r = frame(right);
        if (l == null
                || r == null
                || l.columns == null
                || r.columns == null
                || args.open
                || args.named("suffixes") != null) {
            return Shape.UNKNOWN;
        }
        boolean byLeftIndex = isTrue(args, "left_index");
        boolean byRightIndex = isTrue(args, "right_index");
        List<String> shared = new ArrayList<>();
        if (args.named("on") != null) {
            List<String> on = names(args.valueNamed("on"));
            if (on == null) {
                return Shape.UNKNOWN;
            }
            shared.addAll(on);
        } else if (args.named("left_on") != null && args.named("right_on") != null) {
            List<String> a = names(args.valueNamed("left_on"));
            List<String> b = names(args.valueNamed("right_on"));
            if (a == null || b == null || a.size() != b.size()) {
                return Shape.UNKNOWN;
            }
            for (int i = 0; i < a.size(); i++) {
                if (a.get(i).equals(b.get(i))) {
                    shared.add(a.get(i));
                }
            }
        } else if (!byLeftIndex
                && !byRightIndex
                && !"cross".equals(args.valueNamed("how").text())) {
            l.columns.stream().filter(r.columns::contains).forEach(shared::add);
        }
        boolean there = l.columns.containsAll(shared) && r.columns.containsAll(shared);
        return there
                ? new Shape(
                        together(l.columns, r.columns, shared, "_x", "_y"),
                        null,
                        byLeftIndex || byRightIndex ? null : Shape.UNNAMED)
                : Shape.UNKNOWN;
    }

    /** The shape of two frames joined by their index. */
    Shape joined(Shape left, CallArguments args) {
        HeapObject right = frame(args.positionalCount() > 0 ? args.valueAt(0) : args.valueNamed("other"));
        String leftSuffix =
                args.named("lsuffix") == null ? "" : args.valueNamed("lsuffix").text();
        String rightSuffix =
                args.named("rsuffix") == null ? "" : args.valueNamed("rsuffix").text();
        List<String> leftColumns = left.columns();
        List<String> rightColumns = right == null ? null : right.columns;
        if (leftColumns == null || rightColumns == null || args.open) {
            return Shape.UNKNOWN;
        }
        if (leftSuffix == null || rightSuffix == null) {
            return Shape.UNKNOWN;
        }
        return new Shape(together(leftColumns, rightColumns, List.of(), leftSuffix, rightSuffix), null, null);
    }

    private static List<String> together(
            List<String> left, List<String> right, List<String> shared, String leftSuffix, String rightSuffix) {
        List<String> columns = new ArrayList<>();
        for (String c : left) {
            columns.add(right.contains(c) && !shared.contains(c) ? c + leftSuffix : c);
        }
        for (String c : right) {
            if (!shared.contains(c)) {
                columns.add(left.contains(c) ? c + rightSuffix : c);
            }
        }
        return columns;
    }

    /** {@code melt}: one row for each row and melted column. */
    Shape melted(Shape before, CallArguments args) {
        Value id = args.valueNamed("id_vars");
        Value values = args.valueNamed("value_vars");
        String variable = args.named("var_name") == null
                ? "variable"
                : args.valueNamed("var_name").text();
        String value = args.named("value_name") == null
                ? "value"
                : args.valueNamed("value_name").text();
        List<String> kept = id.isNothing() ? List.of() : names(id);
        boolean byName = args.positionalCount() <= 1 && !args.open;
        if (kept == null || variable == null || value == null || !byName) {
            return Shape.UNKNOWN;
        }
        if (args.positionalCount() == 1 && id.isNothing() && frame(args.valueAt(0)) == null) {
            return Shape.UNKNOWN;
        }
        List<String> columns = new ArrayList<>(kept);
        columns.add(variable);
        columns.add(value);
        List<String> melted = values.isNothing() ? null : names(values);
        Long each = melted != null
                ? Long.valueOf(melted.size())
                : values.isNothing() && before.columns() != null
                        ? Long.valueOf(before.columns().size() - kept.size())
                        : null;
        Long rows = each == null || before.rows() == null ? null : Long.valueOf(each * before.rows());
        return new Shape(columns, rows, Shape.UNNAMED);
    }

    /** What a grouped frame's groups have: the columns of the frame, or those that were chosen. */
    static void ofGroups(HeapObject groups, @Nullable List<String> chosen, Value result) {
        for (HeapObject o : result.objects()) {
            if (o.isA("pandas.GroupBy")) {
                o.columns = chosen == null || chosen.isEmpty() ? groups.columns : chosen;
                o.index = groups.index;
            } else if (o.items != null && o.items.size() == 2) {
                HeapObject group = o.items.get(1).single();
                if (group != null && group.is(Trait.COLUMNS) && group.columns == null) {
                    group.columns = groups.columns;
                }
            } else if (o.is(Trait.COLUMNS) && o.columns == null) {
                o.columns = groups.columns;
            }
        }
    }
}
