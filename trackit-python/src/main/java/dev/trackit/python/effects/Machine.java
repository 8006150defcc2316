package dev.trackit.python.effects;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.knowledge.Knowledge;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the interpreter and what they share for one session. Not safe for use by several threads.
 */
final class Machine {
    final Knowledge knowledge;
    final Types types;
    final Budget budget = new Budget();
    final Repetitions repetitions = new Repetitions(this::standsForConstant);
    final EffectLog log = new EffectLog(repetitions);
    final Scope globals = Scope.global();
    final Names names = new Names(this);
    final Heap heap = new Heap(this);
    final Builtins builtins = new Builtins(this);
    final Constants constants = new Constants(this);
    final Attributes attributes = new Attributes(this);
    final Subscripts subscripts = new Subscripts(this);
    final SubscriptStores subscriptStores = new SubscriptStores(this);
    final Assignments assignments = new Assignments(this);
    final Calls calls = new Calls(this);
    final UserCalls userCalls = new UserCalls(this);
    final LibraryCalls libraryCalls = new LibraryCalls(this);
    final SpecialCalls specialCalls = new SpecialCalls(this);
    final Results results = new Results(this);
    final Shapes shapes = new Shapes(this);
    final FrameFunctions frameFunctions = new FrameFunctions(this);
    final Lengths lengths = new Lengths(this);
    final FilePaths files;
    final Figures figures = new Figures(this);
    final Steps steps = new Steps(this);
    final Columns columns = new Columns(this);
    final Imports imports = new Imports(this);
    final Expressions expressions = new Expressions(this);
    final Comprehensions comprehensions = new Comprehensions(this);
    final Statements statements = new Statements(this);
    final ControlFlow controlFlow = new ControlFlow(this);
    final Definitions definitions = new Definitions(this);
    final Magics magics = new Magics(this);
    final History history = new History(this);

    /** What the session put into classes of libraries, by name: a method of all frames, say. */
    final Map<String, Value> patched = new HashMap<>();

    /** The number of the running execution, from 1. */
    int execution;

    /** The number of the running statement, unique in the session. */
    int statement;

    /** When the running execution was over at the latest; null if that is not known. */
    @Nullable
    Instant executionEnd;

    /** The line of the running statement. */
    int line = 1;

    /** The call whose result nobody takes, while it is made. */
    @Nullable
    Expr discarded;

    /** The namespace in which the call stands that is being made. */
    Scope scopeOfCall = globals;

    /** The source of the running cell, for the text of arguments. */
    String source = "";

    Machine(Knowledge knowledge, @Nullable Path workingFolder) {
        this.knowledge = knowledge;
        this.types = new Types(knowledge);
        this.files = new FilePaths(this, workingFolder);
    }

    /** Whether a binding's key is that of a name which stands for something immutable. */
    private boolean standsForConstant(String key) {
        Binding b = key.startsWith("name:") ? globals.bindings.get(key.substring(5)) : null;
        if (b == null || b.value().isNothing()) {
            return false;
        }
        for (HeapObject o : b.value().objects()) {
            if (o.identity || o.payload instanceof Payload.Function) {
                return false;
            }
        }
        return true;
    }

    /** A fresh object of which nothing is known. */
    Value unknown() {
        return heap.makeValue(types.unknown);
    }

    /** An immutable value of which only that is known. */
    Value scalar() {
        return Value.of(types.scalarObject);
    }

    Value none() {
        return Value.of(types.noneObject);
    }

    Value bool() {
        return Value.of(types.boolObject);
    }

    Value string() {
        return Value.of(types.stringObject);
    }

    Value integer() {
        return Value.of(types.intObject);
    }

    Value ofConstant(Object constant) {
        return Value.of(heap.constant(constant));
    }
}
