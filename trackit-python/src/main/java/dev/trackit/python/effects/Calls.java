package dev.trackit.python.effects;

import dev.trackit.api.Effect.Certainty;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Keyword;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls: finds what is called, evaluates the arguments, and hands over to those who know the callee. */
final class Calls {
    /** Methods that would be called for nothing if they changed nothing. */
    private static final Set<String> CHANGES_BY_NAME = Set.of(
            "append",
            "appendleft",
            "extend",
            "extendleft",
            "insert",
            "add",
            "update",
            "remove",
            "discard",
            "clear",
            "pop",
            "popleft",
            "sort",
            "reverse",
            "setdefault",
            "push",
            "put",
            "set");

    private static final Pattern WRITES_BY_NAME = Pattern.compile("(?:save|to_|write|dump|export)");
    private static final Pattern READS_BY_NAME = Pattern.compile("(?:load|read|open|from_file|import_)");

    private static final Pattern SHOWS_BY_NAME =
            Pattern.compile("show|plot|summary|print|display|get_|info|describe|draw|score|save|to_|write|head|hist");

    /** Something with a folder or an ending. */
    private static final Pattern PATH =
            Pattern.compile("[^\\n<>|\"]*[\\w-]+\\.[A-Za-z]\\w{0,7}|[^\\s<>|\"]+/[^\\s<>|\"]+");

    /** How deep functions are looked for in what a call is given: in a tuple of dictionaries, say. */
    private static final int DEEPEST_CALLBACK = 3;

    private final Machine m;

    Calls(Machine machine) {
        this.m = machine;
    }

    Value call(Expr.Call e, Scope scope) {
        if (e.function() instanceof Expr.Attribute a) {
            return callMethod(e, a, scope);
        }
        Value callee = m.expressions.eval(e.function(), scope);
        CallArguments args = arguments(e.args(), e.keywords(), scope);
        m.scopeOfCall = scope;
        return call(callee, args, e);
    }

    private Value callMethod(Expr.Call e, Expr.Attribute a, Scope scope) {
        Value base = m.expressions.eval(a.value(), scope);
        ofIndex(e, a, base, scope);
        CallArguments args = null;
        Value result = Value.NOTHING;
        Certainty outer = m.log.certainty;
        for (HeapObject o : base.objects()) {
            Value callee = callee(o, a.name());
            if (args == null) {
                args = arguments(e.args(), e.keywords(), scope);
            }
            m.scopeOfCall = scope;
            if (base.objects().length > 1) {
                m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
            }
            Value both = a.name().equals("fit_transform") ? m.userCalls.fitTransform(o, args) : null;
            result = result.join(
                    both != null ? both : callee == null ? method(o, a.name(), args, e) : call(callee, args, e));
            m.log.certainty = outer;
        }
        return result.isNothing() ? m.unknown() : result;
    }

    /** {@code df.index.set_names(…, inplace=True)} changes the frame. */
    private void ofIndex(Expr.Call e, Expr.Attribute method, Value base, Scope scope) {
        boolean inPlace = e.keywords().stream()
                .anyMatch(k -> "inplace".equals(k.name())
                        && k.value() instanceof Expr.Constant c
                        && Boolean.TRUE.equals(c.value()));
        if (inPlace && Assignments.isIndex(base) && method.value() instanceof Expr.Attribute inner) {
            for (HeapObject owner : m.expressions.eval(inner.value(), scope).objects()) {
                m.heap.mutateWhole(owner, Certainty.SURE);
            }
        }
    }

    /** What an attribute stands for that is called; null for a method that nobody describes. */
    private @Nullable Value callee(HeapObject o, String name) {
        boolean plain = o.payload == null && o.hidden.isEmpty() && !m.patched.containsKey(name);
        if (plain && o.type.method(name) == null && o.type.attribute(name) == null && o.part("." + name) == null) {
            return null;
        }
        if (o.payload instanceof Payload.Instance && m.userCalls.attribute(o, name) == null) {
            if (o.type.method(name) == null && o.type.attribute(name) == null && o.part("." + name) == null) {
                return null;
            }
        }
        if (o.payload instanceof Payload.OpenFile && o.type.method(name) == null) {
            return null;
        }
        return m.attributes.load(Value.of(o), name);
    }

