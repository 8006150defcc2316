package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Location;
import dev.trackit.python.ast.Arg;
import dev.trackit.python.ast.Arguments;
import dev.trackit.python.knowledge.ClassKnowledge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls of functions, methods and classes that the session's code defines: their bodies are run with the actual arguments. */
final class UserCalls {
    private final Machine m;
    private final Deque<Frame> frames = new ArrayDeque<>();

    UserCalls(Machine machine) {
        this.m = machine;
    }

    /** A call that is going on. */
    private static final class Frame {
        final Payload.Function function;
        final @Nullable HeapObject self;
        Value returned = Value.NOTHING;
        Value yielded = Value.NOTHING;

        Frame(Payload.Function function, @Nullable HeapObject self) {
            this.function = function;
            this.self = self;
        }
    }

    /** Calls a function; {@code self} goes before the arguments. */
    Value call(Payload.Function f, CallArguments args, @Nullable HeapObject self) {
        if (f.isCached) {
            // A call counts; it does not rest on the calls before it.
            m.log.add(Effect.Kind.WRITE, hidden(f, "calls"), Certainty.LIKELY, false);
        }
        if (f.dispatches) {
            m.log.add(Effect.Kind.READ, hidden(f, "register"), true);
        }
        Scope scope = new Scope(Scope.Kind.FUNCTION, f.closure, f.names.locals(), f.names.globals());
        bindParameters(f, args, self, scope);
        if (f.names.generator()) {
            HeapObject generator = m.heap.make(m.types.iterator);
            generator.payload = new Payload.Deferred(() -> runGenerator(f, scope));
            m.heap.addElement(generator, args.all(), false);
            generator.elements = Value.NOTHING;
            return Value.of(generator);
        }
        return run(f, scope, self);
    }

    private static Location hidden(Payload.Function f, String what) {
        return LibraryCalls.hiddenLocation(f.name + "." + what);
    }

    /** An attribute that a library's decorator gave a function; null if it is none. */
    @Nullable
    Value ofDecorated(Payload.Function f, String name) {
        if (f.isCached && name.startsWith("cache_")) {
            m.log.add(Effect.Kind.READ, hidden(f, "calls"), true);
            return Value.of(m.builtins.pureFunction(name));
        }
        if (f.dispatches && name.equals("register")) {
            m.log.add(Effect.Kind.WRITE, hidden(f, "register"), Certainty.LIKELY, false);
            return Value.of(m.builtins.pureFunction(name));
        }
        return null;
    }

    private Value run(Payload.Function f, Scope scope, @Nullable HeapObject self) {
        int active = 0;
        for (Frame frame : frames) {
            if (frame.function == f || frame.function.body == f.body && frame.function.result == f.result) {
                active++;
            }
        }
        if (active > 1 || !m.budget.enterCall()) {
            return active > 1 ? Value.NOTHING : m.unknown();
        }
        Frame frame = new Frame(f, self);
        frames.push(frame);
        Certainty outer = m.log.certainty;
        try {
            if (f.result != null) {
                return m.expressions.eval(f.result, scope);
            }
            boolean fallsThrough = m.statements.runBlock(f.body, scope) != Completion.EXIT;
            if (fallsThrough || frame.returned.isNothing()) {
                return frame.returned.join(m.none());
            }
            return frame.returned;
        } finally {
            m.log.certainty = outer;
            frames.pop();
            m.budget.leaveCall();
        }
    }

    /** Whether a function of the user's is being run. */
    boolean isCalling() {
        return !frames.isEmpty();
    }

    void returned(Value value) {
        Frame frame = frames.peek();
        if (frame != null) {
            frame.returned = frame.returned.join(value);
        }
    }

    void yielded(Value value) {
        Frame frame = frames.peek();
        if (frame != null) {
            frame.yielded = frame.yielded.join(value);
        }
    }

    private Payload.Given runGenerator(Payload.Function f, Scope scope) {
        Frame frame = new Frame(f, null);
        if (m.budget.enterCall()) {
            frames.push(frame);
            try {
                m.statements.runBlock(f.body, scope);
            } finally {
                frames.pop();
                m.budget.leaveCall();
            }
        }
        return new Payload.Given(frame.yielded.isNothing() ? m.unknown() : frame.yielded, null);
    }

