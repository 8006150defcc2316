package dev.trackit.python.effects;

import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code object[index]}, read, written and deleted, and what iterating gives. */
final class Subscripts {
    private final Machine m;

    Subscripts(Machine machine) {
        this.m = machine;
    }

    /** The part that a constant key names; null if the key is not constant. */
    static @Nullable String partKey(Value key) {
        Object c = key.constant();
        if (c instanceof String s) {
            return stringPart(s);
        }
        return c instanceof Long || c instanceof Boolean ? "[" + c + "]" : null;
    }

    static String stringPart(String key) {
        return "[\"" + key + "\"]";
    }

    // ---- reading

    Value load(Expr.Subscript e, Scope scope) {
        Value base = m.expressions.eval(e.value(), scope);
        Value index = m.expressions.use(e.index(), scope);
        Value result = Value.NOTHING;
        for (HeapObject o : base.objects()) {
            result = result.join(item(o, e.index(), index));
        }
        return result.isNothing() ? m.unknown() : result;
    }

    private Value item(HeapObject o, Expr indexExpr, Value index) {
        HeapObject owner = o.owner;
        if (!o.hidden.isEmpty()) {
            m.heap.readShallow(o);
            return Value.of(o);
        }
        if (owner != null) {
            return throughProxy(owner, indexExpr, index);
        }
        if (o.is(Trait.COLUMNS)) {
            return ofFrame(o, indexExpr, index);
        }
        if (o.payload instanceof Payload.Namespace n) {
            String name = index.text();
            if (name != null) {
                return m.expressions.name(name, n.scope());
            }
            m.log.assume("Which names are read through globals() or locals() is not known");
            return m.unknown();
        }
        if (o.payload instanceof Payload.Instance) {
            Value own = m.userCalls.dunder(Value.of(o), "__getitem__", CallArguments.of(index));
            if (own != null) {
                return own;
            }
        }
        if (o.payload instanceof Payload.LibraryClass || o.payload instanceof Payload.LibraryName) {
            return Value.of(o);
        }
        CallKnowledge known = o.type.item();
        if (known != null && known.special().isEmpty()) {
            return m.libraryCalls.apply(known, o, CallArguments.of(index), null);
        }
        if (o.isA("pandas.Series") || o.isA("numpy.ndarray")) {
            return ofArray(o, indexExpr, index);
        }
        if (indexExpr instanceof Expr.Slice && (o.type == m.types.list || o.type == m.types.tuple)) {
            return sliceOfList(o, (Expr.Slice) indexExpr);
        }
        return ofContainer(o, index);
    }

    private Value ofContainer(HeapObject o, Value index) {
        if (!o.identity) {
            return o.type == m.types.string ? m.string() : m.scalar();
        }
        List<Value> items = o.items;
        if (items != null && index.constant() instanceof Long at) {
            m.heap.readShallow(o);
            long i = at < 0 ? items.size() + at : at;
            return i >= 0 && i < items.size() ? items.get((int) i) : m.unknown();
        }
        String key = partKey(index);
        if (key != null && !(o.type == m.types.list || o.type == m.types.tuple)) {
            m.heap.readPart(o, key);
            Value part = o.part(key);
            if (part != null && !part.isNothing()) {
                return part;
            }
            Value missing = m.userCalls.dunder(Value.of(o), "__missing__", CallArguments.of(index));
            if (missing != null) {
                return missing;
            }
            if (o.elements.isNothing()) {
                return m.attributes.child(o, key);
            }
            return o.elements;
        }
        m.heap.readShallow(o);
        readAllParts(o);
        Value all = o.isA("builtins.dict") ? o.elements : elementsOf(o);
        if (o.is(Trait.CONTAINER) && o.parts != null) {
            for (Value part : o.parts.values()) {
                all = all.join(part);
            }
        }
        return all.isNothing() ? m.attributes.child(o, "[…]") : all;
    }

    private void readAllParts(HeapObject o) {
        if (o.parts != null) {
            for (String key : List.copyOf(o.parts.keySet())) {
                m.heap.readPart(o, key);
            }
        }
    }