    /** A method of which nothing special is said. */
    private Value method(HeapObject o, String name, CallArguments args, Expr.@Nullable Call e) {
        CallKnowledge unlisted = o.type.unlisted();
        if (unlisted != null) {
            if (e != null && e == m.discarded && mayChange(o, name)) {
                m.heap.mutateContent(o, Certainty.POSSIBLE);
            }
            return m.libraryCalls.apply(unlisted, o, args, e, o.type.shortName() + "." + name);
        }
        if (!o.identity) {
            m.heap.readDeep(args.all());
            return m.scalar();
        }
        if (isPureElsewhere(name, args)) {
            m.heap.readDeep(Value.of(o));
            m.heap.readDeep(args.all());
            callBack(args, Value.NOTHING);
            HeapObject made = m.heap.make(m.types.unknown);
            m.heap.pruneViews(o);
            made.addView(o, false);
            o.addView(made, false);
            return Value.of(made);
        }
        m.heap.readDeep(Value.of(o));
        m.heap.readDeep(args.all());
        filesByName(name, args);
        boolean likely = e != null && e == m.discarded && CHANGES_BY_NAME.contains(name);
        m.heap.mutateContent(o, likely ? Certainty.LIKELY : Certainty.POSSIBLE);
        callBack(args, Value.NOTHING);
        m.log.assume("The method " + name + " of an object of unknown type may change the object, not its arguments");
        HeapObject result = m.heap.make(m.types.unknown);
        m.heap.addElement(result, Value.of(o), false);
        result.elements = Value.NOTHING;
        return Value.of(result);
    }

    /** A method that nobody describes, and whose result nobody takes: it is called for what it does to its object, or for what it shows. */
    private static boolean mayChange(HeapObject o, String name) {
        return o.identity
                && o.hidden.isEmpty()
                && o.payload == null
                && o.type.name().endsWith(".Any")
                && !SHOWS_BY_NAME.matcher(name).lookingAt();
    }

    /**
     * Whether a method, of an object of which nothing is known, is called as one of frames, series, arrays or strings that changes
     * nothing, and as none that changes something.
     */
    private boolean isPureElsewhere(String name, CallArguments args) {
        if (!args.valueNamed("inplace").isNothing() || CHANGES_BY_NAME.contains(name)) {
            return false;
        }
        boolean known = false;
        for (ClassKnowledge type : m.types.ofData) {
            CallKnowledge method = type.method(name);
            if (method == null) {
                continue;
            }
            boolean pure = method.mutates().isEmpty()
                    && method.adds().isEmpty()
                    && method.addsAll().isEmpty()
                    && method.stores().isEmpty()
                    && method.special().isEmpty()
                    && method.writes().isEmpty()
                    && method.hiddenWrites().isEmpty()
                    && method.hiddenMutates().isEmpty()
                    && !method.display();
            if (!pure) {
                return false;
            }
            known = true;
        }
        return known;
    }

    /** What nobody describes but is called save, export or load, and is given a path, is taken at its word. */
    private void filesByName(String name, CallArguments args) {
        boolean writes = WRITES_BY_NAME.matcher(name).lookingAt();
        if (!writes && !READS_BY_NAME.matcher(name).lookingAt()) {
            return;
        }
        Certainty outer = m.log.certainty;
        m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
        for (CallArguments.Argument a : args.list) {
            HeapObject o = a.value().single();
            if (o == null) {
                continue;
            }
            boolean path = o.constant instanceof String s && PATH.matcher(s).matches() || o.isA("pathlib.Path");
            boolean file = o.payload instanceof Payload.OpenFile || o.isA("io.StringIO");
            if (path && writes) {
                m.files.write(a.value(), name, false);
            } else if (path) {
                m.files.read(a.value(), name);
            } else if (file) {
                m.heap.mutateContent(o, Certainty.SURE);
                if (writes) {
                    m.files.write(a.value(), name, true);
                }
            }
        }
        m.log.certainty = outer;
    }