    private void bindParameters(Payload.Function f, CallArguments args, @Nullable HeapObject self, Scope scope) {
        Arguments p = f.parameters;
        List<Arg> places = new ArrayList<>(p.positionalOnly());
        places.addAll(p.positional());
        List<Value> given = new ArrayList<>();
        if (self != null) {
            given.add(Value.of(self));
        }
        Value open = Value.NOTHING;
        for (CallArguments.Argument a : args.list) {
            if (a.name().isEmpty()) {
                given.add(a.value());
            } else if (a.name().equals("**")) {
                open = a.value();
            }
        }
        Set<String> used = new HashSet<>();
        for (int i = 0; i < places.size(); i++) {
            Arg parameter = places.get(i);
            Value v = i < given.size() ? given.get(i) : byName(f, args, parameter, open);
            used.add(parameter.name());
            bind(scope, parameter.name(), v);
        }
        for (Arg parameter : p.keywordOnly()) {
            used.add(parameter.name());
            bind(scope, parameter.name(), byName(f, args, parameter, open));
        }
        Arg vararg = p.vararg();
        if (vararg != null) {
            List<Value> rest = given.size() > places.size() ? given.subList(places.size(), given.size()) : List.of();
            bind(scope, vararg.name(), Value.of(m.heap.container(m.types.tuple, rest)));
        }
        Arg kwarg = p.kwarg();
        if (kwarg != null) {
            HeapObject dict = m.heap.make(m.types.dict);
            for (CallArguments.Argument a : args.list) {
                if (!a.name().isEmpty() && !a.name().equals("**") && !used.contains(a.name())) {
                    m.heap.setPart(dict, Subscripts.stringPart(a.name()), a.value());
                }
            }
            bind(scope, kwarg.name(), Value.of(dict));
        }
    }

    private Value byName(Payload.Function f, CallArguments args, Arg parameter, Value open) {
        CallArguments.Argument a = args.named(parameter.name());
        if (a != null) {
            return a.value();
        }
        Value byDefault = f.defaults.get(parameter.name());
        if (byDefault != null) {
            return args.open ? byDefault.join(open) : byDefault;
        }
        return open.isNothing() ? m.unknown() : open;
    }

    private void bind(Scope scope, String name, Value value) {
        scope.bindings.put(name, new Binding(value, m.execution, true));
    }

    /** Calls a function or method of the user's with arguments that are not known. */
    Value callUnknown(HeapObject o, Value given) {
        Certainty outer = m.log.certainty;
        m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
        try {
            if (o.payload instanceof Payload.UserClass) {
                return instantiate(o, CallArguments.NONE);
            }
            HeapObject self = null;
            Payload.Function f;
            if (o.payload instanceof Payload.BoundMethod method) {
                self = method.self();
                f = method.function();
            } else if (o.payload instanceof Payload.Function function) {
                f = function;
                m.heap.readShallow(o);
            } else {
                return m.unknown();
            }
            CallArguments args = new CallArguments();
            int parameters = f.parameters.positionalOnly().size()
                    + f.parameters.positional().size();
            for (int i = self == null ? 0 : 1; i < parameters; i++) {
                boolean hasDefault = !f.defaults.isEmpty() && i >= parameters - f.defaults.size();
                if (!hasDefault) {
                    args.add("", given.isNothing() ? m.unknown() : given, null);
                }
            }
            return call(f, args, self);
        } finally {
            m.log.certainty = outer;
        }
    }

    // ---- classes

    Value instantiate(HeapObject userClass, CallArguments args) {
        HeapObject base = libraryBase(userClass, 0);
        ClassKnowledge type = base == null ? null : typeOf(base);
        HeapObject instance = m.heap.make(type == null ? m.types.instance : type);
        instance.payload = new Payload.Instance(userClass);
        m.heap.readShallow(userClass);
        Value init = lookUp(userClass, "__init__", 0);
        boolean own = false;
        for (HeapObject o : init.objects()) {
            if (o.payload instanceof Payload.Function f) {
                call(f, args, instance);
                own = true;
            }
        }
        if (!own) {
            m.heap.readDeep(args.all());
            dataClass(userClass, instance, args);
        }
        return Value.of(instance);
    }

    /** A data class takes its annotated names as arguments. */
    private void dataClass(HeapObject userClass, HeapObject instance, CallArguments args) {
        if (!(userClass.payload instanceof Payload.UserClass c)) {
            return;
        }
        int i = 0;
        for (Map.Entry<String, Value> field : c.fields.entrySet()) {
            CallArguments.Argument a = args.named(field.getKey());
            if (a == null) {
                a = args.at(i);
            }
            m.heap.setPart(instance, "." + field.getKey(), a == null ? byDefault(field.getValue()) : a.value());
            i++;
        }
        if (c.fields.isEmpty()) {
            m.heap.addElement(instance, args.all(), false);
        }
    }

