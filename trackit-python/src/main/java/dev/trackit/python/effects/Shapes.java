package dev.trackit.python.effects;

import dev.trackit.api.TransformationKind;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many rows and which columns a frame has after a step, as far as that follows from what it had before. */
final class Shapes {
    /** Steps that keep rows and columns as they are. */
    private static final Set<String> KEEPING = Set.of(
            "copy",
            "round",
            "abs",
            "where",
            "mask",
            "replace",
            "clip",
            "shift",
            "diff",
            "pct_change",
            "cumsum",
            "cummax",
            "cummin",
            "cumprod",
            "rank",
            "applymap",
            "fillna",
            "ffill",
            "bfill",
            "pad",
            "backfill",
            "interpolate",
            "sort_values",
            "sort_index",
            "astype",
            "convert_dtypes",
            "infer_objects",
            "isna",
            "isnull",
            "notna",
            "notnull",
            "rename_axis");

    private static final long ROWS_OF_HEAD = 5;

    private final Machine m;

    Shapes(Machine machine) {
        this.m = machine;
    }

    /** Rows and columns; each null if not known. */
    record Shape(@Nullable List<String> columns, @Nullable Long rows) {
        static final Shape UNKNOWN = new Shape(null, null);

        static Shape of(HeapObject o) {
            return new Shape(o.columns, o.rows);
        }

        void put(HeapObject o) {
            o.columns = columns;
            o.rows = rows;
        }
    }

    /** The frame's shape after a method, whether it makes a new frame or changes the old one. */
    Shape after(CallKnowledge k, Shape before, CallArguments args) {
        String name = k.name();
        if (KEEPING.contains(name)) {
            return before;
        }
        return switch (name) {
            case "head", "tail" -> new Shape(before.columns, first(args, before.rows));
            case "sample" -> new Shape(before.columns, args.valueNamed("n").isNothing() ? null : number(args, "n"));
            case "nlargest", "nsmallest" -> new Shape(before.columns, null);
            case "query", "drop_duplicates", "truncate", "between_time" -> new Shape(before.columns, null);
            case "dropna" -> new Shape(dropsColumns(args) ? null : before.columns, null);
            case "rename" ->
                new Shape(renamed(before.columns, args.valueNamed("columns").single()), before.rows);
            case "drop" -> dropped(k, before, args);
            case "assign" -> assigned(before, args);
            case "reset_index" ->
                new Shape(Boolean.TRUE.equals(args.valueNamed("drop").constant()) ? before.columns : null, before.rows);
            case "set_index" ->
                new Shape(
                        Boolean.FALSE.equals(args.valueNamed("drop").constant())
                                ? before.columns
                                : without(before.columns, m.libraryCalls.valueOf(k, args, "keys")),
                        before.rows);
            default -> before(k, before);
        };
    }

    private static Shape before(CallKnowledge k, Shape before) {
        TransformationKind kind = k.kind();
        if (kind == TransformationKind.SORT || kind == TransformationKind.CAST || kind == TransformationKind.IMPUTE) {
            return before;
        }
        return kind == TransformationKind.SELECTION ? new Shape(before.columns, null) : Shape.UNKNOWN;
    }

    private static @Nullable Long number(CallArguments args, String name) {
        return args.valueNamed(name).constant() instanceof Long n ? n : null;
    }

    private static @Nullable Long first(CallArguments args, @Nullable Long rows) {
        Value given = args.list.isEmpty() ? Value.NOTHING : args.list.get(0).value();
        Long n = given.isNothing() ? Long.valueOf(ROWS_OF_HEAD) : given.constant() instanceof Long l ? l : null;
        return n == null || n < 0 || rows == null ? null : Math.min(n, rows);
    }

    private static boolean dropsColumns(CallArguments args) {
        Object axis = args.valueNamed("axis").constant();
        return !args.valueNamed("axis").isNothing() && !Long.valueOf(0).equals(axis) && !"index".equals(axis)
                || args.positionalCount() > 0;
    }

