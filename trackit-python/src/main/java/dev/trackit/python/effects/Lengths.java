package dev.trackit.python.effects;

import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many elements arrays, series and lists have along their first axis, as far as constants tell. */
final class Lengths {
    private static final Set<String> SIZED = Set.of(
            "zeros",
            "ones",
            "empty",
            "full",
            "rand",
            "randn",
            "random",
            "random_sample",
            "ranf",
            "sample",
            "standard_normal");

    /** Functions whose size is their third argument. */
    private static final Set<String> SIZED_LATER = Set.of(
            "normal", "uniform", "randint", "integers", "random_integers", "binomial", "beta", "gamma", "lognormal");

    private static final Set<String> DATES = Set.of("date_range", "bdate_range", "period_range", "timedelta_range");

    /** Functions and methods that give one value for each value. */
    private static final Set<String> KEEPING = Set.of(
            "array",
            "asarray",
            "copy",
            "values",
            "to_numpy",
            "map",
            "apply",
            "astype",
            "isin",
            "between",
            "fillna",
            "round",
            "abs",
            "log",
            "log2",
            "log10",
            "log1p",
            "exp",
            "sqrt",
            "cumsum",
            "shift",
            "diff",
            "isna",
            "isnull",
            "notna",
            "notnull",
            "clip",
            "rank",
            "replace",
            "permutation",
            "Series",
            "sort_values",
            "to_datetime",
            "to_numeric");

    private static final long OF_LINSPACE = 50;

    private final Machine m;

    Lengths(Machine machine) {
        this.m = machine;
    }

    /** The length of what is known to be one thing; null if it is not known, and for scalars and texts. */
    @Nullable
    Long of(Value v) {
        HeapObject o = v.single();
        if (o == null) {
            return null;
        }
        if (o.items != null && !o.isA("builtins.dict")) {
            return Long.valueOf(o.items.size());
        }
        if (o.rows != null || !isData(o)) {
            return isData(o) || o.isA("builtins.range") ? o.rows : null;
        }
        HeapObject whole = o.whole;
        return whole == null || !whole.is(Trait.COLUMNS) ? null : whole.rows;
    }

    /** The length of an index that is given as a list of labels, or as lists of the labels of each level. */
    @Nullable
    Long ofIndex(Value v) {
        HeapObject o = v.single();
        if (o != null && o.items != null && !o.items.isEmpty()) {
            HeapObject level = o.items.get(0).single();
            boolean levels = level == null || level.identity || level.items != null;
            return levels && o.type == m.types.list ? level == null ? null : of(Value.of(level)) : of(v);
        }
        return of(v);
    }

    private static boolean isData(HeapObject o) {
        return o.isA("numpy.ndarray") || o.isA("pandas.Series") || o.isA("pandas.Index") || o.is(Trait.COLUMNS);
    }

    /** Notes how long the result of a library's call is. */
    void note(CallKnowledge k, @Nullable HeapObject self, CallArguments args, HeapObject result) {
        boolean fresh = result != self && isData(result) && !result.is(Trait.COLUMNS) && result.whole == null;
        if (fresh && result.rows == null && (!result.identity || result.born == m.statement) && !args.open) {
            result.rows = after(k, self, args);
        }
    }

    private @Nullable Long after(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        String name = k.name();
        boolean method = self != null && isData(self);
        if (KEEPING.contains(name)) {
            Value of = method && self != null ? Value.of(self) : args.valueAt(0);
            boolean given = method || args.positionalCount() > 0 && args.named("index") == null;
            return given ? of(of) : args.named("index") == null ? null : of(args.valueNamed("index"));
        }
        if (method) {
            return name.equals("reshape") ? size(args.valueAt(0)) : null;
        }
        if (SIZED.contains(name)) {
            return size(named(args, name.equals("full") ? "shape" : "size", 0));
        }
        if (SIZED_LATER.contains(name)) {
            return size(named(args, "size", 2));
        }
        if (DATES.contains(name)) {
            boolean bounded = args.named("end") != null || args.positionalCount() > 1;
            return bounded ? null : size(args.valueNamed("periods"));
        }
        return switch (name) {
            case "choice" -> size(named(args, "size", 1));
            case "linspace" -> {
                Value num = named(args, "num", 2);
                yield num.isNothing() ? Long.valueOf(OF_LINSPACE) : size(num);
            }
            case "arange" -> arange(args);
            case "eye", "identity" -> size(args.valueAt(0));
            default -> null;
        };
    }

