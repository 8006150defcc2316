package dev.trackit.python.scope;

import dev.trackit.python.ast.Alias;
import dev.trackit.python.ast.Arg;
import dev.trackit.python.ast.Arguments;
import dev.trackit.python.ast.Comprehension;
import dev.trackit.python.ast.ExceptHandler;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.Pattern;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.ast.TypeParam;
import dev.trackit.python.scope.Scope.Kind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the names of scopes in one walk over a tree; rules as in CPython's {@code Python/symtable.c}. */
final class ScopeBuilder {

    private final Map<Node, Scope> scopes = new IdentityHashMap<>();
    private Scope current = new Scope(Kind.MODULE, null, "top", null, scopes);
    /** The class whose private names are mangled, without its leading underscores. */
    private @Nullable String mangler;

    private boolean lazyAnnotations;

    Scope build(List<Stmt> statements) {
        Scope root = current;
        lazyAnnotations = statements.stream().anyMatch(ScopeBuilder::makesAnnotationsLazy);
        visitAll(statements);
        root.resolve();
        return root;
    }

    private static boolean makesAnnotationsLazy(Stmt statement) {
        return statement instanceof Stmt.ImportFrom from
                && "__future__".equals(from.module())
                && from.names().stream().anyMatch(alias -> alias.name().equals("annotations"));
    }

    private void visitAll(List<? extends Node> nodes) {
        for (Node node : nodes) {
            visit(node);
        }
    }

    private void visitOptional(@Nullable Node node) {
        if (node != null) {
            visit(node);
        }
    }

    private void annotation(@Nullable Expr annotation) {
        if (annotation != null && !lazyAnnotations) {
            visit(annotation);
        }
    }

    private void visit(Node node) {
        if (node instanceof Expr expr) {
            expression(expr);
        } else if (node instanceof Stmt stmt) {
            statement(stmt);
        } else if (node instanceof Pattern pattern) {
            pattern(pattern);
        } else {
            if (node instanceof ExceptHandler handler && handler.name() != null) {
                bind(handler.name());
            }
            node.forEachChild(this::visit);
        }
    }

    // Names.

    private String mangled(String name) {
        boolean isPrivate = mangler != null && name.startsWith("__") && !name.endsWith("__") && name.indexOf('.') < 0;
        return isPrivate ? "_" + mangler + name : name;
    }

    private void bind(String name) {
        current.bound.add(mangled(name));
    }

    private void use(String name) {
        current.used.add(mangled(name));
        if (name.equals("super") && (current.kind() == Kind.FUNCTION || current.kind() == Kind.LAMBDA)) {
            current.used.add(Scope.IMPLICIT_CLASS);
        }
    }

    /** A name that {@code :=} binds belongs to the function around comprehensions. */
    private void bindAround(String name) {
        Scope target = current;
        List<Scope> comprehensions = new ArrayList<>();
        while (target.kind() == Kind.COMPREHENSION) {
            comprehensions.add(target);
            target = target.parent().orElseThrow();
        }
        String mangled = mangled(name);
        boolean global = target.kind() == Kind.MODULE || target.declaredGlobal.contains(mangled);
        for (Scope comprehension : comprehensions) {
            (global ? comprehension.declaredGlobal : comprehension.declaredNonlocal).add(mangled);
            comprehension.bound.add(mangled);
        }
        target.bound.add(mangled);
    }

    // Scopes.

    private Scope enter(Kind kind, Node node, String name) {
        Scope outer = current;
        current = new Scope(kind, node, name, outer, scopes);
        return outer;
    }

    /** Opens a scope for type parameters, if there are some; returns the scope to go back to. */
    private Scope enterTypeParams(List<TypeParam> params, Node node, String name) {
        Scope outer = current;
        if (!params.isEmpty()) {
            enter(Kind.TYPE_PARAMETERS, node, name);
            for (TypeParam param : params) {
                bind(param.name());
                visitOptional(param.bound());
                visitOptional(param.defaultValue());
            }
        }
        return outer;
    }

    private void function(Stmt.FunctionDef function) {
        bind(function.name());
        visitAll(function.decorators());
        defaults(function.arguments());
        Scope outer = enterTypeParams(function.typeParams(), function, function.name());
        everyArg(function.arguments()).forEach(arg -> annotation(arg.annotation()));
        annotation(function.returns());
        Scope around = enter(Kind.FUNCTION, function, function.name());
        parameters(function.arguments());
        visitAll(function.body());
        current = around;
        current = outer;
    }

    private void lambda(Expr.Lambda lambda) {
        defaults(lambda.arguments());
        Scope outer = enter(Kind.LAMBDA, lambda, "lambda");
        parameters(lambda.arguments());
        visit(lambda.body());
        current = outer;
    }

    private void defaults(Arguments arguments) {
        everyArg(arguments).forEach(arg -> visitOptional(arg.defaultValue()));
    }

    private void parameters(Arguments arguments) {
        everyArg(arguments).forEach(arg -> current.parameters.add(mangled(arg.name())));
    }

