package dev.trackit.python.effects;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.CallKnowledge.View;
import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import dev.trackit.python.knowledge.Returned;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes what a call of a library returns. */
final class Results {
    private final Machine m;

    Results(Machine machine) {
        this.m = machine;
    }

    Value of(CallKnowledge k, @Nullable HeapObject self, CallArguments args, Expr.@Nullable Call e) {
        if (k.special().equals("split")) {
            return split(args);
        }
        if (k.special().equals("subplots")) {
            return subplots();
        }
        Value result = Value.NOTHING;
        for (Returned r : k.returns()) {
            result = result.join(of(r, k, self, args));
        }
        if (k.view() != View.NO) {
            share(k, self, args, result);
        }
        if (k.special().equals("makeFrame")) {
            HeapObject frame = result.single();
            if (frame != null) {
                m.shapes.made(args).put(frame);
            }
        }
        HeapObject single = result.single();
        HeapObject from = self == null || self.owner == null ? self : self.owner;
        if (from != null
                && from.isA("pandas.DataFrame")
                && single != null
                && single != from
                && single.isA("pandas.DataFrame")
                && single.columns == null) {
            m.shapes.after(k, Shapes.Shape.of(from), args).put(single);
        }
        shape(k, self, args, result);
        return result.isNothing() ? m.unknown() : result;
    }

    /** What constants and other objects tell of the result's rows and columns. */
    private void shape(CallKnowledge k, @Nullable HeapObject self, CallArguments args, Value result) {
        HeapObject single = result.single();
        boolean groups = single != null && single.isA("pandas.GroupBy") && args.named("axis") == null;
        if (self != null && self.isA("pandas.DataFrame") && single != null && groups) {
            single.columns = self.columns;
            single.index = m.columns.names(m.libraryCalls.valueOf(k, args, "by"));
        }
        if (self != null && self.isA("pandas.GroupBy") && !self.isA("pandas.Window")) {
            boolean item = k == self.type.item();
            List<String> chosen = item ? m.columns.names(args.valueAt(0)) : null;
            if (item || k == self.type.iterate() || k.name().equals("get_group")) {
                FrameFunctions.ofGroups(self, chosen, result);
            }
        }
        if (single == null) {
            return;
        }
        if (single.is(Trait.COLUMNS) && single != self && single.columns == null && single.rows == null) {
            if (self == null) {
                m.frameFunctions.made(k, args).put(single);
            } else if (k.name().equals("merge") && self.is(Trait.COLUMNS)) {
                m.frameFunctions.merged(Value.of(self), args.valueAt(0), args).put(single);
            }
        }
        m.lengths.note(k, self, args, single);
    }

    /** {@code train_test_split(a, b)} gives two parts of each. */
    private Value split(CallArguments args) {
        List<Value> parts = new ArrayList<>();
        for (CallArguments.Argument a : args.list) {
            if (a.name().isEmpty()) {
                Value rest = like(a.value());
                Value test = like(a.value());
                m.lengths.ofSplit(a.value(), rest, test, args);
                parts.add(rest);
                parts.add(test);
            }
        }
        HeapObject list = m.heap.container(m.types.list, parts);
        if (args.open) {
            list.items = null;
        }
        return Value.of(list);
    }

    private Value of(Returned r, CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        return switch (r.form()) {
            case NONE -> m.none();
            case UNKNOWN -> m.unknown();
            case SCALAR -> m.scalar();
            case SELF -> self == null ? m.unknown() : Value.of(self);
            case SAME -> same(k, self, args);
            case ELEMENT -> self == null ? m.unknown() : orUnknown(m.subscripts.heldBy(Value.of(self)));
            case ARGUMENT -> orUnknown(m.libraryCalls.valueOf(k, args, r.name()));
            case ELEMENT_OF -> orUnknown(m.subscripts.elementsOf(m.libraryCalls.valueOf(k, args, r.name())));
            case LIKE -> like(m.libraryCalls.valueOf(k, args, r.name()));
            case INSTANCE -> m.unknown();
            case CLASS -> ofClass(r, k, self, args);
        };
    }

