package dev.trackit.python.scope;

import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Stmt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scope of names: a cell, a function, a lambda, a comprehension, a class body, or the type parameters of one of them.
 *
 * <p>Names in sets come in the order in which the source mentions them. Private names in classes are mangled as Python
 * does ({@code __x} in class {@code C} is {@code _C__x}). Magics and shell commands count by the names that their nodes
 * hold. A {@code del} counts as a binding, as in Python. Immutable once made.
 */
public final class Scope {

    /** What a scope belongs to. */
    public enum Kind {
        MODULE,
        FUNCTION,
        LAMBDA,
        COMPREHENSION,
        CLASS,
        TYPE_PARAMETERS
    }

    /** Where the value of a name lives that a scope mentions. */
    public enum Resolution {
        /** In this scope. */
        LOCAL,
        /** In the namespace of the kernel, or a builtin. */
        GLOBAL,
        /** In an enclosing function. */
        FREE
    }

    private final Kind kind;
    private final @Nullable Node node;
    private final String name;
    private final @Nullable Scope parent;
    private final List<Scope> children = new ArrayList<>();
    private final Map<Node, Scope> scopes;

    final Set<String> parameters = new LinkedHashSet<>();
    final Set<String> bound = new LinkedHashSet<>();
    final Set<String> used = new LinkedHashSet<>();
    final Set<String> declaredGlobal = new LinkedHashSet<>();
    final Set<String> declaredNonlocal = new LinkedHashSet<>();
    private final Map<String, Resolution> resolutions = new LinkedHashMap<>();

    Scope(Kind kind, @Nullable Node node, String name, @Nullable Scope parent, Map<Node, Scope> scopes) {
        this.kind = kind;
        this.node = node;
        this.name = name;
        this.parent = parent;
        this.scopes = scopes;
        if (parent != null) {
            parent.children.add(this);
        }
        if (node != null && kind != Kind.TYPE_PARAMETERS) {
            scopes.put(node, this);
        }
    }

    /** The scope of a cell, with all scopes within it. */
    public static Scope of(ParsedCell cell) {
        return of(cell.statements());
    }

    /** The scope of some statements that run in the namespace of the kernel. */
    public static Scope of(List<Stmt> statements) {
        return new ScopeBuilder().build(statements);
    }

    /** What this scope belongs to. */
    public Kind kind() {
        return kind;
    }

    /** The function, lambda, comprehension, class or type alias; none for the outermost scope. */
    public Optional<Node> node() {
        return Optional.ofNullable(node);
    }

    /** The name of the function or class, {@code lambda}, {@code listcomp} and the like, or {@code top}. */
    public String name() {
        return name;
    }

    /** The scope that this one stands in. */
    public Optional<Scope> parent() {
        return Optional.ofNullable(parent);
    }

    /** The scopes directly within this one, in the order of the source. */
    public List<Scope> children() {
        return Collections.unmodifiableList(children);
    }

    /** The scope that belongs to a function, lambda, comprehension or class anywhere below the outermost scope. */
    public Optional<Scope> scopeOf(Node owner) {
        return Optional.ofNullable(scopes.get(owner));
    }

    /** The parameters of a function or lambda. */
    public Set<String> parameters() {
        return Collections.unmodifiableSet(parameters);
    }

    /** The names that the code of this scope itself binds or deletes, wherever they live. */
    public Set<String> bound() {
        return Collections.unmodifiableSet(bound);
    }

    /** The names that the code of this scope itself reads, wherever they live; scopes within it not counted. */
    public Set<String> used() {
        return Collections.unmodifiableSet(used);
    }

    /** The names that {@code global} declares here. */
    public Set<String> declaredGlobal() {
        return Collections.unmodifiableSet(declaredGlobal);
    }

    /** The names that {@code nonlocal} declares here. */
    public Set<String> declaredNonlocal() {
        return Collections.unmodifiableSet(declaredNonlocal);
    }

