package dev.trackit.python.effects;

import dev.trackit.api.ColumnLineage;
import dev.trackit.api.TransformationKind;
import dev.trackit.python.ast.Arg;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Node;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From which columns the columns of a call's result come, as far as constants in its arguments tell. */
final class Columns {
    private static final List<String> KEYS =
            List.of("by", "on", "left_on", "right_on", "subset", "keys", "columns", "index", "values");

    private final Machine m;

    Columns(Machine machine) {
        this.m = machine;
    }

    void of(Steps.Draft d, CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        if (d.kind == TransformationKind.JOIN || d.kind == TransformationKind.CONCATENATE) {
            together(d, k, self, args);
            return;
        }
        if (self != null && self.isA("pandas.GroupBy")) {
            aggregated(d, self, args);
            return;
        }
        HeapObject frame = self == null ? args.valueAt(0).single() : self;
        if (frame == null || !frame.is(Trait.COLUMNS)) {
            return;
        }
        if (k.name().equals("assign")) {
            assigned(d, frame, args);
            return;
        }
        if (d.kind == TransformationKind.RENAME) {
            renamed(d, k, frame, args);
            return;
        }
        ColumnLineage.Type type = indirect(d.kind);
        if (type != null) {
            d.columns.add(new Steps.ColumnDraft(
                    "*",
                    frame,
                    "*",
                    d.kind == TransformationKind.GROUP_AND_AGGREGATE
                            ? ColumnLineage.Type.AGGREGATION
                            : ColumnLineage.Type.IDENTITY));
            keys(d, k, frame, args, type);
        }
    }

    private void keys(Steps.Draft d, CallKnowledge k, HeapObject frame, CallArguments args, ColumnLineage.Type type) {
        for (String key : KEYS) {
            boolean grouped = type != ColumnLineage.Type.GROUP_BY || !key.equals("values");
            for (String column : grouped ? names(m.libraryCalls.valueOf(k, args, key)) : List.<String>of()) {
                d.columns.add(new Steps.ColumnDraft("*", frame, column, type));
            }
        }
    }

    private static ColumnLineage.@Nullable Type indirect(TransformationKind kind) {
        return switch (kind) {
            case JOIN -> ColumnLineage.Type.JOIN;
            case GROUP_AND_AGGREGATE -> ColumnLineage.Type.GROUP_BY;
            case SORT -> ColumnLineage.Type.SORT;
            case DROP_MISSING, DEDUPLICATE, SELECTION -> ColumnLineage.Type.FILTER;
            case WINDOW -> ColumnLineage.Type.WINDOW;
            default -> null;
        };
    }

    /** Of several frames: each column from the frame that has it; from any of them where the columns of one are not known. */
    private void together(Steps.Draft d, CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        Set<HeapObject> frames = new LinkedHashSet<>();
        add(frames, self == null ? Value.NOTHING : Value.of(self));
        args.list.forEach(a -> add(frames, a.value()));
        boolean known = frames.stream().allMatch(f -> f.columns != null);
        for (HeapObject frame : frames) {
            List<String> columns = known && frame.columns != null ? frame.columns : List.of("*");
            for (String c : columns) {
                d.columns.add(new Steps.ColumnDraft(c, frame, c, ColumnLineage.Type.IDENTITY));
            }
        }
        if (d.kind == TransformationKind.JOIN) {
            for (HeapObject frame : frames) {
                keysOf(d, k, args, frame, known, frame == frames.iterator().next() ? "right_on" : "left_on");
            }
        }
    }

    /** The keys by which a frame is joined, but for those that are the other's. */
    private void keysOf(
            Steps.Draft d, CallKnowledge k, CallArguments args, HeapObject frame, boolean known, String others) {
        for (String key : KEYS) {
            if (!key.equals(others)) {
                for (String column : names(m.libraryCalls.valueOf(k, args, key))) {
                    if (!known || frame.columns != null && frame.columns.contains(column)) {
                        d.columns.add(new Steps.ColumnDraft("*", frame, column, ColumnLineage.Type.JOIN));
                    }
                }
            }
        }
    }

    private static void add(Set<HeapObject> frames, Value v) {
        for (HeapObject o : v.objects()) {
            if (o.is(Trait.COLUMNS)) {
                frames.add(o);
            } else if (o.is(Trait.CONTAINER)) {
                for (HeapObject each : o.elements.objects()) {
                    if (each.is(Trait.COLUMNS)) {
                        frames.add(each);
                    }
                }
            }
        }
    }

