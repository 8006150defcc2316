package dev.trackit.python.effects;

import dev.trackit.python.knowledge.CallKnowledge;
import dev.trackit.python.knowledge.ModuleKnowledge;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Python's built-in names, and those that IPython adds. */
final class Builtins {
    private final Machine m;
    private final Map<String, Value> values = new HashMap<>();

    Builtins(Machine machine) {
        this.m = machine;
    }

    private ModuleKnowledge module() {
        return Objects.requireNonNull(m.knowledge.module("builtins"), "builtins");
    }

    boolean isBuiltin(String name) {
        ModuleKnowledge b = module();
        return b.function(name) != null || b.type(name) != null || b.constant(name) != null || isException(name);
    }

    private static boolean isException(String name) {
        return name.endsWith("Error")
                || name.endsWith("Warning")
                || name.endsWith("Exception")
                || name.equals("KeyboardInterrupt")
                || name.equals("StopIteration")
                || name.equals("SystemExit");
    }

    Value value(String name) {
        Value known = values.get(name);
        if (known == null) {
            known = name.equals("__name__")
                    ? m.ofConstant("__main__")
                    : isException(name)
                            ? m.imports.libraryClass(m.knowledge.requireType("builtins.BaseException"))
                            : m.imports.member(module(), "builtins", name);
            values.put(name, known);
        }
        return known;
    }

    /** A function that changes nothing and returns something immutable. */
    HeapObject pureFunction(String name) {
        CallKnowledge pure = Objects.requireNonNull(module().function("hash"), "hash");
        HeapObject o = new HeapObject(0, m.types.function, false, m.statement, null);
        o.payload = new Payload.LibraryFunction(pure, name, null);
        return o;
    }
}