    CallArguments arguments(List<Expr> positional, List<Keyword> keywords, Scope scope) {
        CallArguments args = new CallArguments();
        for (Expr e : positional) {
            if (e instanceof Expr.Starred s) {
                Value v = m.expressions.use(s.value(), scope);
                List<Value> items = m.subscripts.itemsOf(v);
                if (items == null) {
                    args.open = true;
                    args.add("", m.subscripts.elementsOf(v), e);
                } else {
                    items.forEach(item -> args.add("", item, e));
                }
            } else {
                args.add("", m.expressions.eval(e, scope), e);
            }
        }
        for (Keyword k : keywords) {
            String name = k.name();
            if (name != null) {
                args.add(name, m.expressions.eval(k.value(), scope), k.value());
                continue;
            }
            Value v = m.expressions.use(k.value(), scope);
            HeapObject dict = v.single();
            if (dict != null && dict.parts != null && dict.elements.isNothing()) {
                for (Map.Entry<String, Value> item : dict.parts.entrySet()) {
                    args.add(Heap.columnOf(item.getKey()), item.getValue(), k.value());
                }
            } else {
                args.open = true;
                args.add("**", m.subscripts.heldBy(v), k.value());
            }
        }
        return args;
    }

    /** Calls whatever the value may stand for. */
    Value call(Value callee, CallArguments args, Expr.@Nullable Call e) {
        Value result = Value.NOTHING;
        Certainty outer = m.log.certainty;
        for (HeapObject o : callee.objects()) {
            if (callee.objects().length > 1) {
                m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
            }
            result = result.join(call(o, args, e));
            m.log.certainty = outer;
        }
        return result.isNothing() ? m.unknown() : result;
    }

    private Value call(HeapObject o, CallArguments args, Expr.@Nullable Call e) {
        Object payload = o.payload;
        if (payload instanceof Payload.Function f) {
            m.heap.readShallow(o);
            return m.userCalls.call(f, args, null);
        }
        if (payload instanceof Payload.BoundMethod b) {
            return m.userCalls.call(b.function(), args, b.self());
        }
        if (payload instanceof Payload.UserClass) {
            return m.userCalls.instantiate(o, args);
        }
        if (payload instanceof Payload.LibraryFunction f) {
            return m.libraryCalls.apply(f.knowledge(), f.self(), args, e, f.qualifiedName());
        }
        if (payload instanceof Payload.LibraryClass c) {
            return construct(c.type(), args, e);
        }
        if (payload instanceof Payload.LibraryName n) {
            return callLibraryName(n, args, e);
        }
        if (payload instanceof Payload.Instance) {
            Value own = m.userCalls.dunder(Value.of(o), "__call__", args);
            if (own != null) {
                return own;
            }
        }
        CallKnowledge call = o.type.call();
        if (call != null) {
            return m.libraryCalls.apply(call, o, args, e);
        }
        if (!o.hidden.isEmpty()) {
            m.heap.readDeep(args.all());
            if (o.hidden.equals("sys.path")) {
                m.imports.pathChanged(args.all());
                return m.none();
            }
            m.heap.mutateContent(o, Certainty.SURE);
            return m.unknown();
        }
        return unknown("a function that is not known", args, o);
    }

    Value construct(ClassKnowledge type, CallArguments args, Expr.@Nullable Call e) {
        CallKnowledge construct = type.construct();
        if (construct != null) {
            Value made = m.libraryCalls.apply(construct, null, args, e, type.name());
            HeapObject one = made.single();
            if (one != null && type.is(Trait.ESTIMATOR)) {
                one.type = type;
                Value seed = args.valueNamed("random_state");
                if (!seed.isNothing() && seed.constant() != HeapObject.NONE) {
                    one.payload = new Payload.Seeded();
                }
            }
            if (one != null
                    && one.type == m.types.unknown
                    && construct.special().isEmpty()) {
                one.type = type;
            }
            return made;
        }
        m.heap.readDeep(args.all());
        callBack(args, Value.NOTHING);
        HeapObject made = m.heap.make(type);
        if (type.is(Trait.ESTIMATOR) || type.is(Trait.CONTAINER)) {
            m.heap.addElement(made, args.all(), false);
        }
        return Value.of(made);
    }