    /** The names that live in this scope. */
    public Set<String> locals() {
        return resolved(Resolution.LOCAL);
    }

    /** The names mentioned here that live in the namespace of the kernel or are builtins. */
    public Set<String> globals() {
        return resolved(Resolution.GLOBAL);
    }

    /** The names that live in an enclosing function, those included that only a scope within this one mentions. */
    public Set<String> free() {
        return resolved(Resolution.FREE);
    }

    /** Where a name lives; none if this scope does not mention it. */
    public Optional<Resolution> resolution(String mentioned) {
        return Optional.ofNullable(resolutions.get(mentioned));
    }

    /** The global names that this scope or one within it reads: what running all of it may need from the kernel. */
    public Set<String> globalsRead() {
        Set<String> read = new LinkedHashSet<>();
        collect(read, false);
        return read;
    }

    /** The global names that this scope or one within it binds or deletes. */
    public Set<String> globalsBound() {
        Set<String> changed = new LinkedHashSet<>();
        collect(changed, true);
        return changed;
    }

    private void collect(Set<String> into, boolean binding) {
        for (String mentioned : binding ? bound : used) {
            boolean global = resolutions.get(mentioned) == Resolution.GLOBAL || kind == Kind.MODULE;
            if (global) {
                into.add(mentioned);
            }
        }
        children.forEach(child -> child.collect(into, binding));
    }

    private Set<String> resolved(Resolution wanted) {
        Set<String> names = new LinkedHashSet<>();
        resolutions.forEach((mentioned, resolution) -> {
            if (resolution == wanted) {
                names.add(mentioned);
            }
        });
        return names;
    }

    // Resolution, after all names are collected.

    /** Resolves the names of this scope and of those within it; returns the names that are free here. */
    Set<String> resolve() {
        for (Set<String> names : List.of(parameters, bound, used, declaredGlobal, declaredNonlocal)) {
            names.forEach(mentioned -> resolutions.computeIfAbsent(mentioned, this::lookUp));
        }
        for (Scope child : children) {
            for (String free : child.resolve()) {
                if (!bindsForChildren(free)) {
                    resolutions.putIfAbsent(free, Resolution.FREE);
                }
            }
        }
        Set<String> free = free();
        if (kind == Kind.CLASS) {
            // a name that the class body binds for itself may be another one for the functions in it
            for (Scope child : children) {
                child.free().stream()
                        .filter(mentioned -> !IMPLICIT_CLASS.equals(mentioned))
                        .forEach(free::add);
            }
        }
        return free;
    }

    static final String IMPLICIT_CLASS = "__class__";

    private Resolution lookUp(String mentioned) {
        if (declaredGlobal.contains(mentioned)) {
            return kind == Kind.MODULE ? Resolution.LOCAL : Resolution.GLOBAL;
        }
        if (declaredNonlocal.contains(mentioned)) {
            return Resolution.FREE;
        }
        if (parameters.contains(mentioned) || bound.contains(mentioned)) {
            return Resolution.LOCAL;
        }
        for (Scope outer = parent; outer != null && outer.kind != Kind.MODULE; outer = outer.parent) {
            if (outer.bindsForChildren(mentioned)) {
                return Resolution.FREE;
            }
            if (outer.kind != Kind.CLASS && outer.declaredGlobal.contains(mentioned)) {
                return Resolution.GLOBAL;
            }
        }
        return Resolution.GLOBAL;
    }

    /** Whether functions within this scope see its name: class bodies bind for themselves only. */
    private boolean bindsForChildren(String mentioned) {
        if (kind == Kind.CLASS) {
            return mentioned.equals(IMPLICIT_CLASS);
        }
        boolean binds = parameters.contains(mentioned) || bound.contains(mentioned);
        return binds && !declaredGlobal.contains(mentioned) && !declaredNonlocal.contains(mentioned);
    }

    @Override
    public String toString() {
        return kind + " " + name + " " + resolutions;
    }
}
