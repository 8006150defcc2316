package dev.trackit.python.effects;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds and looks up names. Bindings of the session's namespace are effects; those of calls and comprehensions are not. */
final class Names {
    private final Machine m;
    final Trail trail = new Trail(this);

    /** Names of the session's namespace that the running execution bound or unbound. */
    final Set<String> touched = new LinkedHashSet<>();

    Names(Machine machine) {
        this.m = machine;
    }

    static Location location(String name) {
        return new Location(Location.Kind.BINDING, "name:" + name, name, name);
    }

    /** The value of a name; nothing if it is not bound as far as is known. */
    Value read(Scope scope, String name) {
        Scope home = scope.home(name);
        Binding b = home.bindings.get(name);
        if (home.kind != Scope.Kind.GLOBAL) {
            if (home.kind == Scope.Kind.MODULE && b != null) {
                m.imports.noteRead(home, name);
            }
            HeapObject cells = home.cells;
            if (cells != null && cells.part("." + name) != null) {
                m.heap.readPart(cells, "." + name);
            }
            return b == null ? Value.NOTHING : b.value();
        }
        if (b == null || b.value().isNothing()) {
            if (m.builtins.isBuiltin(name)) {
                return m.builtins.value(name);
            }
            if (!History.isName(name)) {
                m.log.add(Effect.Kind.READ, location(name), b == null);
            }
            return Value.NOTHING;
        }
        boolean local = b.execution() == m.execution && b.sure();
        m.log.add(Effect.Kind.READ, location(name), !local);
        return b.value();
    }

    /** Whether the session's namespace has the name. */
    boolean isBound(String name) {
        Binding b = m.globals.bindings.get(name);
        return b != null && !b.value().isNothing();
    }

    /** Binds a name as an assignment in this scope does. */
    void bind(Scope scope, String name, Value value) {
        Scope home = scope.target(name);
        trail.note(home, name);
        if (home.kind == Scope.Kind.GLOBAL) {
            m.log.add(Effect.Kind.WRITE, location(name), false);
            touched.add(name);
        } else if (home.kind == Scope.Kind.MODULE) {
            m.imports.noteBound(home, name);
        }
        HeapObject cells = home.cells;
        if (cells != null && cells.part("." + name) != null) {
            m.heap.writePart(cells, "." + name, value);
        }
        restore(home, name, new Binding(value, m.execution, true));
    }

    /** The object that keeps the names of a call for the functions that were made in it, this name among them. */
    HeapObject capture(Scope scope, String name) {
        HeapObject cells = scope.cells;
        if (cells == null) {
            cells = m.heap.make(m.types.instance);
            scope.cells = cells;
        }
        if (cells.part("." + name) == null) {
            Binding b = scope.bindings.get(name);
            m.heap.setPart(cells, "." + name, b == null ? Value.NOTHING : b.value());
        }
        return cells;
    }

    /** Unbinds a name as {@code del} does. */
    void unbind(Scope scope, String name) {
        Scope home = scope.target(name);
        trail.note(home, name);
        if (home.kind == Scope.Kind.GLOBAL) {
            read(scope, name);
            m.log.add(Effect.Kind.DELETE, location(name), false);
            touched.add(name);
            restore(home, name, new Binding(Value.NOTHING, m.execution, true));
        } else {
            restore(home, name, null);
        }
    }

    /** Puts a binding in place without an effect. */
    void restore(Scope scope, String name, @Nullable Binding binding) {
        Map<String, Binding> bindings = scope.bindings;
        Binding old = binding == null ? bindings.remove(name) : bindings.put(name, binding);
        if (scope.kind != Scope.Kind.GLOBAL) {
            return;
        }
        if (old != null) {
            for (HeapObject o : old.value().objects()) {
                List<String> names = o.names;
                if (names != null) {
                    names.remove(name);
                }
            }
        }
        if (binding != null) {
            for (HeapObject o : binding.value().objects()) {
                if (o.identity && !o.namesForChange().contains(name)) {
                    o.namesForChange().add(name);
                }
            }
        }
    }
}
