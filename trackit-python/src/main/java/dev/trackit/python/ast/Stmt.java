package dev.trackit.python.ast;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A statement: Python's, IPython's, Python 2's, or one that could not be parsed.
 *
 * <p>Differences from CPython's {@code ast}: {@code async} variants and {@code try … except*} are flags on the plain
 * node, {@code Expr} is {@link ExprStmt}.
 */
public sealed interface Stmt extends Node {

    /** Which statement a node is; one constant for each record below. */
    enum Kind {
        FUNCTION_DEF,
        CLASS_DEF,
        RETURN,
        DELETE,
        ASSIGN,
        AUG_ASSIGN,
        ANN_ASSIGN,
        TYPE_ALIAS,
        FOR,
        WHILE,
        IF,
        WITH,
        MATCH,
        RAISE,
        TRY,
        ASSERT,
        IMPORT,
        IMPORT_FROM,
        GLOBAL,
        NONLOCAL,
        EXPR_STMT,
        PASS,
        BREAK,
        CONTINUE,
        LINE_MAGIC,
        CELL_MAGIC,
        SHELL_COMMAND,
        HELP,
        AUTO_CALL,
        PRINT_STMT,
        EXEC_STMT,
        BAD_STATEMENT
    }

    /** The kind, for a {@code switch}. */
    Kind kind();

    /** The text that belongs to the statement: {@link #span()}, and decorators before it. */
    default Span extent() {
        return span();
    }

    /** The text of this statement, decorators included, cut out of {@code source}, the source of the cell. */
    @Override
    default String text(String source) {
        return extent().text(source);
    }

    /**
     * {@code def} and {@code async def}. As in CPython, {@code span} begins at {@code def}; {@code decorated} begins at the
     * first decorator.
     */
    record FunctionDef(
            Span span,
            Span decorated,
            String name,
            List<Expr> decorators,
            List<TypeParam> typeParams,
            Arguments arguments,
            @Nullable Expr returns,
            List<Stmt> body,
            boolean async)
            implements Stmt {
        public FunctionDef {
            decorators = List.copyOf(decorators);
            typeParams = List.copyOf(typeParams);
            body = List.copyOf(body);
        }

        @Override
        public Span extent() {
            return decorators.isEmpty() ? span : decorated;
        }

        @Override
        public Kind kind() {
            return Kind.FUNCTION_DEF;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(decorators, action);
            Children.each(typeParams, action);
            action.accept(arguments);
            Children.one(returns, action);
            Children.each(body, action);
        }
    }

    /** {@code class}. As in CPython, {@code span} begins at {@code class}; {@code decorated} begins at the first decorator. */
    record ClassDef(
            Span span,
            Span decorated,
            String name,
            List<Expr> decorators,
            List<TypeParam> typeParams,
            List<Expr> bases,
            List<Keyword> keywords,
            List<Stmt> body)
            implements Stmt {
        public ClassDef {
            decorators = List.copyOf(decorators);
            typeParams = List.copyOf(typeParams);
            bases = List.copyOf(bases);
            keywords = List.copyOf(keywords);
            body = List.copyOf(body);
        }

        @Override
        public Span extent() {
            return decorators.isEmpty() ? span : decorated;
        }

        @Override
        public Kind kind() {
            return Kind.CLASS_DEF;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(decorators, action);
            Children.each(typeParams, action);
            Children.each(bases, action);
            Children.each(keywords, action);
            Children.each(body, action);
        }
    }

