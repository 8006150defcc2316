package dev.trackit.python.effects;

import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Functions whose behaviour is more than data can say; the knowledge names them by {@code special}. */
final class SpecialCalls {
    private static final int MOST_EXACT = 24;

    private final Machine m;
    private final SpecialTexts texts;
    private final SpecialFrames frames;

    SpecialCalls(Machine machine) {
        this.m = machine;
        this.texts = new SpecialTexts(machine);
        this.frames = new SpecialFrames(machine);
    }

    /** What the call returns; null if the rest of the knowledge applies too. */
    @Nullable
    Value bySpecial(CallKnowledge k, @Nullable HeapObject self, CallArguments args, Expr.@Nullable Call e) {
        Value first = args.valueAt(0);
        switch (k.special()) {
            case "super":
                return m.userCalls.superHere();
            case "namespace":
                return namespace(k);
            case "vars":
                return vars(k, first);
            case "evaluate":
                return evaluate(k, args);
            case "range":
                return range(args);
            case "enumerate":
                return enumerate(first);
            case "zip":
                return zip(args);
            case "map":
                return map(args);
            case "filter":
                return filter(args);
            case "list":
                return collect(first, m.types.list, true);
            case "tuple":
                return collect(first, m.types.tuple, true);
            case "set":
                return collect(first, m.types.set, true);
            case "sorted":
                return sorted(args);
            case "iterator":
                return collect(first, m.types.iterator, false);
            case "reversed":
                return reversed(first);
            case "dict":
                return dict(args);
            case "keys":
                return self == null ? null : keys(self);
            case "items":
                return self == null ? null : items(self);
            case "values":
                return self == null ? null : values(self);
            case "get":
                return self == null ? null : get(self, args, false);
            case "setdefault":
                return self == null ? null : get(self, args, true);
            case "dictUpdate":
                return self == null ? null : dictUpdate(self, args);
            case "dictPop":
                return self == null ? null : dictPop(self, args);
            case "getattr":
                return getattr(args);
            case "setattr":
                return setattr(args);
            case "delattr":
                return delattr(args);
            case "next":
                return next(first, args);
            case "copy":
                return copy(first);
            case "partial":
                return partial(args);
            case "reduce":
                m.calls.callBack(first, m.subscripts.elementsOf(args.valueAt(1)));
                return null;
            case "listRemove":
                return self == null || !surelyMissing(self, first) ? null : m.none();
            case "cellMagic":
                return m.magics.called(args, m.scopeOfCall);
            default:
                Value text = texts.bySpecial(k, self, args);
                return text == null ? frames.bySpecial(k, self, args, e) : text;
        }
    }

    private Value namespace(CallKnowledge k) {
        Scope scope = k.name().equals("globals") ? m.globals : m.scopeOfCall;
        HeapObject names = m.heap.make(m.types.dict);
        names.payload = new Payload.Namespace(scope);
        return Value.of(names);
    }

    /** {@code vars(object)} is the object's attributes; a change of the one is a change of the other. */
    private @Nullable Value vars(CallKnowledge k, Value of) {
        if (of.isNothing()) {
            return namespace(k);
        }
        return attributesOf(of);
    }

    Value attributesOf(Value of) {
        m.heap.readDeep(of);
        HeapObject dict = m.heap.make(m.types.dict);
        for (HeapObject o : of.objects()) {
            if (o.identity) {
                m.heap.addElement(dict, m.subscripts.heldBy(Value.of(o)), false);
                dict.addView(o, true);
                o.addView(dict, true);
            }
        }
        return Value.of(dict);
    }