    /** Of groups: the columns that were chosen, and those by which the frame was grouped. */
    private void aggregated(Steps.Draft d, HeapObject groups, CallArguments args) {
        HeapObject frame = groups.elements.single();
        for (int depth = 0; frame != null && frame.isA("pandas.GroupBy") && depth < 5; depth++) {
            frame = frame.elements.single();
        }
        if (frame == null || !frame.is(Trait.COLUMNS)) {
            return;
        }
        List<String> chosen =
                groups.columns == null || groups.columns.equals(frame.columns) ? List.of("*") : groups.columns;
        ColumnLineage.Type type = d.kind == TransformationKind.GROUP_AND_AGGREGATE
                ? ColumnLineage.Type.AGGREGATION
                : ColumnLineage.Type.TRANSFORMATION;
        boolean named = false;
        for (CallArguments.Argument a : args.list) {
            HeapObject given = a.value().single();
            String from = given == null || given.items == null || given.items.isEmpty()
                    ? null
                    : given.items.get(0).text();
            if (!a.name().isEmpty() && given != null && given.type == m.types.tuple && from != null) {
                d.columns.add(new Steps.ColumnDraft(a.name(), frame, from, type));
                named = true;
            } else if (a.name().isEmpty() && given != null && given.type == m.types.dict && given.parts != null) {
                for (String part : given.parts.keySet()) {
                    d.columns.add(new Steps.ColumnDraft(Heap.columnOf(part), frame, Heap.columnOf(part), type));
                    named = true;
                }
            }
        }
        for (String c : named ? List.<String>of() : chosen) {
            d.columns.add(new Steps.ColumnDraft(c, frame, c, type));
        }
        for (String key : groups.index == null ? List.<String>of() : groups.index) {
            d.columns.add(new Steps.ColumnDraft("*", frame, key, ColumnLineage.Type.GROUP_BY));
        }
    }

    /** {@code assign}: each new column from the columns that its expression names. */
    private static void assigned(Steps.Draft d, HeapObject frame, CallArguments args) {
        for (CallArguments.Argument a : args.list) {
            Expr source = a.source();
            if (source == null || a.name().isEmpty()) {
                continue;
            }
            Set<String> named = new LinkedHashSet<>();
            collect(source, source instanceof Expr.Lambda l ? parameter(l) : "", frame, named, 0);
            for (String from : named) {
                d.columns.add(new Steps.ColumnDraft(a.name(), frame, from, ColumnLineage.Type.TRANSFORMATION));
            }
        }
    }

    private static String parameter(Expr.Lambda lambda) {
        List<Arg> given = lambda.arguments().positional();
        return given.isEmpty() ? "" : given.get(0).name();
    }

    /** The columns that an expression names: {@code d['a']}, and {@code d.a} of the frame that a lambda is given, but for methods. */
    private static void collect(Node node, String own, HeapObject frame, Set<String> named, int depth) {
        if (node instanceof Expr.Subscript s
                && s.index() instanceof Expr.Constant c
                && c.value() instanceof String name) {
            named.add(name);
        } else if (node instanceof Expr.Attribute a && a.value() instanceof Expr.Name n) {
            boolean column = frame.columns == null
                    ? n.id().equals(own)
                            && frame.type.method(a.name()) == null
                            && frame.type.attribute(a.name()) == null
                    : frame.columns.contains(a.name());
            if (column) {
                named.add(a.name());
            }
        }
        if (depth < 40) {
            node.forEachChild(child -> collect(child, own, frame, named, depth + 1));
        }
    }

    private void renamed(Steps.Draft d, CallKnowledge k, HeapObject self, CallArguments args) {
        HeapObject mapping = m.libraryCalls.valueOf(k, args, "columns").single();
        if (mapping == null || mapping.parts == null) {
            return;
        }
        for (Map.Entry<String, Value> e : mapping.parts.entrySet()) {
            String to = e.getValue().text();
            if (to != null) {
                d.columns.add(new Steps.ColumnDraft(to, self, Heap.columnOf(e.getKey()), ColumnLineage.Type.IDENTITY));
            }
        }
    }

    /** The names that a text or a list of texts gives. */
    List<String> names(Value v) {
        String one = v.text();
        if (one != null) {
            return List.of(one);
        }
        List<String> several = m.subscripts.strings(v);
        return several == null ? new ArrayList<>() : several;
    }
}