    /** What a field is that nobody gives: its constant, or what its factory makes, which is another object in each instance. */
    private Value byDefault(Value declared) {
        HeapObject o = declared.single();
        if (o != null && o.payload instanceof Payload.FieldFactory f) {
            Value made = m.calls.call(f.factory(), CallArguments.NONE, null);
            return made.isNothing() ? m.unknown() : made;
        }
        return declared.constant() == null ? m.unknown() : declared;
    }

    /** A class was defined: those above it, and its metaclass, may do something with it. */
    void defined(HeapObject userClass, List<HeapObject> bases, @Nullable HeapObject metaclass) {
        for (HeapObject base : bases) {
            for (HeapObject each : lookUp(base, "__init_subclass__", 0).objects()) {
                if (each.payload instanceof Payload.Function f) {
                    call(f, CallArguments.NONE, userClass);
                }
            }
        }
        if (metaclass == null) {
            return;
        }
        for (String method : List.of("__new__", "__init__")) {
            for (HeapObject each : lookUp(metaclass, method, 0).objects()) {
                if (each.payload instanceof Payload.Function f) {
                    Value self = Value.of(method.equals("__new__") ? metaclass : userClass);
                    call(f, CallArguments.of(self, m.string(), m.unknown(), m.unknown()), null);
                }
            }
        }
    }

    /** Uses the names of the session that stand in the methods of a class: something else may call them. */
    void mention(HeapObject userClass) {
        mention(Value.of(userClass), new HashSet<>());
    }

    /** Uses the names that stand in functions: somebody keeps them, to call them later. */
    void mention(Value functions) {
        mention(functions, new HashSet<>());
    }

    private void mention(Value v, Set<Object> seen) {
        for (HeapObject o : v.objects()) {
            if (o.payload instanceof Payload.Function f && seen.size() < 60 && seen.add(f)) {
                Certainty outer = m.log.certainty;
                m.log.certainty = EffectLog.weaker(outer, Certainty.LIKELY);
                for (String name : FunctionNames.usedIn(f.body, f.result)) {
                    if (f.closure.home(name).kind == Scope.Kind.GLOBAL
                            && !f.names.locals().contains(name)
                            && m.names.isBound(name)) {
                        Value used = m.names.read(m.globals, name);
                        m.heap.readDeep(used);
                        mention(used, seen);
                    }
                }
                m.log.certainty = outer;
            } else if (o.payload instanceof Payload.UserClass c && seen.add(c)) {
                if (o.parts != null) {
                    for (Value part : List.copyOf(o.parts.values())) {
                        mention(part, seen);
                    }
                }
                c.bases.forEach(base -> mention(Value.of(base), seen));
            }
        }
    }

    private static @Nullable HeapObject libraryBase(HeapObject userClass, int depth) {
        if (depth > 8 || !(userClass.payload instanceof Payload.UserClass c)) {
            return null;
        }
        for (HeapObject base : c.bases) {
            if (typeOf(base) != null) {
                return base;
            }
            HeapObject above = libraryBase(base, depth + 1);
            if (above != null) {
                return above;
            }
        }
        return null;
    }

    /** What is known of a library's class; null if nothing is. */
    private static @Nullable ClassKnowledge typeOf(HeapObject base) {
        if (base.payload instanceof Payload.LibraryClass c) {
            return c.type();
        }
        return base.payload instanceof Payload.LibraryName n && n.module() != null
                ? n.module().unlistedClass()
                : null;
    }

    /** {@code fit_transform} of a transformer whose class says only how to fit and to transform; null if it is no such thing. */
    @Nullable
    Value fitTransform(HeapObject o, CallArguments args) {
        if (!(o.payload instanceof Payload.Instance) || attribute(o, "fit_transform") != null) {
            return null;
        }
        Value fit = attribute(o, "fit");
        Value transform = attribute(o, "transform");
        if (fit == null || transform == null) {
            return null;
        }
        m.calls.call(fit, args, null);
        return m.calls.call(transform, CallArguments.of(args.valueAt(0)), null);
    }

    /** An attribute of a class or of those above it; nothing if none of the user's classes has it. */
    private Value lookUp(HeapObject userClass, String name, int depth) {
        Value own = userClass.part("." + name);
        if (own != null && !own.isNothing()) {
            m.heap.readPart(userClass, "." + name);
            return own;
        }
        if (depth < 8 && userClass.payload instanceof Payload.UserClass c) {
            for (HeapObject base : c.bases) {
                Value above = lookUp(base, name, depth + 1);
                if (!above.isNothing()) {
                    return above;
                }
            }
        }
        return Value.NOTHING;
    }