    /** {@code return value}. */
    record Return(Span span, @Nullable Expr value) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.RETURN;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.one(value, action);
        }
    }

    /** {@code del a, b[0]}. */
    record Delete(Span span, List<Expr> targets) implements Stmt {
        public Delete {
            targets = List.copyOf(targets);
        }

        @Override
        public Kind kind() {
            return Kind.DELETE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(targets, action);
        }
    }

    /** {@code a = b = value}; several targets are assigned from left to right. */
    record Assign(Span span, List<Expr> targets, Expr value) implements Stmt {
        public Assign {
            targets = List.copyOf(targets);
        }

        @Override
        public Kind kind() {
            return Kind.ASSIGN;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(targets, action);
            action.accept(value);
        }
    }

    /** {@code target += value}; the target is written {@code STORE} as in CPython although it is read too. */
    record AugAssign(Span span, Expr target, Operator op, Expr value) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.AUG_ASSIGN;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(value);
        }
    }

    /** {@code target: annotation = value}; {@code simple} when the target is a name without parentheses. */
    record AnnAssign(
            Span span,
            Expr target,
            Expr annotation,
            @Nullable Expr value,
            boolean simple) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.ANN_ASSIGN;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(annotation);
            Children.one(value, action);
        }
    }

    /** {@code type name[params] = value}. */
    record TypeAlias(Span span, Expr name, List<TypeParam> typeParams, Expr value) implements Stmt {
        public TypeAlias {
            typeParams = List.copyOf(typeParams);
        }

        @Override
        public Kind kind() {
            return Kind.TYPE_ALIAS;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(name);
            Children.each(typeParams, action);
            action.accept(value);
        }
    }

    /** {@code for target in iter: … else: …} and {@code async for}. */
    record For(Span span, Expr target, Expr iter, List<Stmt> body, List<Stmt> orElse, boolean async) implements Stmt {
        public For {
            body = List.copyOf(body);
            orElse = List.copyOf(orElse);
        }

        @Override
        public Kind kind() {
            return Kind.FOR;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(target);
            action.accept(iter);
            Children.each(body, action);
            Children.each(orElse, action);
        }
    }

    /** {@code while test: … else: …}. */
    record While(Span span, Expr test, List<Stmt> body, List<Stmt> orElse) implements Stmt {
        public While {
            body = List.copyOf(body);
            orElse = List.copyOf(orElse);
        }

        @Override
        public Kind kind() {
            return Kind.WHILE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(test);
            Children.each(body, action);
            Children.each(orElse, action);
        }
    }

    /** {@code if test: … else: …}; {@code elif} is an {@code If} alone in {@code orElse}. */
    record If(Span span, Expr test, List<Stmt> body, List<Stmt> orElse) implements Stmt {
        public If {
            body = List.copyOf(body);
            orElse = List.copyOf(orElse);
        }

        @Override
        public Kind kind() {
            return Kind.IF;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(test);
            Children.each(body, action);
            Children.each(orElse, action);
        }
    }

    /** {@code with} and {@code async with}. */
    record With(Span span, List<WithItem> items, List<Stmt> body, boolean async) implements Stmt {
        public With {
            items = List.copyOf(items);
            body = List.copyOf(body);
        }

        @Override
        public Kind kind() {
            return Kind.WITH;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(items, action);
            Children.each(body, action);
        }
    }

    /** {@code match subject: case …}. */
    record Match(Span span, Expr subject, List<MatchCase> cases) implements Stmt {
        public Match {
            cases = List.copyOf(cases);
        }

        @Override
        public Kind kind() {
            return Kind.MATCH;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(subject);
            Children.each(cases, action);
        }
    }

    /** {@code raise exception from cause}. */
    record Raise(
            Span span, @Nullable Expr exception, @Nullable Expr cause) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.RAISE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.one(exception, action);
            Children.one(cause, action);
        }
    }

    /** {@code try} with {@code except}, or with {@code except*} if {@code star}. */
    record Try(
            Span span,
            List<Stmt> body,
            List<ExceptHandler> handlers,
            List<Stmt> orElse,
            List<Stmt> finalBody,
            boolean star)
            implements Stmt {
        public Try {
            body = List.copyOf(body);
            handlers = List.copyOf(handlers);
            orElse = List.copyOf(orElse);
            finalBody = List.copyOf(finalBody);
        }

        @Override
        public Kind kind() {
            return Kind.TRY;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(body, action);
            Children.each(handlers, action);
            Children.each(orElse, action);
            Children.each(finalBody, action);
        }
    }

    /** {@code assert test, message}. */
    record Assert(Span span, Expr test, @Nullable Expr message) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.ASSERT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(test);
            Children.one(message, action);
        }
    }

    /** {@code import a.b as c, d}. */
    record Import(Span span, List<Alias> names) implements Stmt {
        public Import {
            names = List.copyOf(names);
        }

        @Override
        public Kind kind() {
            return Kind.IMPORT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(names, action);
        }
    }

    /** {@code from ..module import a as b}; {@code level} is the number of leading dots. */
    record ImportFrom(Span span, @Nullable String module, List<Alias> names, int level) implements Stmt {
        public ImportFrom {
            names = List.copyOf(names);
        }

        @Override
        public Kind kind() {
            return Kind.IMPORT_FROM;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(names, action);
        }
    }

    /** {@code global a, b}. */
    record Global(Span span, List<String> names) implements Stmt {
        public Global {
            names = List.copyOf(names);
        }

        @Override
        public Kind kind() {
            return Kind.GLOBAL;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code nonlocal a, b}. */
    record Nonlocal(Span span, List<String> names) implements Stmt {
        public Nonlocal {
            names = List.copyOf(names);
        }

        @Override
        public Kind kind() {
            return Kind.NONLOCAL;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** An expression as a statement; CPython's {@code Expr}. */
    record ExprStmt(Span span, Expr value) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.EXPR_STMT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /** {@code pass}. */
    record Pass(Span span) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.PASS;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code break}. */
    record Break(Span span) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.BREAK;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code continue}. */
    record Continue(Span span) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.CONTINUE;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /**
     * A line magic: {@code %name argument} or {@code target = %name argument}.
     *
     * <p>{@code body} holds the Python that the magic runs, where it runs some ({@code %time x = f()}, {@code %timeit},
     * {@code %prun} …); the options before it are in {@code argument} only. {@code interpolations} are the expressions of
     * <code>{expr}</code> and {@code $name} in the argument, which IPython replaces by their values. {@code automatic}
     * when the {@code %} was left out; if the line reads as Python too ({@code who}, which is a variable where somebody
     * made one), {@code body} is that reading and the magic holds only while the name is not bound.
     */
    record LineMagic(
            Span span,
            String name,
            String argument,
            @Nullable Expr target,
            List<Stmt> body,
            List<Expr> interpolations,
            boolean automatic)
            implements Stmt {
        public LineMagic {
            body = List.copyOf(body);
            interpolations = List.copyOf(interpolations);
        }

        @Override
        public Kind kind() {
            return Kind.LINE_MAGIC;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.one(target, action);
            Children.each(interpolations, action);
            Children.each(body, action);
        }
    }

    /**
     * A cell magic: {@code %%name line} and the rest of the cell. {@code body} holds the parsed statements when the magic
     * runs its body as Python in this kernel ({@code parsed}); otherwise it is empty. {@code bodySpan} is the text below
     * the first line.
     */
    record CellMagic(
            Span span,
            String name,
            String line,
            Span bodySpan,
            List<Stmt> body,
            List<Expr> interpolations,
            boolean parsed)
            implements Stmt {
        public CellMagic {
            body = List.copyOf(body);
            interpolations = List.copyOf(interpolations);
        }

        @Override
        public Kind kind() {
            return Kind.CELL_MAGIC;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.each(interpolations, action);
            Children.each(body, action);
        }
    }

    /**
     * A command for the system shell: {@code !command}, {@code !!command} or {@code target = !command}.
     * {@code interpolations} are the Python expressions of <code>{expr}</code> and {@code $name}; {@code captured} when
     * the output becomes a value ({@code !!} or a target).
     */
    record ShellCommand(Span span, String command, @Nullable Expr target, List<Expr> interpolations, boolean captured)
            implements Stmt {
        public ShellCommand {
            interpolations = List.copyOf(interpolations);
        }

        @Override
        public Kind kind() {
            return Kind.SHELL_COMMAND;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.one(target, action);
            Children.each(interpolations, action);
        }
    }

    /** {@code name?}, {@code ?name}, or with source {@code name??}: shows help, changes nothing. */
    record Help(Span span, String expression, boolean source) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.HELP;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /**
     * An explicit automatic call: {@code ,f a b} is {@code f("a", "b")}, {@code ;f a b} is {@code f("a b")}, {@code /f a, b} is
     * {@code f(a, b)}. {@code marker} is the first character.
     */
    record AutoCall(Span span, char marker, Expr call) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.AUTO_CALL;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(call);
        }
    }

    /** {@code print >>destination, values} of Python 2; {@code newline} unless it ends with a comma. */
    record PrintStmt(Span span, @Nullable Expr destination, List<Expr> values, boolean newline) implements Stmt {
        public PrintStmt {
            values = List.copyOf(values);
        }

        @Override
        public Kind kind() {
            return Kind.PRINT_STMT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Children.one(destination, action);
            Children.each(values, action);
        }
    }

    /** {@code exec code in globals, locals} of Python 2. */
    record ExecStmt(
            Span span,
            Expr code,
            @Nullable Expr globals,
            @Nullable Expr locals) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.EXEC_STMT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(code);
            Children.one(globals, action);
            Children.one(locals, action);
        }
    }

    /** A statement that could not be parsed: why, and its text. It has no children. */
    record BadStatement(Span span, String message, String text) implements Stmt {
        @Override
        public Kind kind() {
            return Kind.BAD_STATEMENT;
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }
}