    private Value callLibraryName(Payload.LibraryName n, CallArguments args, Expr.@Nullable Call e) {
        String last = n.qualifiedName().substring(n.qualifiedName().lastIndexOf('.') + 1);
        if (n.module() != null) {
            ClassKnowledge type = n.module().unlistedClass();
            if (type != null && !last.isEmpty() && Character.isUpperCase(last.charAt(0)) && !isAllUpper(last)) {
                return construct(type, args, e);
            }
            CallKnowledge function = n.module().unlistedFunction();
            if (function != null) {
                return m.libraryCalls.apply(function, null, args, e, n.qualifiedName());
            }
        }
        return unknown(n.qualifiedName(), args, null);
    }

    private static boolean isAllUpper(String s) {
        return s.length() > 1 && s.equals(s.toUpperCase(java.util.Locale.ROOT));
    }

    /** A call of which nothing is known: it may change what it is given, and keep it. */
    Value unknown(String what, CallArguments args, @Nullable HeapObject callee) {
        m.heap.readDeep(args.all());
        filesByName(what.substring(what.lastIndexOf('.') + 1), args);
        if (callee != null && callee.identity) {
            m.heap.readShallow(callee);
        }
        callBack(args, Value.NOTHING);
        boolean any = false;
        for (CallArguments.Argument a : args.list) {
            for (HeapObject o : a.value().objects()) {
                if (o.identity && o.hidden.isEmpty() && o.type != m.types.tuple && o.type != m.types.function) {
                    m.heap.mutateContent(o, Certainty.POSSIBLE);
                    any = true;
                }
            }
        }
        if (any) {
            m.log.assume(capital(what) + " may change the arguments of its call");
        }
        return m.unknown();
    }

    /** A sentence begins with a capital, a name of the code stays as it is. */
    private static String capital(String s) {
        return s.indexOf(' ') < 0 ? s : Character.toUpperCase(s.charAt(0)) + s.substring(1);
    }

    /** Functions among the arguments may be called, with what is not known or with these values. */
    void callBack(CallArguments args, Value given) {
        for (CallArguments.Argument a : args.list) {
            callBack(a.value(), given);
        }
    }

    void callBack(Value function, Value given) {
        callBack(function, given, 0);
    }

    private void callBack(Value function, Value given, int depth) {
        for (HeapObject o : function.objects()) {
            boolean users = o.payload instanceof Payload.Function || o.payload instanceof Payload.BoundMethod;
            if (users || o.payload instanceof Payload.UserClass && depth == 0) {
                m.userCalls.callUnknown(o, given);
            } else if (depth < DEEPEST_CALLBACK && (o.items != null || o.parts != null && o.isA("builtins.dict"))) {
                callBack(m.subscripts.heldBy(Value.of(o)), given, depth + 1);
            }
        }
    }

    /**
     * Lets an iterator do its work, because somebody asks for what it gives: once in each statement that asks, since what it gives rests
     * on what its names stand for by then.
     */
    void force(HeapObject o) {
        if (!(o.payload instanceof Payload.Deferred d) || d.workedIn == m.statement) {
            return;
        }
        boolean first = d.workedIn < 0;
        d.workedIn = m.statement;
        Certainty outer = m.log.certainty;
        if (!first) {
            m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
        }
        Payload.Given given = d.work.get();
        m.log.certainty = outer;
        m.heap.addElement(o, given.elements(), false);
        o.items = first && given.items() != null ? new ArrayList<>(given.items()) : null;
    }
}