    private Value orUnknown(Value v) {
        return v.isNothing() ? m.unknown() : v;
    }

    private Value same(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        if (self == null) {
            return m.unknown();
        }
        HeapObject target = self.owner == null ? self : self.owner;
        HeapObject made = m.heap.make(target.type);
        copyContent(target, made);
        if (target.is(Trait.COLUMNS)) {
            m.shapes.after(k, Shapes.Shape.of(target), args).put(made);
        }
        return Value.of(made);
    }

    private Value like(Value v) {
        Value result = Value.NOTHING;
        for (HeapObject o : v.objects()) {
            result = result.join(o.identity ? m.heap.makeValue(o.type) : Value.of(o.withoutConstant()));
        }
        return orUnknown(result);
    }

    /** A shallow copy of a container holds the same things. */
    void copyContent(HeapObject from, HeapObject to) {
        if (from.is(Trait.CONTAINER)) {
            if (from.items != null) {
                to.items = new ArrayList<>(from.items);
            }
            m.heap.addElement(to, from.elements, false);
            if (from.items != null) {
                to.items = new ArrayList<>(from.items);
            }
            if (from.parts != null) {
                from.parts.forEach((key, value) -> m.heap.setPart(to, key, value));
            }
            to.payload = from.payload instanceof Payload.Instance ? from.payload : to.payload;
        } else if (from.payload instanceof Payload.Instance) {
            to.payload = from.payload;
        }
    }

    private Value ofClass(Returned r, CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        ClassKnowledge type = m.knowledge.type(r.name());
        if (type == null) {
            return m.unknown();
        }
        if (type.isA("matplotlib.Figure")) {
            return Value.of(m.figures.current());
        }
        HeapObject made = m.heap.make(type);
        if (r.held().size() > 1 || r.held().size() == 1 && type == m.types.tuple) {
            List<Value> items = new ArrayList<>();
            for (List<Returned> place : r.held()) {
                Value v = Value.NOTHING;
                for (Returned one : place) {
                    v = v.join(of(one, k, self, args));
                }
                items.add(v);
            }
            return Value.of(m.heap.container(type, items));
        }
        for (List<Returned> place : r.held()) {
            for (Returned one : place) {
                m.heap.addElement(made, of(one, k, self, args), false);
            }
        }
        if (type.isA("matplotlib.Axes") || type.isA("matplotlib.AxesArray")) {
            m.figures.belongs(made);
        }
        return Value.of(made);
    }

    private void share(CallKnowledge k, @Nullable HeapObject self, CallArguments args, Value result) {
        boolean sure = k.view() != View.POSSIBLE;
        Value of = Value.NOTHING;
        if (k.viewOf().isEmpty()) {
            of = self == null ? Value.NOTHING : Value.of(self.owner == null ? self : self.owner);
        } else {
            for (String param : k.viewOf()) {
                of = of.join(m.libraryCalls.valueOf(k, args, param));
            }
        }
        for (HeapObject r : result.objects()) {
            for (HeapObject o : of.objects()) {
                if (r != o && r.identity && o.identity) {
                    r.addView(o, sure);
                    o.addView(r, sure);
                }
            }
        }
    }

    boolean isProxy(Returned r) {
        ClassKnowledge type = r.form() == Returned.Form.CLASS ? m.knowledge.type(r.name()) : null;
        return type != null && type.is(Trait.PROXY);
    }

    /** An object that stands for another, as {@code df.loc} does. Taking it uses nothing yet. */
    Value proxy(CallKnowledge k, HeapObject owner) {
        ClassKnowledge type = m.knowledge.type(k.returns().get(0).name());
        HeapObject made = m.heap.make(type == null ? m.types.unknown : type);
        made.owner = owner.owner == null ? owner : owner.owner;
        return Value.of(made);
    }

    private Value subplots() {
        HeapObject figure = m.figures.current();
        HeapObject axes = m.heap.make(m.types.axes);
        m.figures.belongs(axes);
        return Value.of(m.heap.container(m.types.tuple, List.of(Value.of(figure), Value.of(axes))));
    }
}
