package dev.trackit.python.effects;

import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.List;

/** {@code object[index] = value}. */
final class SubscriptStores {
    private final Machine m;

    SubscriptStores(Machine machine) {
        this.m = machine;
    }

    void store(HeapObject o, Expr indexExpr, Value index, Value value, boolean oneOfSeveral) {
        Certainty outer = m.log.certainty;
        if (oneOfSeveral) {
            m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
        }
        HeapObject owner = o.owner;
        HeapObject target = owner == null ? o : owner;
        if (target.is(Trait.COLUMNS) || target.isA("pandas.Series") || target.isA("numpy.ndarray")) {
            m.heap.readDeep(value); // Such targets copy what they are given, with all that it holds by now.
        }
        if (owner != null) {
            throughProxy(owner, indexExpr, index);
        } else if (!o.hidden.isEmpty()) {
            m.heap.mutateContent(o, Certainty.SURE);
        } else if (o.payload instanceof Payload.Namespace n) {
            intoNamespace(n, index, value);
        } else if (o.is(Trait.COLUMNS)) {
            intoFrame(o, indexExpr, index);
        } else if (o.payload instanceof Payload.Instance
                && m.userCalls.dunder(Value.of(o), "__setitem__", CallArguments.of(index, value)) != null) {
            // The user's own method has said it all.
            m.budget.step();
        } else {
            intoContainer(o, index, value);
        }
        m.log.certainty = outer;
    }

    /** {@code globals()["name"] = value} binds the name. */
    private void intoNamespace(Payload.Namespace n, Value index, Value value) {
        String name = index.text();
        if (n.scope().kind == Scope.Kind.FUNCTION) {
            return;
        }
        if (name == null) {
            m.log.opaque = true;
            m.log.assume("Which names are bound through globals() or locals() is not known");
        } else {
            m.names.bind(n.scope(), name, value);
        }
    }

    private void intoFrame(HeapObject o, Expr indexExpr, Value index) {
        String name = index.text();
        if (name != null) {
            m.heap.writePart(o, Subscripts.stringPart(name), Value.NOTHING);
            m.steps.columnsWritten(o, List.of(name));
            return;
        }
        List<String> names = m.subscripts.strings(index);
        if (names != null) {
            for (String n : names) {
                m.heap.writePart(o, Subscripts.stringPart(n), Value.NOTHING);
            }
            m.steps.columnsWritten(o, names);
            return;
        }
        HeapObject key = index.single();
        boolean content = indexExpr instanceof Expr.Slice
                || key != null && (key.is(Trait.COLUMNS) || key.isA("pandas.Series") || key.isA("numpy.ndarray"));
        if (content) {
            m.heap.mutateContent(o, Certainty.SURE);
        } else {
            o.laidOut = true;
            m.heap.mutateWhole(o, Certainty.SURE);
        }
        m.steps.columnsWritten(o, List.of());
    }

    private void throughProxy(HeapObject owner, Expr indexExpr, Value index) {
        if (!owner.is(Trait.COLUMNS)) {
            m.heap.mutateContent(owner, Certainty.SURE);
            return;
        }
        HeapObject tuple = index.single();
        List<Value> items = tuple == null || tuple.type != m.types.tuple ? null : tuple.items;
        if (items != null && items.size() == 2) {
            Value columns = items.get(1);
            if (indexExpr instanceof Expr.TupleExpr t && t.elements().get(0) instanceof Expr.Constant) {
                owner.rows = null;
            }
            String one = columns.text();
            List<String> names = one != null ? List.of(one) : m.subscripts.strings(columns);
            if (names != null) {
                for (String name : names) {
                    m.heap.mutatePart(owner, Subscripts.stringPart(name));
                }
                m.steps.columnsWritten(owner, names);
                return;
            }
        } else if (!(indexExpr instanceof Expr.TupleExpr)) {
            // A new label adds a row.
            owner.laidOut = true;
            owner.rows = indexExpr instanceof Expr.Slice ? owner.rows : null;
        }
        m.heap.mutateContent(owner, Certainty.SURE);
        m.steps.columnsWritten(owner, List.of());
    }

    private void intoContainer(HeapObject o, Value index, Value value) {
        if (!o.identity) {
            return;
        }
        boolean array = o.isA("numpy.ndarray") || o.isA("pandas.Series");
        String key = Subscripts.partKey(index);
        List<Value> items = o.items;
        if (items != null && index.constant() instanceof Long at && m.log.certainty == Certainty.SURE) {
            int i = at < 0 ? items.size() + at.intValue() : at.intValue();
            if (i >= 0 && i < items.size()) {
                items.set(i, value);
                o.elements = o.elements.join(value);
                m.heap.link(o, value);
                m.heap.mutateContent(o, Certainty.SURE);
                return;
            }
        }
        if (key != null && !array && o.type != m.types.list) {
            m.heap.writePart(o, key, value);
            return;
        }
        o.items = null;
        if (!array) {
            m.heap.addElement(o, value, false);
        }
        m.heap.mutateContent(o, Certainty.SURE);
    }
}
