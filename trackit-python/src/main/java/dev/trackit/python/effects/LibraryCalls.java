package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Effect.Certainty;
import dev.trackit.api.Location;
import dev.trackit.api.TransformationKind;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge.Trait;
import dev.trackit.python.knowledge.Returned;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls of libraries' functions and methods, by what the knowledge says of them. */
final class LibraryCalls {
    /** Steps that change nothing when they are done twice. */
    private static final Set<TransformationKind> SETTLING = EnumSet.of(
            TransformationKind.SORT,
            TransformationKind.DROP_MISSING,
            TransformationKind.DEDUPLICATE,
            TransformationKind.IMPUTE,
            TransformationKind.FIT,
            TransformationKind.SCALE,
            TransformationKind.ENCODE,
            TransformationKind.BIN,
            TransformationKind.FEATURE_EXTRACT,
            TransformationKind.PREDICT);

    /** Steps that leave other rows: a series that is a column of a frame is cut off from it by them. */
    private static final Set<TransformationKind> CHANGES_ROWS = EnumSet.of(
            TransformationKind.DROP_MISSING,
            TransformationKind.DEDUPLICATE,
            TransformationKind.PROJECTION,
            TransformationKind.RESHAPE,
            TransformationKind.RENAME);

    /** Functions that look at an iterator and take nothing from it. */
    private static final Set<String> LOOKS_ONLY = Set.of(
            "isinstance",
            "issubclass",
            "hasattr",
            "callable",
            "type",
            "id",
            "hash",
            "repr",
            "str",
            "format",
            "dir",
            "help",
            "vars",
            "tee");

    private final Machine m;

    LibraryCalls(Machine machine) {
        this.m = machine;
    }

    Value apply(CallKnowledge k, @Nullable HeapObject self, CallArguments args, Expr.@Nullable Call e) {
        return apply(k, self, args, e, self == null ? k.name() : self.type.shortName() + "." + k.name());
    }

    Value apply(
            CallKnowledge k,
            @Nullable HeapObject self,
            CallArguments args,
            Expr.@Nullable Call e,
            String qualifiedName) {
        if (!k.special().isEmpty()) {
            Value special = m.specialCalls.bySpecial(k, self, args, e);
            if (special != null) {
                return special;
            }
        }
        if (self != null) {
            m.heap.readDeep(Value.of(self));
        }
        for (CallArguments.Argument a : args.list) {
            m.heap.readDeep(a.value());
        }
        consume(k, args);
        if (!k.display()) {
            usersEstimators(self, args, qualifiedName);
        }
        callBacks(k, self, args);
        hidden(k, self, args);
        m.figures.apply(k, args);
        files(k, self, args);
        Steps.Draft step = m.steps.begin(k, qualifiedName, self, args, e);
        Value result = changes(k, self, args);
        if (result == null) {
            result = m.results.of(k, self, args, e);
            for (String held : k.holds()) {
                Value v = held.equals("self") ? selfValue(self) : valueOf(k, args, held);
                for (HeapObject r : result.objects()) {
                    if (r.identity && r.born == m.statement) {
                        m.heap.addElement(r, v, false);
                        r.items = null;
                    }
                }
            }
        }
        m.steps.end(step, result);
        return result;
    }

    /** A library that is given an estimator of a class of the user's calls its methods: what they name must be there. */
    private void usersEstimators(@Nullable HeapObject self, CallArguments args, String qualifiedName) {
        boolean constructs = Character.isUpperCase(qualifiedName.charAt(qualifiedName.lastIndexOf('.') + 1));
        if (constructs
                || self != null && self.is(Trait.CONTAINER) && !self.is(Trait.ESTIMATOR)
                || qualifiedName.indexOf('.') < 0) {
            return;
        }
        Set<HeapObject> seen = new HashSet<>();
        if (self != null) {
            usersEstimators(Value.of(self), 0, seen);
        }
        usersEstimators(args.all(), 0, seen);
    }

    private void usersEstimators(Value v, int depth, Set<HeapObject> seen) {
        for (HeapObject o : v.objects()) {
            if (o.identity && depth < 4 && seen.size() < 40 && seen.add(o)) {
                if (o.is(Trait.ESTIMATOR) && o.payload instanceof Payload.Instance i) {
                    m.userCalls.mention(i.userClass());
                }
                boolean holds = o.is(Trait.ESTIMATOR) || o.is(Trait.CONTAINER);
                if (holds) {
                    usersEstimators(m.subscripts.heldBy(Value.of(o)), depth + 1, seen);
                }
            }
        }
    }

    /** Whoever is given an iterator takes what it gives, and then it has no more. */
    private void consume(CallKnowledge k, CallArguments args) {
        if (k.display() || LOOKS_ONLY.contains(k.name())) {
            return;
        }
        for (CallArguments.Argument a : args.list) {
            for (HeapObject o : a.value().objects()) {
                boolean read = o.payload instanceof Payload.OpenFile f
                        && !f.writes()
                        && !k.reads().isEmpty();
                if (read
                        || isGenerator(o)
                        || o.isA("builtins.iterator")
                        || o.isA("io.StringIO") && !k.reads().isEmpty()) {
                    m.heap.mutateContent(o, Certainty.SURE);
                }
            }
        }
    }