    private Value sliceOfList(HeapObject o, Expr.Slice slice) {
        m.heap.readShallow(o);
        List<Value> items = o.items;
        if (items != null && slice.step() == null) {
            Integer from = bound(slice.lower(), 0, items.size());
            Integer to = bound(slice.upper(), items.size(), items.size());
            if (from != null && to != null) {
                return Value.of(m.heap.container(o.type, from <= to ? items.subList(from, to) : List.of()));
            }
        }
        HeapObject result = m.heap.make(o.type);
        m.heap.addElement(result, o.elements, false);
        return Value.of(result);
    }

    private static @Nullable Integer bound(@Nullable Expr e, int ifMissing, int size) {
        if (e == null) {
            return ifMissing;
        }
        boolean negative = e instanceof Expr.UnaryOp u && u.op() == dev.trackit.python.ast.UnaryOperator.U_SUB;
        Expr number = negative ? ((Expr.UnaryOp) e).operand() : e;
        if (number instanceof Expr.Constant c && c.value() instanceof Long l && l < 100_000) {
            int value = negative ? size - l.intValue() : l.intValue();
            return Math.max(0, Math.min(size, value));
        }
        return null;
    }

    private Value ofFrame(HeapObject o, Expr indexExpr, Value index) {
        String text = index.text();
        if (text != null) {
            return column(o, text);
        }
        List<String> names = strings(index);
        if (names != null) {
            HeapObject result = m.heap.make(o.type);
            new Shapes.Shape(names, o.rows, o.index).put(result);
            for (String name : names) {
                m.heap.readPart(o, stringPart(name));
                m.steps.columnRead(o, name);
            }
            m.steps.projection(o, result, names);
            return Value.of(result);
        }
        m.heap.readDeep(Value.of(o));
        HeapObject result = m.heap.make(o.type);
        HeapObject key = index.single();
        if (indexExpr instanceof Expr.Slice slice) {
            new Shapes.Shape(o.columns, m.shapes.rowsOfSlice(slice, o), o.index).put(result);
            view(result, o, false);
            m.steps.rows(o, result, indexExpr, "*");
        } else if (key != null && (key.isA("pandas.Series") || key.is(Trait.COLUMNS) || key.isA("numpy.ndarray"))) {
            Shapes.Shape.of(o).withRows(null).put(result);
            m.steps.selection(o, result, indexExpr);
        } else if (key != null && !key.identity && key.type != m.types.scalar) {
            return Value.of(m.heap.make(m.types.series));
        }
        return Value.of(result);
    }

    /** A column of a frame, as a series that shares the frame's content. */
    Value column(HeapObject o, String name) {
        String key = stringPart(name);
        m.heap.readPart(o, key);
        m.steps.columnRead(o, name);
        Value old = o.part(key);
        if (old != null && !old.isNothing()) {
            return old;
        }
        HeapObject child = m.heap.make(o.isA("pandas.DataFrame") ? m.types.series : m.types.array);
        child.whole = o;
        child.found = true;
        child.bornIn = o.bornIn;
        child.wholePart = key;
        m.heap.setPart(o, key, Value.of(child));
        return Value.of(child);
    }

    private Value ofArray(HeapObject o, Expr indexExpr, Value index) {
        m.heap.readDeep(Value.of(o));
        HeapObject key = index.single();
        boolean copy =
                key != null && (key.isA("pandas.Series") || key.isA("numpy.ndarray") || key.type == m.types.list);
        if (!o.isA("numpy.ndarray")) {
            if (!(indexExpr instanceof Expr.Slice) && !copy && key != null && !key.identity) {
                return o.elements.isNothing() ? m.scalar() : o.elements;
            }
        } else if (indexExpr instanceof Expr.TupleExpr t && allIntegers(t.elements())) {
            return m.scalar();
        }
        HeapObject result = m.heap.make(o.type);
        if (!copy && !holdsMask(index)) {
            view(result, o, indexExpr instanceof Expr.Slice || o.isA("numpy.ndarray"));
        }
        return Value.of(result);
    }

    private static boolean allIntegers(List<Expr> indices) {
        for (Expr e : indices) {
            if (!(e instanceof Expr.Constant)) {
                return false;
            }
        }
        return true;
    }

