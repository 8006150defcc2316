package dev.trackit.python.effects;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Stmt;
import java.util.List;

/** Runs statements over abstract values. */
final class Statements {
    private final Machine m;

    Statements(Machine machine) {
        this.m = machine;
    }

    Completion runBlock(List<Stmt> block, Scope scope) {
        for (Stmt s : block) {
            if (m.budget.exhausted()) {
                return Completion.NORMAL;
            }
            Completion c = run(s, scope);
            if (c != Completion.NORMAL) {
                return c;
            }
        }
        return Completion.NORMAL;
    }

    Completion run(Stmt s, Scope scope) {
        m.budget.step();
        if (scope.kind == Scope.Kind.GLOBAL) {
            m.line = s.span().line();
        }
        switch (s.kind()) {
            case FUNCTION_DEF -> m.definitions.function((Stmt.FunctionDef) s, scope);
            case CLASS_DEF -> m.definitions.type((Stmt.ClassDef) s, scope);
            case RETURN -> {
                Expr value = ((Stmt.Return) s).value();
                m.userCalls.returned(value == null ? m.none() : m.expressions.eval(value, scope));
                return Completion.EXIT;
            }
            case DELETE -> ((Stmt.Delete) s).targets().forEach(t -> m.assignments.delete(t, scope));
            case ASSIGN -> assign((Stmt.Assign) s, scope);
            case AUG_ASSIGN -> m.assignments.augmented((Stmt.AugAssign) s, scope);
            case ANN_ASSIGN -> {
                Stmt.AnnAssign a = (Stmt.AnnAssign) s;
                Expr value = a.value();
                if (scope.kind != Scope.Kind.FUNCTION) {
                    m.expressions.use(a.annotation(), scope);
                }
                if (value != null) {
                    m.assignments.assign(a.target(), m.expressions.eval(value, scope), scope);
                }
            }
            case TYPE_ALIAS -> m.assignments.assign(((Stmt.TypeAlias) s).name(), m.scalar(), scope);
            case FOR, WHILE, IF, WITH, MATCH, TRY -> {
                return m.controlFlow.run(s, scope);
            }
            case RAISE -> {
                m.expressions.useIfAny(((Stmt.Raise) s).exception(), scope);
                m.expressions.useIfAny(((Stmt.Raise) s).cause(), scope);
                return Completion.EXIT;
            }
            case ASSERT -> {
                m.expressions.use(((Stmt.Assert) s).test(), scope);
                m.expressions.useIfAny(((Stmt.Assert) s).message(), scope);
            }
            case IMPORT -> m.imports.run((Stmt.Import) s, scope);
            case IMPORT_FROM -> m.imports.run((Stmt.ImportFrom) s, scope);
            case EXPR_STMT -> {
                Expr e = ((Stmt.ExprStmt) s).value();
                m.discarded = e;
                m.history.shown(e, m.expressions.eval(e, scope), scope);
            }
            case BREAK, CONTINUE -> {
                return Completion.LOOP;
            }
            case LINE_MAGIC, CELL_MAGIC, SHELL_COMMAND -> m.magics.run(s, scope);
            case AUTO_CALL -> m.expressions.use(((Stmt.AutoCall) s).call(), scope);
            case PRINT_STMT -> {
                m.expressions.useIfAny(((Stmt.PrintStmt) s).destination(), scope);
                ((Stmt.PrintStmt) s).values().forEach(v -> m.expressions.use(v, scope));
            }
            case EXEC_STMT -> m.expressions.use(((Stmt.ExecStmt) s).code(), scope);
            case GLOBAL, NONLOCAL, PASS, HELP, BAD_STATEMENT -> {}
        }
        return Completion.NORMAL;
    }

    private void assign(Stmt.Assign s, Scope scope) {
        Value value = m.expressions.eval(s.value(), scope);
        for (Expr target : s.targets()) {
            if (!changesNothing(target, s.value())) {
                m.assignments.assign(target, value, scope);
            }
        }
    }

    /** {@code df["x"] = df["x"].dropna()}: pandas aligns by index and puts the missing values back. */
    private boolean changesNothing(Expr target, Expr value) {
        return target instanceof Expr.Subscript
                && value instanceof Expr.Call c
                && c.keywords().isEmpty()
                && c.function() instanceof Expr.Attribute a
                && a.name().equals("dropna")
                && a.value() instanceof Expr.Subscript
                && m.steps.text(a.value()).equals(m.steps.text(target));
    }
}