    /** A random generator of the user's: whoever is given it draws from it. */
    private static boolean isGenerator(HeapObject o) {
        return o.isA("numpy.random.RandomState") || o.isA("random.Random");
    }

    private static Value selfValue(@Nullable HeapObject self) {
        return self == null ? Value.NOTHING : Value.of(self);
    }

    /** The argument for a parameter; {@code *} stands for all of them. */
    Value valueOf(CallKnowledge k, CallArguments args, String param) {
        if (param.equals("*")) {
            return args.all();
        }
        CallArguments.Argument a = args.forParameter(k, param);
        return a == null ? Value.NOTHING : a.value();
    }

    /** Reading an attribute that the knowledge describes. */
    Value attribute(CallKnowledge k, HeapObject o) {
        boolean lazy = false;
        for (var r : k.returns()) {
            lazy |= m.results.isProxy(r);
        }
        if (lazy) {
            return m.results.proxy(k, o);
        }
        if (!k.special().isEmpty()) {
            Value special = m.specialCalls.bySpecial(k, o, CallArguments.NONE, null);
            if (special != null) {
                return special;
            }
        }
        m.heap.readDeep(Value.of(o));
        Steps.Draft step = m.steps.begin(k, o.type.shortName() + "." + k.name(), o, CallArguments.NONE, null);
        Value result = m.results.of(k, o, CallArguments.NONE, null);
        m.steps.end(step, result);
        return result;
    }

    private void callBacks(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        if (k.calls().isEmpty()) {
            if (k.display() || keepsOnly(k, self)) {
                return;
            }
            if (k.holds().isEmpty()) {
                m.calls.callBack(args, Value.NOTHING);
            } else {
                m.userCalls.mention(args.all());
            }
            return;
        }
        Value given = Value.NOTHING;
        if (self != null && (self.is(Trait.COLUMNS) || self.isA("pandas.GroupBy"))) {
            given = m.unknown();
        } else if (self != null && self.isA("pandas.Series")) {
            given = m.scalar();
        } else if (self == null) {
            for (CallArguments.Argument a : args.list) {
                if (!k.calls().contains(a.name())) {
                    given = given.join(m.subscripts.heldBy(a.value()));
                }
            }
        }
        for (String param : k.calls()) {
            if (param.equals("*")) {
                m.calls.callBack(args, given);
            } else {
                m.calls.callBack(valueOf(k, args, param), given);
            }
        }
    }

    /** Whether a function among the arguments is only put somewhere, or looked at. */
    private static boolean keepsOnly(CallKnowledge k, @Nullable HeapObject self) {
        return !k.special().isEmpty()
                || !k.stores().isEmpty()
                || LOOKS_ONLY.contains(k.name())
                || self != null && self.is(Trait.CONTAINER)
                || k.returns().stream().anyMatch(r -> r.form() == Returned.Form.ARGUMENT);
    }

    private void hidden(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        for (String name : k.hiddenReads()) {
            m.log.add(Effect.Kind.READ, hiddenLocation(name), true);
        }
        for (String name : k.hiddenWrites()) {
            m.log.add(Effect.Kind.WRITE, hiddenLocation(name), false);
        }
        for (String name : k.hiddenMutates()) {
            m.log.add(Effect.Kind.MUTATE, hiddenLocation(name), true);
        }
        boolean ownGenerator = self != null && self.payload instanceof Payload.Seeded;
        if (!k.random().isEmpty() && !ownGenerator && !isSeeded(k, args)) {
            boolean perhaps = k.random().endsWith("?");
            Location generator =
                    hiddenLocation(perhaps ? k.random().substring(0, k.random().length() - 1) : k.random());
            m.log.add(Effect.Kind.READ, generator, perhaps ? Certainty.POSSIBLE : Certainty.SURE, true);
            m.log.add(Effect.Kind.MUTATE, generator, true);
        }
    }

    private static boolean isSeeded(CallKnowledge k, CallArguments args) {
        if (k.seed().isEmpty()) {
            return false;
        }
        CallArguments.Argument seed = args.forParameter(k, k.seed());
        return seed != null && seed.value().constant() != HeapObject.NONE;
    }

    static Location hiddenLocation(String name) {
        return new Location(Location.Kind.HIDDEN, "hidden:" + name, name, "");
    }

    private void files(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        String call = k.name();
        for (String param : k.reads()) {
            m.files.read(fileOf(param, k, self, args), call);
        }
        for (String param : k.writes()) {
            Value target = suffixed(fileOf(param, k, self, args), k, args);
            for (HeapObject o : target.objects()) {
                if (o.isA("io.StringIO") || o.isA("builtins.file")) {
                    m.heap.mutateContent(o, Certainty.SURE);
                }
            }
            m.files.write(target, call, false);
        }
        for (String param : k.removes()) {
            m.files.remove(fileOf(param, k, self, args), call);
        }
    }