    private static List<Arg> everyArg(Arguments arguments) {
        List<Arg> all = new ArrayList<>(arguments.positionalOnly());
        all.addAll(arguments.positional());
        all.addAll(arguments.keywordOnly());
        if (arguments.vararg() != null) {
            all.add(arguments.vararg());
        }
        if (arguments.kwarg() != null) {
            all.add(arguments.kwarg());
        }
        return all;
    }

    private void classDef(Stmt.ClassDef type) {
        bind(type.name());
        visitAll(type.decorators());
        String outerMangler = mangler;
        Scope outer = enterTypeParams(type.typeParams(), type, type.name());
        visitAll(type.bases());
        visitAll(type.keywords());
        Scope around = enter(Kind.CLASS, type, type.name());
        mangler = withoutUnderscores(type.name());
        visitAll(type.body());
        mangler = outerMangler;
        current = around;
        current = outer;
    }

    private static @Nullable String withoutUnderscores(String name) {
        int start = 0;
        while (start < name.length() && name.charAt(start) == '_') {
            start++;
        }
        return start == name.length() ? null : name.substring(start);
    }

    private void comprehension(Node node, String name, List<Comprehension> generators, Expr... elements) {
        visit(generators.get(0).iter());
        Scope outer = enter(Kind.COMPREHENSION, node, name);
        for (int i = 0; i < generators.size(); i++) {
            Comprehension generator = generators.get(i);
            visit(generator.target());
            if (i > 0) {
                visit(generator.iter());
            }
            visitAll(generator.ifs());
        }
        visitAll(List.of(elements));
        current = outer;
    }

    // Nodes.

    private void statement(Stmt statement) {
        switch (statement.kind()) {
            case FUNCTION_DEF -> function((Stmt.FunctionDef) statement);
            case CLASS_DEF -> classDef((Stmt.ClassDef) statement);
            case IMPORT -> ((Stmt.Import) statement).names().forEach(this::imported);
            case IMPORT_FROM -> ((Stmt.ImportFrom) statement).names().forEach(this::imported);
            case GLOBAL -> ((Stmt.Global) statement).names().forEach(name -> current.declaredGlobal.add(mangled(name)));
            case NONLOCAL ->
                ((Stmt.Nonlocal) statement).names().forEach(name -> current.declaredNonlocal.add(mangled(name)));
            case ANN_ASSIGN -> annotated((Stmt.AnnAssign) statement);
            case TYPE_ALIAS -> typeAlias((Stmt.TypeAlias) statement);
            default -> statement.forEachChild(this::visit);
        }
    }

    private void imported(Alias alias) {
        String name = alias.asName();
        if (name == null) {
            int dot = alias.name().indexOf('.');
            name = dot < 0 ? alias.name() : alias.name().substring(0, dot);
        }
        if (!name.equals("*")) {
            bind(name);
        }
    }

    private void annotated(Stmt.AnnAssign statement) {
        if (statement.target() instanceof Expr.Name name) {
            if (statement.simple() || statement.value() != null) {
                bind(name.id());
            }
        } else {
            visit(statement.target());
        }
        annotation(statement.annotation());
        visitOptional(statement.value());
    }

    private void typeAlias(Stmt.TypeAlias alias) {
        visit(alias.name());
        String name = alias.name() instanceof Expr.Name id ? id.id() : "";
        Scope outer = enterTypeParams(alias.typeParams(), alias, name);
        visit(alias.value());
        current = outer;
    }

    private void expression(Expr expression) {
        switch (expression.kind()) {
            case NAME -> name((Expr.Name) expression);
            case LAMBDA -> lambda((Expr.Lambda) expression);
            case NAMED_EXPR -> {
                Expr.NamedExpr named = (Expr.NamedExpr) expression;
                visit(named.value());
                bindAround(((Expr.Name) named.target()).id());
            }
            case LIST_COMP -> {
                Expr.ListComp comp = (Expr.ListComp) expression;
                comprehension(comp, "listcomp", comp.generators(), comp.element());
            }
            case SET_COMP -> {
                Expr.SetComp comp = (Expr.SetComp) expression;
                comprehension(comp, "setcomp", comp.generators(), comp.element());
            }
            case DICT_COMP -> {
                Expr.DictComp comp = (Expr.DictComp) expression;
                comprehension(comp, "dictcomp", comp.generators(), comp.key(), comp.value());
            }
            case GENERATOR_EXP -> {
                Expr.GeneratorExp comp = (Expr.GeneratorExp) expression;
                comprehension(comp, "genexpr", comp.generators(), comp.element());
            }
            default -> expression.forEachChild(this::visit);
        }
    }

    private void name(Expr.Name name) {
        if (name.context() == Expr.Context.LOAD) {
            use(name.id());
        } else {
            bind(name.id());
        }
    }

    private void pattern(Pattern pattern) {
        String name =
                switch (pattern.kind()) {
                    case MATCH_AS -> ((Pattern.MatchAs) pattern).name();
                    case MATCH_STAR -> ((Pattern.MatchStar) pattern).name();
                    case MATCH_MAPPING -> ((Pattern.MatchMapping) pattern).rest();
                    default -> null;
                };
        if (name != null) {
            bind(name);
        }
        pattern.forEachChild(this::visit);
    }
}
