package dev.trackit.python.effects;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A namespace: the session's, another module's, a call's, a class body's or a comprehension's. */
final class Scope {

    /** What kind of namespace. */
    enum Kind {
        GLOBAL,
        MODULE,
        FUNCTION,
        CLASS,
        COMPREHENSION
    }

    final Kind kind;
    final @Nullable Scope parent;
    final Set<String> locals;
    final Set<String> globals;
    final Map<String, Binding> bindings = new HashMap<>();

    /** What functions that were made here keep of its names; null if none does. */
    @Nullable
    HeapObject cells;

    /** The name of the module whose namespace it is; empty for all others. */
    String module = "";

    /** Whether the module's source has been run to its end. */
    boolean complete;

    /** Names of a module that were bound after its source had run. */
    final Set<String> changed = new HashSet<>(0);

    Scope(Kind kind, @Nullable Scope parent, Set<String> locals, Set<String> globals) {
        this.kind = kind;
        this.parent = parent;
        this.locals = locals;
        this.globals = globals;
    }

    static Scope global() {
        return new Scope(Kind.GLOBAL, null, Set.of(), Set.of());
    }

    /** The namespace in which a name that is used here lives. */
    Scope home(String name) {
        for (Scope s = this; s != null; s = s.parent) {
            if (s.kind == Kind.GLOBAL || s.kind == Kind.MODULE) {
                return s;
            }
            if (s.globals.contains(name)) {
                return s.root();
            }
            if (s.kind == Kind.CLASS) {
                if (s == this && s.bindings.containsKey(name)) {
                    return s;
                }
            } else if (s.locals.contains(name)) {
                return s;
            }
        }
        throw new IllegalStateException("a namespace without globals");
    }

    /** The namespace in which an assignment here binds a name. */
    Scope target(String name) {
        if (kind == Kind.CLASS && !globals.contains(name)) {
            return this;
        }
        return home(name);
    }

    /** The namespace that a walrus in a comprehension binds in. */
    Scope outsideComprehensions() {
        Scope s = this;
        while (s.kind == Kind.COMPREHENSION && s.parent != null) {
            s = s.parent;
        }
        return s;
    }

    private Scope root() {
        Scope s = this;
        while (s.parent != null) {
            s = s.parent;
        }
        return s;
    }
}
