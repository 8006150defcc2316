package dev.trackit.python.effects;

import dev.trackit.python.ast.Arguments;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ClassKnowledge;
import dev.trackit.python.knowledge.ModuleKnowledge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an abstract object is beyond its type. */
final class Payload {

    private Payload() {}

    /** A function or lambda of the user's. */
    static final class Function {
        final String name;
        final Arguments parameters;
        final Map<String, Value> defaults;
        final List<Stmt> body;
        final @Nullable Expr result;
        final Scope closure;
        final FunctionNames names;

        /** The class in whose body it stands, for {@code super()}. */
        @Nullable
        HeapObject definedIn;

        boolean isStatic;
        boolean isClassMethod;
        boolean isProperty;

        /** Whether a library keeps what it returned, and counts its calls. */
        boolean isCached;

        /** Whether others can be registered to be called in its place. */
        boolean dispatches;

        Function(
                String name,
                Arguments parameters,
                Map<String, Value> defaults,
                List<Stmt> body,
                @Nullable Expr result,
                Scope closure,
                FunctionNames names) {
            this.name = name;
            this.parameters = parameters;
            this.defaults = defaults;
            this.body = body;
            this.result = result;
            this.closure = closure;
            this.names = names;
        }
    }

    /** What a field of a data class is made by when nobody gives it. */
    record FieldFactory(Value factory) {}

    /** A class of the user's; its attributes are parts of the object. */
    static final class UserClass {
        final String name;
        final List<HeapObject> bases;

        /** The class of the class, if it is one of the user's. */
        @Nullable
        HeapObject metaclass;

        /** Annotated names of the body in order, which a data class takes as arguments. */
        final Map<String, Value> fields = new LinkedHashMap<>();

        UserClass(String name, List<HeapObject> bases) {
            this.name = name;
            this.bases = bases;
        }
    }

    /** An object of a class of the user's. */
    record Instance(HeapObject userClass) {}

    /** A method of the user's with its object. */
    record BoundMethod(HeapObject self, Function function) {}

    /** A function of a library, or a method with its object. */
    record LibraryFunction(
            CallKnowledge knowledge,
            String qualifiedName,
            @Nullable HeapObject self) {}

    /** A class of a library. */
    record LibraryClass(ClassKnowledge type) {}

    /** A name of a library of which nothing is said: a module, function or class. */
    record LibraryName(String qualifiedName, @Nullable ModuleKnowledge module) {}

    /** A module; {@code scope} is its namespace if its source could be read. */
    record Module(
            String name,
            @Nullable ModuleKnowledge knowledge,
            @Nullable Scope scope) {}

    /** A method that is not known of an object, or an attribute that is called. */
    record UnknownMethod(HeapObject self, String name) {}

    /** An open file. */
    static final class OpenFile {
        private final List<String> paths;
        private final boolean writes;

        /** Whether something was written through it. */
        boolean written;

        OpenFile(List<String> paths, boolean writes) {
            this.paths = List.copyOf(paths);
            this.writes = writes;
        }

        List<String> paths() {
            return paths;
        }

        boolean writes() {
            return writes;
        }
    }

    /** The session's names as a dict. */
    record Namespace(Scope scope) {}

    /** A model with a random state of its own. */
    record Seeded() {}

    /** What {@code super()} gives. */
    record Super(HeapObject self, HeapObject definedIn) {}

    /** A generator or another iterator that works when it is asked. */
    static final class Deferred {
        final Supplier<Given> work;

        /** The statement in which it last worked; -1 before it did. */
        int workedIn = -1;

        Deferred(Supplier<Given> work) {
            this.work = work;
        }
    }

    /** What an iterator gives: of which kind, and place by place if that is known. */
    record Given(Value elements, @Nullable List<Value> items) {}
}