    /** Removing what a list does not hold raises an exception, and changes nothing. */
    private static boolean surelyMissing(HeapObject list, Value what) {
        Object c = what.constant();
        if (c == null || list.items == null) {
            return false;
        }
        for (Value item : list.items) {
            if (item.constant() == null || c.equals(item.constant())) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Value evaluate(CallKnowledge k, CallArguments args) {
        String code = args.valueAt(0).text();
        if (code == null) {
            m.log.assume(k.name() + "() runs code that does not stand in the cell; what it does is not known");
            m.log.opaque = true;
            return null;
        }
        if (m.budget.enterCall()) {
            try {
                var parsed = dev.trackit.python.parse.Parser.parseCell(code);
                if (k.name().equals("eval")
                        && parsed.statements().size() == 1
                        && parsed.statements().get(0) instanceof dev.trackit.python.ast.Stmt.ExprStmt s) {
                    return m.expressions.eval(s.value(), m.scopeOfCall);
                }
                m.statements.runBlock(parsed.statements(), m.scopeOfCall);
            } finally {
                m.budget.leaveCall();
            }
        }
        return m.none();
    }

    private Value range(CallArguments args) {
        m.heap.readDeep(args.all());
        ClassKnowledge type = m.knowledge.requireType("builtins.range");
        long[] bounds = new long[3];
        int n = Math.min(3, args.positionalCount());
        for (int i = 0; i < n; i++) {
            if (!(args.valueAt(i).constant() instanceof Long l)) {
                HeapObject open = m.heap.make(type);
                m.heap.addElement(open, m.integer(), false);
                return Value.of(open);
            }
            bounds[i] = l;
        }
        long from = n > 1 ? bounds[0] : 0;
        long to = n > 1 ? bounds[1] : bounds[0];
        long step = n > 2 ? bounds[2] : 1;
        List<Value> items = new ArrayList<>();
        if (step != 0) {
            for (long i = from; (step > 0 ? i < to : i > to) && items.size() <= MOST_EXACT; i += step) {
                items.add(m.ofConstant(i));
            }
        }
        if (items.size() <= MOST_EXACT) {
            return Value.of(m.heap.container(type, items));
        }
        HeapObject open = m.heap.make(type);
        m.heap.addElement(open, m.integer(), false);
        return Value.of(open);
    }

    private Value enumerate(Value source) {
        m.heap.readDeep(source);
        HeapObject result = m.heap.make(m.types.iterator);
        List<Value> items = m.subscripts.itemsOf(source);
        if (items != null && items.size() <= MOST_EXACT) {
            List<Value> pairs = new ArrayList<>();
            long i = 0;
            for (Value item : items) {
                pairs.add(Value.of(m.heap.container(m.types.tuple, List.of(m.ofConstant(i++), item))));
            }
            return Value.of(m.heap.container(m.types.iterator, pairs));
        }
        Value element = m.subscripts.elementsOf(source);
        m.heap.addElement(
                result, Value.of(m.heap.container(m.types.tuple, List.of(m.integer(), orUnknown(element)))), false);
        return Value.of(result);
    }

    private Value orUnknown(Value v) {
        return v.isNothing() ? m.unknown() : v;
    }

    private Value zip(CallArguments args) {
        m.heap.readDeep(args.all());
        int shortest = Integer.MAX_VALUE;
        List<List<Value>> exact = new ArrayList<>();
        for (CallArguments.Argument a : args.list) {
            List<Value> items = m.subscripts.itemsOf(a.value());
            shortest = items == null || args.open ? -1 : Math.min(shortest, items.size());
            if (shortest < 0) {
                break;
            }
            exact.add(items);
        }
        if (shortest >= 0 && shortest <= MOST_EXACT && !args.list.isEmpty()) {
            List<Value> tuples = new ArrayList<>();
            for (int i = 0; i < shortest; i++) {
                List<Value> places = new ArrayList<>();
                for (List<Value> items : exact) {
                    places.add(items.get(i));
                }
                tuples.add(Value.of(m.heap.container(m.types.tuple, places)));
            }
            return Value.of(m.heap.container(m.types.iterator, tuples));
        }
        List<Value> places = new ArrayList<>();
        for (CallArguments.Argument a : args.list) {
            places.add(orUnknown(m.subscripts.elementsOf(a.value())));
        }
        HeapObject result = m.heap.make(m.types.iterator);
        draws(result, args);
        HeapObject tuple = m.heap.container(m.types.tuple, places);
        if (args.open) {
            tuple.items = null;
        }
        m.heap.addElement(result, Value.of(tuple), false);
        return Value.of(result);
    }

    /** Calls its function only when somebody takes what it gives. */
    private Value map(CallArguments args) {
        m.heap.readDeep(args.all());
        CallArguments inner = new CallArguments();
        for (int i = 1; i < args.list.size(); i++) {
            inner.add("", orUnknown(m.subscripts.elementsOf(args.list.get(i).value())), null);
        }
        Value function = args.valueAt(0);
        return deferred(args, () -> {
            Certainty outer = m.log.certainty;
            m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
            Value made = m.calls.call(function, inner, null);
            m.log.certainty = outer;
            return made;
        });
    }

    private Value filter(CallArguments args) {
        m.heap.readDeep(args.all());
        Value element = m.subscripts.elementsOf(args.valueAt(1));
        return deferred(args, () -> {
            m.calls.callBack(args.valueAt(0), element);
            return orUnknown(element);
        });
    }

    /** An iterator that does its work when it is asked; what it takes, it takes from those that it was given. */
    private Value deferred(CallArguments sources, Supplier<Value> work) {
        HeapObject result = m.heap.make(m.types.iterator);
        result.payload = new Payload.Deferred(() -> new Payload.Given(work.get(), null));
        draws(result, sources);
        return Value.of(result);
    }

    private static void draws(HeapObject result, CallArguments sources) {
        for (CallArguments.Argument a : sources.list) {
            for (HeapObject o : a.value().objects()) {
                if (o.is(ClassKnowledge.Trait.CONSUMED)) {
                    result.addView(o, true);
                }
            }
        }
    }

    /** A new container with what another holds. */
    private Value collect(Value source, ClassKnowledge type, boolean ofItems) {
        if (source.isNothing()) {
            return Value.of(m.heap.container(type, List.of()));
        }
        m.heap.readDeep(source);
        List<Value> items = m.subscripts.itemsOf(source);
        if (items != null && ofItems && items.size() < 200) {
            return Value.of(m.heap.container(type, items));
        }
        HeapObject result = m.heap.make(type);
        m.heap.addElement(result, m.subscripts.elementsOf(source), false);
        return Value.of(result);
    }

    private Value sorted(CallArguments args) {
        m.calls.callBack(args.valueNamed("key"), m.subscripts.elementsOf(args.valueAt(0)));
        Value result = collect(args.valueAt(0), m.types.list, true);
        HeapObject list = result.single();
        if (list != null && list.items != null) {
            List<String> strings = m.subscripts.strings(result);
            if (strings != null && args.list.size() == 1) {
                List<String> ordered = new ArrayList<>(strings);
                Collections.sort(ordered);
                List<Value> values = new ArrayList<>();
                ordered.forEach(s -> values.add(m.ofConstant(s)));
                list.items = values;
            } else {
                list.items = null;
            }
        }
        return result;
    }

    private Value reversed(Value source) {
        Value result = collect(source, m.types.iterator, true);
        HeapObject o = result.single();
        if (o != null && o.items != null) {
            Collections.reverse(o.items);
        }
        return result;
    }

    private Value dict(CallArguments args) {
        HeapObject dict = m.heap.make(m.types.dict);
        for (CallArguments.Argument a : args.list) {
            if (!a.name().isEmpty() && !a.name().equals("**")) {
                m.heap.setPart(dict, Subscripts.stringPart(a.name()), a.value());
                continue;
            }
            m.heap.readDeep(a.value());
            m.subscripts.mergeInto(dict, a.value());
            List<Value> pairs = m.subscripts.itemsOf(a.value());
            if (pairs == null) {
                for (HeapObject pair : m.subscripts.elementsOf(a.value()).objects()) {
                    m.heap.addElement(dict, pair.elements, false);
                }
                continue;
            }
            for (Value pair : pairs) {
                HeapObject p = pair.single();
                String key =
                        p == null || p.items == null || p.items.size() != 2 ? null : Subscripts.partKey(p.items.get(0));
                if (key != null && p != null && p.items != null) {
                    m.heap.setPart(dict, key, p.items.get(1));
                } else if (p != null) {
                    m.heap.addElement(dict, p.elements, false);
                }
            }
        }
        return Value.of(dict);
    }

    private Value keys(HeapObject dict) {
        m.heap.readShallow(dict);
        List<Value> keys = m.subscripts.itemsOf(Value.of(dict));
        if (keys != null) {
            return Value.of(m.heap.container(m.types.list, keys));
        }
        HeapObject result = m.heap.make(m.types.list);
        m.heap.addElement(result, m.scalar(), false);
        return Value.of(result);
    }

    private Value items(HeapObject dict) {
        m.heap.readDeep(Value.of(dict));
        List<Value> keys = m.subscripts.itemsOf(Value.of(dict));
        Map<String, Value> parts = dict.parts;
        if (keys != null && parts != null && keys.size() <= MOST_EXACT) {
            List<Value> pairs = new ArrayList<>();
            for (Value key : keys) {
                Value v = parts.get(Subscripts.stringPart(String.valueOf(key.text())));
                pairs.add(Value.of(m.heap.container(m.types.tuple, List.of(key, v == null ? m.unknown() : v))));
            }
            return Value.of(m.heap.container(m.types.list, pairs));
        }
        HeapObject result = m.heap.make(m.types.list);
        Value held = orUnknown(m.subscripts.heldBy(Value.of(dict)));
        m.heap.addElement(result, Value.of(m.heap.container(m.types.tuple, List.of(m.scalar(), held))), false);
        return Value.of(result);
    }

    private Value values(HeapObject dict) {
        m.heap.readDeep(Value.of(dict));
        HeapObject result = m.heap.make(m.types.list);
        m.heap.addElement(result, m.subscripts.heldBy(Value.of(dict)), false);
        return Value.of(result);
    }

    private Value get(HeapObject dict, CallArguments args, boolean sets) {
        String key = Subscripts.partKey(args.valueAt(0));
        Value found = Value.NOTHING;
        if (key != null && dict.part(key) != null) {
            m.heap.readPart(dict, key);
            Value part = dict.part(key);
            found = part == null ? Value.NOTHING : part;
        } else {
            m.heap.readDeep(Value.of(dict));
            found = m.subscripts.heldBy(Value.of(dict)).join(args.valueAt(1));
            if (sets) {
                if (key == null) {
                    m.heap.addElement(dict, args.valueAt(1), false);
                    m.heap.mutateContent(dict, Certainty.SURE);
                } else {
                    m.heap.writePart(dict, key, args.valueAt(1));
                }
            } else if (args.positionalCount() < 2) {
                found = found.join(m.none());
            }
        }
        return orUnknown(found);
    }

    private Value dictUpdate(HeapObject dict, CallArguments args) {
        m.heap.readDeep(args.all());
        for (CallArguments.Argument a : args.list) {
            if (a.name().isEmpty() || a.name().equals("**")) {
                m.subscripts.mergeInto(dict, a.value());
            } else {
                m.heap.setPart(dict, Subscripts.stringPart(a.name()), a.value());
            }
        }
        m.heap.mutateContent(dict, Certainty.SURE);
        return m.none();
    }

    private Value dictPop(HeapObject dict, CallArguments args) {
        Value found = get(dict, args, false);
        String key = Subscripts.partKey(args.valueAt(0));
        if (key != null) {
            m.heap.deletePart(dict, key);
        } else {
            m.heap.mutateContent(dict, Certainty.SURE);
        }
        return found;
    }

    private @Nullable Value getattr(CallArguments args) {
        String name = args.valueAt(1).text();
        if (name == null) {
            return null;
        }
        Value found = m.attributes.load(args.valueAt(0), name);
        return args.positionalCount() > 2 ? found.join(args.valueAt(2)) : found;
    }

    private @Nullable Value setattr(CallArguments args) {
        String name = args.valueAt(1).text();
        for (HeapObject o : args.valueAt(0).objects()) {
            if (name == null) {
                m.heap.addElement(o, args.valueAt(2), false);
                m.heap.mutateContent(o, Certainty.SURE);
            } else {
                m.attributes.store(o, name, args.valueAt(2));
            }
        }
        return m.none();
    }

    private Value delattr(CallArguments args) {
        String name = args.valueAt(1).text();
        for (HeapObject o : args.valueAt(0).objects()) {
            if (name == null) {
                m.heap.mutateContent(o, Certainty.SURE);
            } else {
                m.attributes.delete(o, name);
            }
        }
        return m.none();
    }

    private Value next(Value iterator, CallArguments args) {
        m.heap.readDeep(iterator);
        Value own = m.userCalls.dunder(iterator, "__next__", CallArguments.NONE);
        if (own != null) {
            return own;
        }
        Value element = m.subscripts.elementsOf(iterator);
        for (HeapObject o : iterator.objects()) {
            m.heap.mutateContent(o, Certainty.SURE);
        }
        return orUnknown(element.join(args.valueAt(1)));
    }

    private Value copy(Value source) {
        m.heap.readDeep(source);
        Value result = Value.NOTHING;
        for (HeapObject o : source.objects()) {
            if (!o.identity) {
                result = result.join(Value.of(o));
                continue;
            }
            HeapObject made = m.heap.make(o.type);
            m.results.copyContent(o, made);
            Shapes.Shape.of(o).put(made);
            if (o.parts != null && !o.is(ClassKnowledge.Trait.COLUMNS) && !o.is(ClassKnowledge.Trait.CONTAINER)) {
                o.parts.forEach((key, value) -> m.heap.setPart(made, key, value));
            }
            result = result.join(Value.of(made));
        }
        return orUnknown(result);
    }

    private Value partial(CallArguments args) {
        m.heap.readDeep(args.all());
        return args.valueAt(0);
    }
}