    private static Value named(CallArguments args, String name, int place) {
        Value v = args.valueNamed(name);
        return v.isNothing() ? args.valueAt(place) : v;
    }

    private static @Nullable Long arange(CallArguments args) {
        if (args.list.size() != args.positionalCount() || args.positionalCount() > 2) {
            return null;
        }
        Object from = args.positionalCount() > 1 ? args.valueAt(0).constant() : Long.valueOf(0);
        Object to = args.valueAt(args.positionalCount() - 1).constant();
        return from instanceof Long a && to instanceof Long b ? Long.valueOf(Math.max(0, b - a)) : null;
    }

    /** A size as NumPy takes it: a number, or the first of a tuple. */
    private static @Nullable Long size(Value v) {
        HeapObject o = v.single();
        if (o != null && o.items != null && !o.items.isEmpty()) {
            return size(o.items.get(0));
        }
        return v.constant() instanceof Long n && n >= 0 ? n : null;
    }

    /** Notes what {@code left + right} makes: as long as its operands where one is a scalar, or both are arrays. */
    void ofOperands(Value left, Value right, Value result) {
        HeapObject made = result.single();
        HeapObject a = left.single();
        HeapObject b = right.single();
        if (made == null || a == null || b == null || made == a || made == b || !isData(made)) {
            return;
        }
        HeapObject data = isData(a) ? a : b;
        HeapObject other = data == a ? b : a;
        boolean scalar = !other.identity && !isData(other) && !other.isA("builtins.tuple");
        if (made.is(Trait.COLUMNS)) {
            if (scalar && data.is(Trait.COLUMNS)) {
                Shapes.Shape.of(data).put(made);
            }
        } else if (scalar || other.isA("numpy.ndarray") && of(left) != null && Objects.equals(of(left), of(right))) {
            made.rows = of(Value.of(data));
        } else if (data.whole != null && data.whole == other.whole) {
            made.rows = of(left);
        }
    }

    /** How {@code train_test_split} divides rows: the test part is rounded up. */
    void ofSplit(Value whole, Value rest, Value test, CallArguments args) {
        HeapObject from = whole.single();
        HeapObject first = rest.single();
        HeapObject second = test.single();
        if (from == null || first == null || second == null || !isData(from) || first == from) {
            return;
        }
        Shapes.Shape shape = from.is(Trait.COLUMNS) ? Shapes.Shape.of(from) : Shapes.Shape.UNKNOWN;
        Long all = of(whole);
        Object size = args.named("test_size") == null
                ? Double.valueOf(0.25)
                : args.valueNamed("test_size").constant();
        boolean plain = args.named("train_size") == null && !args.open;
        Long tested = size instanceof Long n
                ? n
                : size instanceof Double d && all != null ? Long.valueOf((long) Math.ceil(d * all)) : null;
        boolean known = plain && all != null && tested != null && tested < all;
        shape.withRows(known && all != null && tested != null ? Long.valueOf(all - tested) : null)
                .put(first);
        shape.withRows(known ? tested : null).put(second);
    }

    /** The length of a slice with constant bounds of something with a length; null if not known. */
    static @Nullable Long ofSlice(List<Long> bounds, long length) {
        long from = bounds.get(0) < 0 ? Math.max(0, length + bounds.get(0)) : Math.min(length, bounds.get(0));
        long to = bounds.get(1) < 0 ? Math.max(0, length + bounds.get(1)) : Math.min(length, bounds.get(1));
        return Math.max(0, to - from);
    }
}