    private boolean holdsMask(Value index) {
        HeapObject t = index.single();
        if (t == null || t.type != m.types.tuple) {
            return false;
        }
        for (HeapObject o : t.elements.objects()) {
            if (o.isA("numpy.ndarray") || o.isA("pandas.Series") || o.type == m.types.list) {
                return true;
            }
        }
        return false;
    }

    private void view(HeapObject a, HeapObject b, boolean sure) {
        m.heap.pruneViews(b);
        a.addView(b, sure);
        b.addView(a, sure);
    }

    /** {@code df.loc[rows, columns]} and its like. */
    private Value throughProxy(HeapObject owner, Expr indexExpr, Value index) {
        if (!owner.is(Trait.COLUMNS)) {
            return ofArray(owner, indexExpr, index);
        }
        Expr rows = indexExpr;
        Value columns = Value.NOTHING;
        HeapObject tuple = index.single();
        if (indexExpr instanceof Expr.TupleExpr t && t.elements().size() == 2 && tuple != null && tuple.items != null) {
            rows = t.elements().get(0);
            columns = tuple.items.get(1);
        }
        boolean allRows = isAll(rows);
        String one = columns.text();
        if (one != null) {
            Value column = column(owner, one);
            if (allRows) {
                return column;
            }
            if (rows instanceof Expr.Constant) {
                return m.scalar();
            }
            Value chosen = viewOrCopy(column, m.types.series, rows);
            HeapObject series = chosen.single();
            if (series != null) {
                m.steps.rows(owner, series, rows, one);
            }
            return chosen;
        }
        List<String> names = strings(columns);
        if (names != null) {
            HeapObject result = m.heap.make(owner.type);
            new Shapes.Shape(names, allRows ? owner.rows : null, owner.index).put(result);
            for (String name : names) {
                m.heap.readPart(owner, stringPart(name));
                m.steps.columnRead(owner, name);
            }
            m.heap.readShallow(owner);
            m.steps.projection(owner, result, names);
            m.steps.rows(owner, result, rows, "*");
            return Value.of(result);
        }
        m.heap.readDeep(Value.of(owner));
        if (rows instanceof Expr.Constant && columns.isNothing()) {
            // A row is a view where all columns are of one type.
            HeapObject row = m.heap.make(m.types.series);
            view(row, owner, false);
            return Value.of(row);
        }
        if (rows instanceof Expr.Constant && !columns.isNothing() && columns.constant() != null) {
            return m.scalar();
        }
        HeapObject result = m.heap.make(columns.constant() instanceof Long ? m.types.series : owner.type);
        if (rows instanceof Expr.Slice) {
            view(result, owner, false);
            m.steps.rows(owner, result, rows, "*");
        } else {
            m.steps.selection(owner, result, rows);
        }
        if (!columns.isNothing()
                && indexExpr instanceof Expr.TupleExpr t
                && !isAll(t.elements().get(1))) {
            m.steps.columns(owner, result, t.elements().get(1));
        }
        boolean allColumns = columns.isNothing()
                || indexExpr instanceof Expr.TupleExpr t
                        && t.elements().size() == 2
                        && isAll(t.elements().get(1));
        if (allColumns) {
            Shapes.Shape.of(owner).withRows(allRows ? owner.rows : null).put(result);
        }
        return Value.of(result);
    }

    static boolean isAll(Expr index) {
        return index instanceof Expr.Slice s && s.lower() == null && s.upper() == null;
    }

    private Value viewOrCopy(Value of, dev.trackit.python.knowledge.ClassKnowledge type, Expr rows) {
        HeapObject result = m.heap.make(type);
        if (rows instanceof Expr.Slice) {
            for (HeapObject o : of.objects()) {
                view(result, o, false);
            }
        }
        return Value.of(result);
    }

    /** The strings of a list of constant strings; null if it is none. */
    @Nullable
    List<String> strings(Value v) {
        HeapObject o = v.single();
        if (o == null || o.items == null || o.type == m.types.tuple) {
            return null;
        }
        List<String> found = new ArrayList<>();
        for (Value item : o.items) {
            String s = item.text();
            if (s == null) {
                return null;
            }
            found.add(s);
        }
        return found;
    }

    // ---- iterating

