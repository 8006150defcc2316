package dev.trackit.python.effects;

import dev.trackit.python.ast.Comprehension;
import dev.trackit.python.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates comprehensions and generator expressions, in a scope of their own. */
final class Comprehensions {
    private static final int MOST_EXACT = 48;

    private final Machine m;

    Comprehensions(Machine machine) {
        this.m = machine;
    }

    Value eval(Expr e, Scope scope) {
        return switch (e.kind()) {
            case LIST_COMP ->
                run(((Expr.ListComp) e).generators(), ((Expr.ListComp) e).element(), null, scope, m.types.list);
            case SET_COMP ->
                run(((Expr.SetComp) e).generators(), ((Expr.SetComp) e).element(), null, scope, m.types.set);
            case GENERATOR_EXP ->
                run(
                        ((Expr.GeneratorExp) e).generators(),
                        ((Expr.GeneratorExp) e).element(),
                        null,
                        scope,
                        m.types.iterator);
            case DICT_COMP -> {
                Expr.DictComp d = (Expr.DictComp) e;
                yield run(d.generators(), d.value(), d.key(), scope, m.types.dict);
            }
            default -> m.unknown();
        };
    }

    private Value run(
            List<Comprehension> generators,
            Expr element,
            @Nullable Expr key,
            Scope scope,
            dev.trackit.python.knowledge.ClassKnowledge type) {
        Scope inner = new Scope(Scope.Kind.COMPREHENSION, scope, FunctionNames.ofTargets(generators), Set.of());
        Value source = m.expressions.use(generators.get(0).iter(), scope);
        if (type != m.types.iterator) {
            return Value.of(filled(generators, source, element, key, inner, type));
        }
        HeapObject generator = m.heap.make(type);
        generator.payload = new Payload.Deferred(() -> {
            HeapObject given = filled(generators, source, element, null, inner, m.types.list);
            return new Payload.Given(given.elements, given.items);
        });
        for (HeapObject o : source.objects()) {
            if (o.is(dev.trackit.python.knowledge.ClassKnowledge.Trait.CONSUMED)) {
                generator.addView(o, true);
            }
        }
        return Value.of(generator);
    }

    /** A new container with all that the comprehension gives. */
    private HeapObject filled(
            List<Comprehension> generators,
            Value source,
            Expr element,
            @Nullable Expr key,
            Scope inner,
            dev.trackit.python.knowledge.ClassKnowledge type) {
        HeapObject result = m.heap.make(type);
        Comprehension first = generators.get(0);
        List<Value> items = m.subscripts.itemsOf(source);
        boolean exact = generators.size() == 1
                && first.ifs().isEmpty()
                && items != null
                && items.size() <= MOST_EXACT
                && allConstant(items);
        if (exact && items != null) {
            List<Value> results = new ArrayList<>();
            for (Value item : items) {
                m.assignments.assign(first.target(), item, inner);
                if (key != null) {
                    put(result, m.expressions.use(key, inner), m.expressions.eval(element, inner));
                } else {
                    results.add(m.expressions.eval(element, inner));
                }
            }
            return key != null ? result : m.heap.container(type, results);
        }
        m.assignments.assign(first.target(), m.subscripts.elementsOf(source), inner);
        nested(generators, 1, first, inner, () -> {
            if (key != null) {
                Value k = m.expressions.use(key, inner);
                Value v = m.expressions.eval(element, inner);
                m.heap.addElement(result, v, false);
                m.heap.readDeep(k);
            } else {
                m.heap.addElement(result, m.expressions.eval(element, inner), false);
            }
        });
        return result;
    }

    private static boolean allConstant(List<Value> items) {
        for (Value v : items) {
            HeapObject o = v.single();
            if (o == null || o.constant == null && o.items == null) {
                return false;
            }
        }
        return true;
    }

    private void put(HeapObject dict, Value key, Value value) {
        String part = Subscripts.partKey(key);
        if (part == null) {
            m.heap.addElement(dict, value, false);
        } else {
            m.heap.setPart(dict, part, value);
        }
    }

    private void nested(List<Comprehension> generators, int index, Comprehension current, Scope inner, Runnable body) {
        for (Expr condition : current.ifs()) {
            m.expressions.use(condition, inner);
        }
        if (index == generators.size()) {
            body.run();
            return;
        }
        Comprehension next = generators.get(index);
        Value source = m.expressions.use(next.iter(), inner);
        m.assignments.assign(next.target(), m.subscripts.elementsOf(source), inner);
        nested(generators, index + 1, next, inner, body);
    }
}