    private Shape dropped(CallKnowledge k, Shape before, CallArguments args) {
        Value columns = args.valueNamed("columns");
        if (columns.isNothing()) {
            Object axis = m.libraryCalls.valueOf(k, args, "axis").constant();
            if (axis == null) {
                return new Shape(before.columns, null);
            }
            if (!Long.valueOf(1).equals(axis) && !"columns".equals(axis)) {
                return new Shape(before.columns, null);
            }
            columns = m.libraryCalls.valueOf(k, args, "labels");
        }
        List<String> rest = without(before.columns, columns);
        return new Shape(rest, args.valueNamed("index").isNothing() ? before.rows : null);
    }

    private static Shape assigned(Shape before, CallArguments args) {
        List<String> columns = before.columns;
        if (columns != null && args.open) {
            columns = null;
        }
        if (columns != null) {
            columns = new ArrayList<>(columns);
            for (CallArguments.Argument a : args.list) {
                if (!columns.contains(a.name())) {
                    columns.add(a.name());
                }
            }
        }
        return new Shape(columns, before.rows);
    }

    private static @Nullable List<String> renamed(@Nullable List<String> columns, @Nullable HeapObject mapping) {
        if (columns == null || mapping == null || mapping.parts == null || !mapping.elements.isNothing()) {
            return null;
        }
        List<String> result = new ArrayList<>();
        for (String c : columns) {
            Value to = mapping.parts.get(Subscripts.stringPart(c));
            String name = to == null ? c : to.text();
            if (name == null) {
                return null;
            }
            result.add(name);
        }
        return result;
    }

    private @Nullable List<String> without(@Nullable List<String> columns, Value dropped) {
        String one = dropped.text();
        List<String> names = one != null ? List.of(one) : m.subscripts.strings(dropped);
        if (columns == null || names == null) {
            return null;
        }
        List<String> result = new ArrayList<>(columns);
        result.removeAll(names);
        return result;
    }

    /** A frame that is made from a dict of columns or a list of rows. */
    Shape made(CallArguments args) {
        HeapObject data = args.valueAt(0).single();
        CallArguments.Argument columns = args.named("columns");
        List<String> names = columns == null ? null : m.subscripts.strings(columns.value());
        if (data == null) {
            return new Shape(names, null);
        }
        if (data.is(Trait.COLUMNS)) {
            return new Shape(names == null ? data.columns : names, data.rows);
        }
        if (data.isA("builtins.dict")) {
            if (data.parts == null || !data.elements.isNothing() || data.type != m.types.dict) {
                return new Shape(names, null);
            }
            List<String> keys = new ArrayList<>();
            Long rows = null;
            for (var part : data.parts.entrySet()) {
                if (!part.getKey().startsWith("[\"")) {
                    return new Shape(names, null);
                }
                keys.add(Heap.columnOf(part.getKey()));
                HeapObject column = part.getValue().single();
                if (column != null && column.items != null && args.named("index") == null) {
                    rows = Long.valueOf(column.items.size());
                }
            }
            return new Shape(names == null ? keys : names, rows);
        }
        boolean list = data.type == m.types.list && data.items != null;
        return new Shape(names, list && data.items != null ? Long.valueOf(data.items.size()) : null);
    }

    /** Frames set one below the other. */
    Shape concatenated(CallArguments args) {
        List<Value> parts = m.subscripts.itemsOf(args.valueAt(0));
        Value axis = args.valueNamed("axis");
        boolean below = axis.isNothing() || Long.valueOf(0).equals(axis.constant());
        if (parts == null || parts.isEmpty() || !below || args.positionalCount() > 1) {
            return Shape.UNKNOWN;
        }
        List<String> columns = null;
        long rows = 0;
        boolean counted = true;
        for (Value part : parts) {
            HeapObject o = part.single();
            if (o == null || o.columns == null || columns != null && !columns.equals(o.columns)) {
                return Shape.UNKNOWN;
            }
            columns = o.columns;
            counted &= o.rows != null;
            rows += o.rows == null ? 0 : o.rows;
        }
        return new Shape(columns, counted ? Long.valueOf(rows) : null);
    }
}