    /** What iterating over a value gives, whatever the place. */
    Value elementsOf(Value v) {
        Value all = Value.NOTHING;
        for (HeapObject o : v.objects()) {
            all = all.join(elementsOf(o));
        }
        return all;
    }

    private Value elementsOf(HeapObject o) {
        m.calls.force(o);
        if (!o.elements.isNothing() && o.type != m.types.dict && !o.isA("pandas.GroupBy")) {
            consumed(o);
            return o.elements;
        }
        if (o.payload instanceof Payload.Instance) {
            Value own = m.userCalls.iterate(o);
            if (own != null) {
                return own;
            }
        }
        if (o.is(Trait.COLUMNS) || o.type == m.types.string) {
            return m.string();
        }
        if (o.isA("builtins.dict")) {
            return m.scalar();
        }
        CallKnowledge known = o.type.iterate();
        consumed(o);
        if (known != null) {
            return m.libraryCalls.apply(known, o, CallArguments.NONE, null);
        }
        if (!o.identity) {
            return m.scalar();
        }
        if (o.is(Trait.CONTAINER)) {
            return Value.NOTHING;
        }
        HeapObject element = m.heap.make(m.types.unknown);
        element.found = true;
        element.bornIn = o.bornIn;
        m.heap.addElement(o, Value.of(element), false);
        if (o.isA("numpy.ndarray")) {
            view(element, o, false); // A row, which others may have taken too.
        }
        return Value.of(element);
    }

    private void consumed(HeapObject o) {
        if (o.is(Trait.CONSUMED)) {
            m.heap.mutateContent(o, Certainty.SURE);
        }
    }

    /** What iterating gives, place by place, if that is known. */
    @Nullable
    List<Value> itemsOf(Value v) {
        HeapObject o = v.single();
        if (o == null) {
            return null;
        }
        if (o.items != null) {
            return o.items;
        }
        if (o.is(Trait.COLUMNS) && o.columns != null) {
            List<Value> names = new ArrayList<>();
            for (String c : o.columns) {
                names.add(m.ofConstant(c));
            }
            return names;
        }
        if (o.isA("builtins.dict") && o.elements.isNothing() && o.parts != null) {
            List<Value> keys = new ArrayList<>();
            for (String key : o.parts.keySet()) {
                String s = Heap.columnOf(key);
                if (s.equals(key)) {
                    return null;
                }
                keys.add(m.ofConstant(s));
            }
            return keys;
        }
        return null;
    }

    /** Everything that a container holds: elements, and values of parts. */
    Value heldBy(Value v) {
        Value all = Value.NOTHING;
        for (HeapObject o : v.objects()) {
            all = all.join(o.elements);
            if (o.parts != null) {
                for (Value part : o.parts.values()) {
                    all = all.join(part);
                }
            }
        }
        return all;
    }

    /** {@code target.update(source)}: the items of one dict become the other's. */
    void mergeInto(HeapObject target, Value source) {
        for (HeapObject o : source.objects()) {
            if (o.parts != null && o.isA("builtins.dict")) {
                for (Map.Entry<String, Value> e : o.parts.entrySet()) {
                    Value old = target.part(e.getKey());
                    m.heap.setPart(target, e.getKey(), old == null ? e.getValue() : old.join(e.getValue()));
                }
            }
            if (!o.elements.isNothing()) {
                m.heap.addElement(target, o.elements, false);
            }
        }
    }

    // ---- writing

    void store(Expr.Subscript target, Value value, Scope scope) {
        Value base = m.expressions.eval(target.value(), scope);
        Value index = m.expressions.use(target.index(), scope);
        for (HeapObject o : base.objects()) {
            m.subscriptStores.store(o, target.index(), index, value, base.objects().length > 1);
        }
    }

    void delete(Expr.Subscript target, Scope scope) {
        Value base = m.expressions.eval(target.value(), scope);
        Value index = m.expressions.use(target.index(), scope);
        for (HeapObject o : base.objects()) {
            String key = partKey(index);
            if (key != null && o.owner == null && !(o.type == m.types.list || o.isA("numpy.ndarray"))) {
                m.heap.deletePart(o, key);
            } else {
                o.items = null;
                m.heap.mutateContent(o, Certainty.SURE);
            }
        }
    }
}
