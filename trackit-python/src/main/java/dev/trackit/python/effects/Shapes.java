package dev.trackit.python.effects;

import dev.trackit.api.TransformationKind;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.UnaryOperator;
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
            "notnull");

    private static final long ROWS_OF_HEAD = 5;

    private final Machine m;

    Shapes(Machine machine) {
        this.m = machine;
    }

    /** Columns, the number of rows, and the names of the index; each null if not known. */
    record Shape(
            @Nullable List<String> columns,
            @Nullable Long rows,
            @Nullable List<String> index) {
        static final Shape UNKNOWN = new Shape(null, null, null);

        /** The index of a frame that nobody gave one: numbers, without a name. */
        static final List<String> UNNAMED = List.of("");

        static Shape of(HeapObject o) {
            return new Shape(o.columns, o.rows, o.index);
        }

        void put(HeapObject o) {
            o.columns = columns;
            o.rows = rows;
            o.index = index;
        }

        Shape withRows(@Nullable Long count) {
            return new Shape(columns, count, index);
        }

        Shape withColumns(@Nullable List<String> names) {
            return new Shape(names, rows, index);
        }
    }

    /** The frame's shape after a method, whether it makes a new frame or changes the old one. */
    Shape after(CallKnowledge k, Shape before, CallArguments args) {
        String name = k.name();
        if (KEEPING.contains(name)) {
            return before;
        }
        return switch (name) {
            case "head", "tail" -> before.withRows(first(args, before.rows));
            case "sample" -> before.withRows(args.valueNamed("n").isNothing() ? null : number(args, "n"));
            case "nlargest", "nsmallest" -> before.withRows(null);
            case "query", "drop_duplicates", "truncate", "between_time" -> before.withRows(null);
            case "dropna" -> new Shape(dropsColumns(args) ? null : before.columns, null, before.index);
            case "rename" ->
                before.withColumns(
                        renamed(before.columns, args.valueNamed("columns").single()));
            case "drop" -> dropped(k, before, args);
            case "assign" -> assigned(before, args);
            case "combine_first", "combine" -> Shape.UNKNOWN;
            case "join" -> m.frameFunctions.joined(before, args);
            case "melt" -> m.frameFunctions.melted(before, args);
            case "reset_index" -> numbered(before, args);
            case "set_index" -> indexed(before, m.libraryCalls.valueOf(k, args, "keys"), args);
            case "rename_axis" -> new Shape(before.columns, before.rows, null);
            case "add_prefix", "add_suffix" -> before.withColumns(affixed(before.columns, name, args));
            default -> before(k, before);
        };
    }

    private static Shape before(CallKnowledge k, Shape before) {
        TransformationKind kind = k.kind();
        if (kind == TransformationKind.SORT || kind == TransformationKind.CAST || kind == TransformationKind.IMPUTE) {
            return before;
        }
        return kind == TransformationKind.SELECTION ? before.withRows(null) : Shape.UNKNOWN;
    }

    /** The rows of {@code df[from:to]}. */
    @Nullable
    Long rowsOfSlice(Expr.Slice slice, HeapObject frame) {
        Long from = slice.lower() == null ? Long.valueOf(0) : bound(slice.lower());
        Long to = slice.upper() == null ? frame.rows : bound(slice.upper());
        boolean known = frame.rows != null && slice.step() == null && from != null && to != null;
        return known && frame.rows != null ? Lengths.ofSlice(List.of(from, to), frame.rows) : null;
    }

    private static @Nullable Long bound(Expr e) {
        Object constant = e instanceof Expr.Constant c
                ? c.value()
                : e instanceof Expr.UnaryOp u && u.op() == UnaryOperator.U_SUB && u.operand() instanceof Expr.Constant c
                        ? c.value()
                        : null;
        return constant instanceof Long n ? Long.valueOf(e instanceof Expr.UnaryOp ? -n : n) : null;
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
                return before.withRows(null);
            }
            if (!Long.valueOf(1).equals(axis) && !"columns".equals(axis)) {
                return before.withRows(null);
            }
            columns = m.libraryCalls.valueOf(k, args, "labels");
        }
        List<String> rest = without(before.columns, columns);
        return new Shape(rest, args.valueNamed("index").isNothing() ? before.rows : null, before.index);
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
        return before.withColumns(columns);
    }

    /** {@code reset_index}: what was the index becomes the first columns, or goes. */
    private static Shape numbered(Shape before, CallArguments args) {
        Object drop = args.valueNamed("drop").constant();
        boolean whole = args.positionalCount() == 0 && args.valueNamed("level").isNothing() && !args.open;
        if (!whole) {
            return new Shape(null, before.rows, null);
        }
        if (Boolean.TRUE.equals(drop)) {
            return new Shape(before.columns, before.rows, Shape.UNNAMED);
        }
        boolean plain = args.list.isEmpty() || args.list.size() == 1 && args.named("inplace") != null;
        List<String> columns = null;
        if (plain && before.columns != null && before.index != null) {
            columns = new ArrayList<>();
            for (String name : before.index) {
                columns.add(name.isEmpty() ? "index" : name);
            }
            columns = columns.stream().anyMatch(before.columns::contains) ? null : columns;
            if (columns != null) {
                columns.addAll(before.columns);
            }
        }
        return new Shape(columns, before.rows, Shape.UNNAMED);
    }

    /** {@code set_index}: columns become the index. */
    private Shape indexed(Shape before, Value keys, CallArguments args) {
        String one = keys.text();
        List<String> names = one != null ? List.of(one) : m.subscripts.strings(keys);
        boolean added = !args.valueNamed("append").isNothing();
        List<String> columns = Boolean.FALSE.equals(args.valueNamed("drop").constant())
                ? before.columns
                : without(before.columns, keys);
        return new Shape(columns, before.rows, added ? null : names);
    }

    private static @Nullable List<String> affixed(@Nullable List<String> columns, String call, CallArguments args) {
        String affix = args.list.size() == 1 ? args.list.get(0).value().text() : null;
        if (columns == null || affix == null) {
            return null;
        }
        boolean before = call.equals("add_prefix");
        return columns.stream().map(c -> before ? affix + c : c + affix).toList();
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
        CallArguments.Argument index = args.named("index");
        Long rows = index == null ? null : m.lengths.ofIndex(index.value());
        List<String> unnamed = index == null ? Shape.UNNAMED : null;
        boolean empty = columns == null || names != null;
        if (args.list.isEmpty() || args.positionalCount() == 0 && args.named("data") == null && empty) {
            return new Shape(names == null ? List.of() : names, index == null ? Long.valueOf(0) : rows, unnamed);
        }
        if (data == null) {
            return new Shape(names, rows, null);
        }
        if (data.is(Trait.COLUMNS)) {
            return new Shape(
                    names == null && columns == null ? data.columns : names,
                    index == null ? data.rows : rows,
                    index == null ? data.index : null);
        }
        if (data.isA("builtins.dict")) {
            return ofDict(data, names, columns != null, rows, unnamed);
        }
        boolean labelled = data.isA("pandas.Series") && index != null;
        Long length = rows == null && !labelled ? m.lengths.of(Value.of(data)) : rows;
        return new Shape(names, length, data.isA("pandas.Series") ? null : unnamed);
    }

    private Shape ofDict(
            HeapObject data,
            @Nullable List<String> names,
            boolean chosen,
            @Nullable Long given,
            @Nullable List<String> unnamed) {
        if (data.parts == null || !data.elements.isNothing() || data.type != m.types.dict) {
            return new Shape(names, given, null);
        }
        List<String> keys = new ArrayList<>();
        Long rows = given;
        boolean series = false;
        for (var part : data.parts.entrySet()) {
            if (!part.getKey().startsWith("[\"")) {
                return new Shape(names, given, null);
            }
            keys.add(Heap.columnOf(part.getKey()));
            HeapObject column = part.getValue().single();
            series |= column == null || column.isA("pandas.Series") || column.isA("builtins.dict");
            if (rows == null && column != null && !column.isA("pandas.Series")) {
                rows = m.lengths.of(Value.of(column));
            }
        }
        return new Shape(names == null && !chosen ? keys : names, rows, series ? null : unnamed);
    }
}