    /** {@code np.save('a')} writes {@code a.npy}, {@code plt.savefig('b', format='pdf')} writes {@code b.pdf}. */
    private Value suffixed(Value file, CallKnowledge k, CallArguments args) {
        HeapObject o = file.single();
        boolean named = o != null && o.payload == null && o.constant instanceof String;
        if (k.suffix().isEmpty() || !named || o == null || !(o.constant instanceof String path)) {
            return file;
        }
        String format = args.valueNamed("format").text();
        boolean has = path.substring(path.lastIndexOf('/') + 1).indexOf('.') >= 0;
        return has ? file : m.ofConstant(path + (format == null ? k.suffix() : "." + format));
    }

    private Value fileOf(String param, CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        return param.equals("self") ? selfValue(self) : valueOf(k, args, param);
    }

    /** What the call changes in place. @return what it returns if that follows from it, else null */
    private @Nullable Value changes(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        if (!k.inplace().isEmpty() && self != null) {
            CallArguments.Argument flag = args.forParameter(k, k.inplace());
            if (flag != null && !Boolean.FALSE.equals(flag.value().constant())) {
                boolean sure = Boolean.TRUE.equals(flag.value().constant());
                HeapObject target = self.owner == null ? self : self.owner;
                Shapes.Shape after = m.shapes.after(k, Shapes.Shape.of(target), args);
                inPlace(k, self, sure ? Certainty.SURE : Certainty.POSSIBLE);
                if (sure && target.is(Trait.COLUMNS) && m.log.certainty == Certainty.SURE) {
                    after.put(target);
                }
                if (sure) {
                    return m.none();
                }
            }
        }
        if (!k.out().isEmpty()) {
            CallArguments.Argument out = args.forParameter(k, k.out());
            if (out != null && out.value().constant() != HeapObject.NONE) {
                for (HeapObject o : out.value().objects()) {
                    m.heap.mutateContent(o, Certainty.SURE);
                }
                return out.value();
            }
        }
        Certainty certainty = k.possible() ? Certainty.POSSIBLE : Certainty.SURE;
        for (String target : k.mutates()) {
            if (target.equals("self") && self != null) {
                inPlace(k, self, certainty);
            } else {
                for (HeapObject o : valueOf(k, args, target).objects()) {
                    m.heap.mutateContent(o, certainty);
                }
            }
        }
        holdings(k, self, args);
        return null;
    }

    /** In-place methods of frames replace the frame's columns; those of series, arrays and all else change memory. */
    private void inPlace(CallKnowledge k, HeapObject self, Certainty certainty) {
        HeapObject target = self.owner == null ? self : self.owner;
        TransformationKind kind = k.kind();
        if (kind != null && SETTLING.contains(kind)) {
            m.repetitions.settles(target);
        }
        if (target.isA("sklearn.Pipeline")) {
            fitSteps(Value.of(target), 0);
        }
        boolean rows = kind != null && CHANGES_ROWS.contains(kind) && target.isA("pandas.Series");
        if (rows) {
            m.heap.cutOff(target);
        }
        if (rows || target.is(Trait.COLUMNS) || target.is(Trait.ESTIMATOR)) {
            m.heap.mutateWhole(target, certainty);
            target.laidOut |= target.is(Trait.COLUMNS);
        } else {
            m.heap.mutateContent(target, certainty);
        }
    }

    /** A pipeline fits the very estimators that it was made of. */
    private void fitSteps(Value held, int depth) {
        for (HeapObject o : m.subscripts.heldBy(held).objects()) {
            if (o.is(Trait.ESTIMATOR)) {
                m.heap.mutateWhole(o, Certainty.SURE);
            } else if (depth < 2 && o.is(Trait.CONTAINER)) {
                fitSteps(Value.of(o), depth + 1);
            }
        }
    }

    private void holdings(CallKnowledge k, @Nullable HeapObject self, CallArguments args) {
        if (self == null) {
            return;
        }
        for (String param : k.adds()) {
            boolean append = k.name().equals("append") && m.log.certainty == Certainty.SURE && !m.controlFlow.inLoop();
            m.heap.addElement(self, valueOf(k, args, param), append);
        }
        for (String param : k.addsAll()) {
            m.heap.addElement(self, m.subscripts.elementsOf(valueOf(k, args, param)), false);
            self.items = null;
        }
        if (k.adds().isEmpty() && k.addsAll().isEmpty() && k.mutates().contains("self")) {
            self.items = null;
        }
        List<String> stores = k.stores();
        if (stores.size() == 2) {
            String key = Subscripts.partKey(valueOf(k, args, stores.get(0)));
            Value value = valueOf(k, args, stores.get(1));
            if (key != null) {
                m.heap.writePart(self, key, value);
            } else {
                m.heap.addElement(self, value, false);
            }
        }
    }
}
