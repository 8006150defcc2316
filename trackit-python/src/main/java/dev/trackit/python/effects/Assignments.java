package dev.trackit.python.effects;

import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Operator;
import dev.trackit.python.ast.Stmt;
import java.util.List;

/** Binds targets: names, attributes, subscripts, and sequences of them. */
final class Assignments {
    private final Machine m;

    Assignments(Machine machine) {
        this.m = machine;
    }

    void assign(Expr target, Value value, Scope scope) {
        switch (target.kind()) {
            case NAME -> m.names.bind(scope, ((Expr.Name) target).id(), value);
            case ATTRIBUTE -> {
                Expr.Attribute a = (Expr.Attribute) target;
                Value base = m.expressions.eval(a.value(), scope);
                ofIndex(a, base, scope);
                Certainty outer = m.log.certainty;
                if (base.objects().length > 1) {
                    m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
                }
                for (HeapObject o : base.objects()) {
                    m.attributes.store(o, a.name(), value);
                }
                m.log.certainty = outer;
            }
            case SUBSCRIPT -> m.subscripts.store((Expr.Subscript) target, value, scope);
            case TUPLE_EXPR -> unpack(((Expr.TupleExpr) target).elements(), value, scope);
            case LIST_EXPR -> unpack(((Expr.ListExpr) target).elements(), value, scope);
            case STARRED -> assign(((Expr.Starred) target).value(), value, scope);
            default -> m.expressions.use(target, scope);
        }
    }

    /** {@code df.index.name = …} changes the frame. */
    private void ofIndex(Expr.Attribute target, Value base, Scope scope) {
        if (isIndex(base) && target.value() instanceof Expr.Attribute inner) {
            for (HeapObject owner : m.expressions.eval(inner.value(), scope).objects()) {
                Shapes.Shape before = Shapes.Shape.of(owner);
                m.heap.mutateWhole(owner, Certainty.SURE);
                before.put(owner);
            }
        }
    }

    static boolean isIndex(Value v) {
        for (HeapObject o : v.objects()) {
            if (o.isA("pandas.Index")) {
                return true;
            }
        }
        return false;
    }

    private void unpack(List<Expr> targets, Value value, Scope scope) {
        readShallow(value);
        List<Value> items = m.subscripts.itemsOf(value);
        int starred = starredPlace(targets);
        if (items != null && starred < 0 && items.size() == targets.size()) {
            for (int i = 0; i < targets.size(); i++) {
                assign(targets.get(i), items.get(i), scope);
            }
            return;
        }
        if (items != null && starred >= 0 && items.size() >= targets.size() - 1) {
            unpackStarred(targets, items, starred, scope);
            return;
        }
        Value element = m.subscripts.elementsOf(value);
        for (Expr target : targets) {
            Value part = element.isNothing() ? m.unknown() : element;
            if (target instanceof Expr.Starred s) {
                HeapObject rest = m.heap.make(m.types.list);
                m.heap.addElement(rest, part, false);
                assign(s.value(), Value.of(rest), scope);
            } else {
                assign(target, part, scope);
            }
        }
    }

    private void readShallow(Value value) {
        for (HeapObject o : value.objects()) {
            m.heap.readShallow(o);
        }
    }

    private void unpackStarred(List<Expr> targets, List<Value> items, int starred, Scope scope) {
        int after = targets.size() - 1 - starred;
        for (int i = 0; i < starred; i++) {
            assign(targets.get(i), items.get(i), scope);
        }
        List<Value> middle = items.subList(starred, items.size() - after);
        assign(((Expr.Starred) targets.get(starred)).value(), Value.of(m.heap.container(m.types.list, middle)), scope);
        for (int i = 0; i < after; i++) {
            assign(targets.get(starred + 1 + i), items.get(items.size() - after + i), scope);
        }
    }

    private static int starredPlace(List<Expr> targets) {
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i) instanceof Expr.Starred) {
                return i;
            }
        }
        return -1;
    }

    void augmented(Stmt.AugAssign s, Scope scope) {
        Expr target = s.target();
        Value old;
        if (target instanceof Expr.Name n) {
            old = m.expressions.name(n.id(), scope);
        } else {
            old = m.expressions.eval(target, scope);
        }
        Value operand = m.expressions.use(s.value(), scope);
        m.heap.readDeep(old);
        Value result = Value.NOTHING;
        Value plain = null;
        for (HeapObject o : old.objects()) {
            Value own = o.payload instanceof Payload.Instance
                    ? m.userCalls.dunder(Value.of(o), "__i" + methodOf(s.op()), CallArguments.of(operand))
                    : null;
            if (own != null) {
                result = result.join(own);
            } else if (changesInPlace(o)) {
                inPlace(o, operand);
                result = result.join(Value.of(o));
            } else {
                plain = plain == null ? m.constants.binary(old, s.op(), operand) : plain;
                result = result.join(plain);
            }
        }
        assign(target, result.isNothing() ? m.unknown() : result, scope);
    }

    private static String methodOf(Operator op) {
        return switch (op) {
            case ADD -> "add__";
            case SUB -> "sub__";
            case MULT -> "mul__";
            case BIT_OR -> "or__";
            case BIT_AND -> "and__";
            default -> "truediv__";
        };
    }

    private boolean changesInPlace(HeapObject o) {
        return o.identity
                && !(o.payload instanceof Payload.Instance)
                && o.type != m.types.tuple
                && !o.is(dev.trackit.python.knowledge.ClassKnowledge.Trait.IMMUTABLE);
    }

    private void inPlace(HeapObject o, Value operand) {
        Certainty certainty =
                o.type == m.types.unknown || o.type == m.types.instance ? Certainty.POSSIBLE : Certainty.SURE;
        if (o.type == m.types.list) {
            m.heap.addElement(o, m.subscripts.elementsOf(operand), false);
        }
        o.items = null;
        m.heap.mutateContent(o, certainty);
    }

    void delete(Expr target, Scope scope) {
        switch (target.kind()) {
            case NAME -> m.names.unbind(scope, ((Expr.Name) target).id());
            case ATTRIBUTE -> {
                Expr.Attribute a = (Expr.Attribute) target;
                for (HeapObject o : m.expressions.eval(a.value(), scope).objects()) {
                    m.attributes.delete(o, a.name());
                }
            }
            case SUBSCRIPT -> m.subscripts.delete((Expr.Subscript) target, scope);
            case TUPLE_EXPR -> ((Expr.TupleExpr) target).elements().forEach(e -> delete(e, scope));
            case LIST_EXPR -> ((Expr.ListExpr) target).elements().forEach(e -> delete(e, scope));
            default -> m.expressions.use(target, scope);
        }
    }
}
