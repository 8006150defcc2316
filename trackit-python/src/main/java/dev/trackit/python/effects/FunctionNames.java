package dev.trackit.python.effects;

import dev.trackit.python.ast.Alias;
import dev.trackit.python.ast.Arg;
import dev.trackit.python.ast.Arguments;
import dev.trackit.python.ast.Comprehension;
import dev.trackit.python.ast.ExceptHandler;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.Pattern;
import dev.trackit.python.ast.Stmt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which names of a function's body are its own, by Python's rules.
 *
 * @param locals names that the body binds
 * @param globals names that it declares {@code global}
 * @param generator whether it has a {@code yield}
 */
record FunctionNames(Set<String> locals, Set<String> globals, boolean generator) {

    static FunctionNames of(Arguments parameters, List<Stmt> body) {
        Collector c = new Collector();
        for (Arg a : parameters.positionalOnly()) {
            c.locals.add(a.name());
        }
        for (Arg a : parameters.positional()) {
            c.locals.add(a.name());
        }
        for (Arg a : parameters.keywordOnly()) {
            c.locals.add(a.name());
        }
        Arg vararg = parameters.vararg();
        if (vararg != null) {
            c.locals.add(vararg.name());
        }
        Arg kwarg = parameters.kwarg();
        if (kwarg != null) {
            c.locals.add(kwarg.name());
        }
        for (Stmt s : body) {
            c.visit(s);
        }
        c.locals.removeAll(c.globals);
        c.locals.removeAll(c.nonlocals);
        return new FunctionNames(c.locals, c.globals, c.generator);
    }

    /** The names that a comprehension's targets bind. */
    static Set<String> ofTargets(List<Comprehension> generators) {
        Collector c = new Collector();
        for (Comprehension g : generators) {
            c.visit(g.target());
        }
        return c.locals;
    }

    /** Names that statements bind where they stand, function bodies left out. */
    static Set<String> boundBy(List<Stmt> statements) {
        Collector c = new Collector();
        for (Stmt s : statements) {
            c.visit(s);
        }
        return c.locals;
    }

    /** All names that stand in a function, those of functions in it too. */
    static Set<String> usedIn(List<Stmt> body, @Nullable Expr result) {
        Set<String> used = new HashSet<>();
        new Object() {
            void visit(Node n) {
                if (n instanceof Expr.Name name) {
                    used.add(name.id());
                }
                n.forEachChild(this::visit);
            }

            void all() {
                body.forEach(this::visit);
                if (result != null) {
                    visit(result);
                }
            }
        }.all();
        return used;
    }

    private static final class Collector {
        final Set<String> locals = new HashSet<>();
        final Set<String> globals = new HashSet<>();
        final Set<String> nonlocals = new HashSet<>();
        boolean generator;

        void visit(Node node) {
            if (node instanceof Stmt s) {
                switch (s.kind()) {
                    case FUNCTION_DEF -> {
                        Stmt.FunctionDef f = (Stmt.FunctionDef) s;
                        locals.add(f.name());
                        f.decorators().forEach(this::visit);
                        return;
                    }
                    case CLASS_DEF -> {
                        locals.add(((Stmt.ClassDef) s).name());
                        return;
                    }
                    case GLOBAL -> globals.addAll(((Stmt.Global) s).names());
                    case NONLOCAL -> nonlocals.addAll(((Stmt.Nonlocal) s).names());
                    case IMPORT -> ((Stmt.Import) s).names().forEach(this::bindImport);
                    case IMPORT_FROM -> ((Stmt.ImportFrom) s).names().forEach(this::bindImport);
                    default -> {}
                }
            } else if (node instanceof Expr e) {
                switch (e.kind()) {
                    case LAMBDA -> {
                        return;
                    }
                    case NAME -> {
                        Expr.Name n = (Expr.Name) e;
                        if (n.context() != Expr.Context.LOAD) {
                            locals.add(n.id());
                        }
                    }
                    case YIELD, YIELD_FROM -> generator = true;
                    case LIST_COMP, SET_COMP, DICT_COMP, GENERATOR_EXP -> {
                        visitComprehension(e);
                        return;
                    }
                    default -> {}
                }
            } else if (node instanceof ExceptHandler h && h.name() != null) {
                locals.add(h.name());
            } else if (node instanceof Pattern.MatchAs p && p.name() != null) {
                locals.add(p.name());
            } else if (node instanceof Pattern.MatchStar p && p.name() != null) {
                locals.add(p.name());
            } else if (node instanceof Pattern.MatchMapping p && p.rest() != null) {
                locals.add(p.rest());
            }
            node.forEachChild(this::visit);
        }

        /** A comprehension's targets are its own; only a walrus in it binds outside. */
        private void visitComprehension(Node node) {
            if (node instanceof Expr.NamedExpr n) {
                visit(n.target());
            }
            if (node instanceof Expr.Lambda) {
                return;
            }
            node.forEachChild(this::visitComprehension);
        }

        private void bindImport(Alias a) {
            String as = a.asName();
            String name = a.name();
            if (as != null) {
                locals.add(as);
            } else if (!name.equals("*")) {
                int dot = name.indexOf('.');
                locals.add(dot < 0 ? name : name.substring(0, dot));
            }
        }
    }
}