    /** An attribute of an instance or class of the user's; null if neither it nor its classes have it. */
    @Nullable
    Value attribute(HeapObject o, String name) {
        String key = "." + name;
        Value part = o.part(key);
        if (part != null && !part.isNothing()) {
            m.heap.readPart(o, key);
            return o.payload instanceof Payload.UserClass ? bind(part, o, true) : part;
        }
        if (o.payload instanceof Payload.Instance i) {
            Value found = lookUp(i.userClass(), name, 0);
            return found.isNothing() ? null : bind(found, o, false);
        }
        if (o.payload instanceof Payload.UserClass) {
            Value found = lookUp(o, name, 0);
            return found.isNothing() ? null : bind(found, o, true);
        }
        return null;
    }

    /** Functions as methods of an object. */
    Value bindTo(Value functions, HeapObject o) {
        return bind(functions, o, false);
    }

    private Value bind(Value found, HeapObject o, boolean onClass) {
        Value result = Value.NOTHING;
        for (HeapObject each : found.objects()) {
            if (each.payload instanceof Payload.Function f) {
                if (f.isProperty && !onClass) {
                    result = result.join(call(f, CallArguments.NONE, o));
                } else if (f.isStatic || onClass && !f.isClassMethod) {
                    result = result.join(Value.of(each));
                } else {
                    HeapObject receiver =
                            f.isClassMethod && o.payload instanceof Payload.Instance i ? i.userClass() : o;
                    HeapObject bound = new HeapObject(0, m.types.function, false, m.statement, null);
                    bound.payload = new Payload.BoundMethod(receiver, f);
                    result = result.join(Value.of(bound));
                }
            } else {
                result = result.join(Value.of(each));
            }
        }
        return result;
    }

    Value throughSuper(Payload.Super s, String name) {
        if (s.definedIn().payload instanceof Payload.UserClass c) {
            for (HeapObject base : c.bases) {
                Value found = lookUp(base, name, 0);
                if (!found.isNothing()) {
                    return bind(found, s.self(), false);
                }
                if (base.payload instanceof Payload.LibraryClass library
                        && library.type().method(name) != null) {
                    return m.imports.function(new Payload.LibraryFunction(
                            java.util.Objects.requireNonNull(library.type().method(name)), name, s.self()));
                }
            }
        }
        return Value.of(m.builtins.pureFunction(name));
    }

    /** What {@code super()} means here; null outside methods. */
    @Nullable
    Value superHere() {
        Frame frame = frames.peek();
        HeapObject definedIn = frame == null ? null : frame.function.definedIn;
        if (frame == null || definedIn == null || frame.self == null) {
            return null;
        }
        HeapObject proxy = new HeapObject(0, m.types.scalar, false, m.statement, null);
        proxy.payload = new Payload.Super(frame.self, definedIn);
        return Value.of(proxy);
    }

    /** Sets an attribute through the user's property. @return whether there is one */
    boolean setProperty(HeapObject o, String name, Value value) {
        if (!(o.payload instanceof Payload.Instance i)) {
            return false;
        }
        Value setter = lookUp(i.userClass(), name + " setter", 0);
        for (HeapObject each : setter.objects()) {
            if (each.payload instanceof Payload.Function f) {
                call(f, CallArguments.of(value), o);
                return true;
            }
        }
        return false;
    }

    /** Calls a special method of the user's; null if the value has none. */
    @Nullable
    Value dunder(Value v, String method, CallArguments args) {
        Value result = null;
        for (HeapObject o : v.objects()) {
            if (!(o.payload instanceof Payload.Instance i)) {
                continue;
            }
            for (HeapObject each : lookUp(i.userClass(), method, 0).objects()) {
                if (each.payload instanceof Payload.Function f) {
                    Value r = call(f, args, o);
                    result = result == null ? r : result.join(r);
                }
            }
        }
        return result;
    }

    /** What iterating over an instance of the user's gives; null if its class does not say. */
    @Nullable
    Value iterate(HeapObject o) {
        Value iterator = dunder(Value.of(o), "__iter__", CallArguments.NONE);
        if (iterator == null) {
            return dunder(Value.of(o), "__getitem__", CallArguments.of(m.integer()));
        }
        Set<HeapObject> others = new LinkedHashSet<>(List.of(iterator.objects()));
        others.remove(o);
        Value next = dunder(iterator, "__next__", CallArguments.NONE);
        Value rest = m.subscripts.elementsOf(Value.of(new ArrayList<>(others)));
        return next == null ? rest : next.join(rest);
    }
}
