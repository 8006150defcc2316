package dev.trackit.python.effects;

import dev.trackit.python.ast.Arg;
import dev.trackit.python.ast.Arguments;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Keyword;
import dev.trackit.python.ast.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes functions and classes. Bodies of functions are not run before they are called. */
final class Definitions {
    private final Machine m;

    /** The class whose body is being run. */
    private @Nullable HeapObject currentClass;

    Definitions(Machine machine) {
        this.m = machine;
    }

    Value lambda(Expr.Lambda e, Scope scope) {
        return make("<lambda>", e.arguments(), List.of(), e.body(), scope);
    }

    private Value make(String name, Arguments parameters, List<Stmt> body, @Nullable Expr result, Scope scope) {
        Map<String, Value> defaults = new HashMap<>();
        for (List<Arg> each : List.of(parameters.positionalOnly(), parameters.positional(), parameters.keywordOnly())) {
            for (Arg a : each) {
                Expr byDefault = a.defaultValue();
                if (byDefault != null) {
                    defaults.put(a.name(), m.expressions.eval(byDefault, scope));
                }
                m.expressions.useIfAny(a.annotation(), scope);
            }
        }
        HeapObject o = closure(body, result, scope);
        Payload.Function f = new Payload.Function(
                name, parameters, defaults, body, result, scope, FunctionNames.of(parameters, body));
        f.definedIn = currentClass;
        o.payload = f;
        return Value.of(o);
    }

    /** A function; if it uses names of a call in which it is made, one that keeps them and so has a state. */
    private HeapObject closure(List<Stmt> body, @Nullable Expr result, Scope scope) {
        HeapObject o = null;
        Set<String> used = null;
        for (Scope s = scope; s != null; s = s.parent) {
            if (s.kind != Scope.Kind.FUNCTION && s.kind != Scope.Kind.COMPREHENSION) {
                continue;
            }
            if (used == null) {
                used = FunctionNames.usedIn(body, result);
            }
            for (String name : used) {
                if (s.locals.contains(name)) {
                    o = o == null ? m.heap.makeWithState(m.types.function) : o;
                    m.heap.addElement(o, Value.of(m.names.capture(s, name)), false);
                }
            }
        }
        return o == null ? new HeapObject(0, m.types.function, false, m.statement, null) : o;
    }

    void function(Stmt.FunctionDef s, Scope scope) {
        List<Value> decorators = new ArrayList<>();
        for (Expr d : s.decorators()) {
            decorators.add(isSetter(d) ? Value.NOTHING : m.expressions.eval(d, scope));
        }
        Value v = make(s.name(), s.arguments(), s.body(), null, scope);
        m.expressions.useIfAny(s.returns(), scope);
        String name = s.name();
        for (int i = s.decorators().size() - 1; i >= 0; i--) {
            Expr d = s.decorators().get(i);
            if (isSetter(d)) {
                name = s.name() + " setter";
            } else {
                v = decorated(d, decorators.get(i), v);
            }
        }
        m.names.bind(scope, name, v);
    }

    private static boolean isSetter(Expr d) {
        return d instanceof Expr.Attribute a
                && (a.name().equals("setter") || a.name().equals("deleter"));
    }

    private Value decorated(Expr decorator, Value by, Value v) {
        HeapObject o = v.single();
        if (o != null && o.payload instanceof Payload.Function f && decorator instanceof Expr.Name n) {
            switch (n.id()) {
                case "property", "cached_property" -> {
                    f.isProperty = true;
                    return v;
                }
                case "staticmethod" -> {
                    f.isStatic = true;
                    return v;
                }
                case "classmethod" -> {
                    f.isClassMethod = true;
                    return v;
                }
                default -> {}
            }
        }
        if (o != null
                && o.payload instanceof Payload.Function f
                && decorator instanceof Expr.Attribute a
                && a.name().equals("cached_property")) {
            f.isProperty = true;
            return v;
        }
        HeapObject d = by.single();
        if (d != null && (d.payload instanceof Payload.Function || d.payload instanceof Payload.BoundMethod)) {
            Value made = m.calls.call(by, CallArguments.of(v), null);
            HeapObject r = made.single();
            return r == null || r.type == m.types.unknown || r.type == m.types.none ? v : made;
        }
        if (d != null && (d.payload instanceof Payload.UserClass || d.payload instanceof Payload.Instance)) {
            return m.calls.call(by, CallArguments.of(v), null);
        }
        if (o != null && o.payload instanceof Payload.Function f) {
            String name = nameOf(decorator);
            f.isCached |= name.equals("lru_cache") || name.equals("cache");
            f.dispatches |= name.equals("singledispatch");
        }
        // A library's decorator is taken to give a function that does what the decorated one does.
        return v;
    }

    private static String nameOf(Expr decorator) {
        Expr e = decorator instanceof Expr.Call c ? c.function() : decorator;
        return e instanceof Expr.Attribute a ? a.name() : e instanceof Expr.Name n ? n.id() : "";
    }

    void type(Stmt.ClassDef s, Scope scope) {
        List<HeapObject> bases = new ArrayList<>();
        for (Expr b : s.bases()) {
            for (HeapObject o : m.expressions.eval(b, scope).objects()) {
                bases.add(o);
            }
        }
        HeapObject metaclass = inherited(bases);
        for (Keyword k : s.keywords()) {
            HeapObject v = m.expressions.use(k.value(), scope).single();
            if ("metaclass".equals(k.name()) && v != null && v.payload instanceof Payload.UserClass) {
                metaclass = v;
            }
        }
        List<Value> decorators = new ArrayList<>();
        for (Expr d : s.decorators()) {
            decorators.add(m.expressions.eval(d, scope));
        }
        HeapObject made = m.heap.make(m.types.userClass);
        Payload.UserClass c = new Payload.UserClass(s.name(), bases);
        c.metaclass = metaclass;
        made.payload = c;
        Scope body = new Scope(Scope.Kind.CLASS, scope, Set.of(), Set.of());
        HeapObject outer = currentClass;
        currentClass = made;
        try {
            m.statements.runBlock(s.body(), body);
        } finally {
            currentClass = outer;
        }
        body.bindings.forEach((name, binding) -> m.heap.setPart(made, "." + name, binding.value()));
        for (Stmt each : s.body()) {
            if (each instanceof Stmt.AnnAssign a && a.target() instanceof Expr.Name n) {
                Binding b = body.bindings.get(n.id());
                c.fields.put(n.id(), b == null ? m.unknown() : b.value());
            }
        }
        m.userCalls.defined(made, bases, metaclass);
        Value v = Value.of(made);
        for (int i = s.decorators().size() - 1; i >= 0; i--) {
            v = decorated(s.decorators().get(i), decorators.get(i), v);
        }
        m.names.bind(scope, s.name(), v);
    }

    private static @Nullable HeapObject inherited(List<HeapObject> bases) {
        for (HeapObject base : bases) {
            if (base.payload instanceof Payload.UserClass c && c.metaclass != null) {
                return c.metaclass;
            }
        }
        return null;
    }
}
