package dev.trackit.python.parse;

import dev.trackit.python.ast.Alias;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Expr.Context;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.ast.TypeParam;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements without a body. */
abstract class SimpleStatementParser extends PatternParser {

    SimpleStatementParser(
            SourceText source,
            int start,
            int end,
            NameTable names,
            List<Problem> problems,
            int magicDepth,
            boolean ipython) {
        super(source, start, end, names, problems, magicDepth, ipython);
    }

    /** A line of IPython, or the value that it assigns to {@code target}. */
    abstract Stmt escape(int first, @Nullable Expr target);

    abstract Stmt help();

    final Stmt simpleStatement() {
        int first = at;
        return switch (kind) {
            case Token.NAME -> softKeywordStatement();
            case Token.PASS -> new Stmt.Pass(keyword());
            case Token.BREAK -> new Stmt.Break(keyword());
            case Token.CONTINUE -> new Stmt.Continue(keyword());
            case Token.RETURN -> {
                next();
                Expr value = startsExpression() ? starExpressions() : null;
                yield new Stmt.Return(from(first), value);
            }
            case Token.RAISE -> raise();
            case Token.GLOBAL -> {
                List<String> globals = nameList();
                yield new Stmt.Global(from(first), globals);
            }
            case Token.NONLOCAL -> {
                List<String> nonlocals = nameList();
                yield new Stmt.Nonlocal(from(first), nonlocals);
            }
            case Token.DEL -> delete();
            case Token.ASSERT -> {
                next();
                Expr test = expression();
                Expr message = accept(Token.COMMA) ? expression() : null;
                yield new Stmt.Assert(from(first), test, message);
            }
            case Token.IMPORT -> importStatement();
            case Token.FROM -> fromImport();
            case Token.ESCAPE -> {
                next();
                yield escape(first, null);
            }
            case Token.HELP -> help();
            default -> expressionStatement();
        };
    }

    private dev.trackit.python.ast.Span keyword() {
        next();
        return from(at - 1);
    }

    private Stmt softKeywordStatement() {
        String word = lexer.names[at];
        if (word != null) {
            switch (word) {
                case "type" -> {
                    if (peek() == Token.NAME && (peek(2) == Token.EQUAL || peek(2) == Token.LEFT_BRACKET)) {
                        return typeAlias();
                    }
                }
                case "print" -> {
                    if (startsPrinted(peek())) {
                        return print();
                    }
                }
                case "exec" -> {
                    int next = peek();
                    if (next == Token.NAME || next == Token.STRING || next == Token.FSTRING_START) {
                        return exec();
                    }
                }
                default -> {
                    // an expression
                }
            }
        }
        return expressionStatement();
    }

    /** Whether {@code print} before this token can only be the statement of Python 2. */
    private boolean startsPrinted(int next) {
        return switch (next) {
            case Token.NAME, Token.NUMBER, Token.STRING, Token.FSTRING_START, Token.LEFT_BRACE -> true;
            case Token.NONE, Token.TRUE, Token.FALSE, Token.LAMBDA -> true;
            // an expression in Python 3, but one that nobody can mean in a notebook
            case Token.RIGHT_SHIFT -> ipython;
            case Token.NOT -> peek(2) != Token.IN;
            default -> false;
        };
    }

    // Python 2.

    private Stmt print() {
        int first = at;
        next();
        Expr destination = null;
        List<Expr> values = new ArrayList<>();
        boolean newline = true;
        boolean more = true;
        if (accept(Token.RIGHT_SHIFT)) {
            destination = expression();
            more = accept(Token.COMMA);
        }
        while (more) {
            values.add(expression());
            more = accept(Token.COMMA);
            if (more && !startsExpression()) {
                newline = false;
                break;
            }
        }
        Stmt statement = new Stmt.PrintStmt(from(first), destination, values, newline);
        python2("the print statement of Python 2", statement.span());
        return statement;
    }

    private Stmt exec() {
        int first = at;
        next();
        Expr code = bitwiseOr();
        Expr globals = null;
        Expr locals = null;
        if (accept(Token.IN)) {
            globals = expression();
            locals = accept(Token.COMMA) ? expression() : null;
        }
        Stmt statement = new Stmt.ExecStmt(from(first), code, globals, locals);
        python2("the exec statement of Python 2", statement.span());
        return statement;
    }

    private Stmt raise() {
        int first = at;
        next();
        if (!startsExpression()) {
            return new Stmt.Raise(from(first), null, null);
        }
        int start = at;
        Expr exception = expression();
        if (kind == Token.COMMA) {
            next();
            List<Expr> message = List.of(expression());
            exception = new Expr.Call(from(start), exception, message, List.of());
            if (accept(Token.COMMA)) {
                expression();
            }
            python2("the raise statement of Python 2", from(first));
        }
        Expr cause = accept(Token.FROM) ? expression() : null;
        return new Stmt.Raise(from(first), exception, cause);
    }

    // Python 3.

    private List<String> nameList() {
        List<String> result = new ArrayList<>();
        do {
            next();
            result.add(identifier());
        } while (kind == Token.COMMA);
        return result;
    }

    private Stmt delete() {
        int first = at;
        next();
        List<Expr> targets = new ArrayList<>();
        do {
            targets.add(target(primary(), Context.DELETE));
        } while (accept(Token.COMMA) && startsExpression());
        return new Stmt.Delete(from(first), targets);
    }

    private Stmt importStatement() {
        int first = at;
        next();
        List<Alias> aliases = new ArrayList<>();
        do {
            int start = at;
            String name = dotted();
            String asName = accept(Token.AS) ? identifier() : null;
            aliases.add(new Alias(from(start), name, asName));
        } while (accept(Token.COMMA));
        return new Stmt.Import(from(first), aliases);
    }

    private String dotted() {
        String name = identifier();
        if (kind != Token.DOT) {
            return name;
        }
        StringBuilder dotted = new StringBuilder(name);
        while (accept(Token.DOT)) {
            dotted.append('.').append(identifier());
        }
        return dotted.toString();
    }

    private Stmt fromImport() {
        int first = at;
        next();
        int level = 0;
        while (kind == Token.DOT || kind == Token.ELLIPSIS) {
            level += kind == Token.DOT ? 1 : 3;
            next();
        }
        String module = level == 0 || kind == Token.NAME ? dotted() : null;
        expect(Token.IMPORT, "expected 'import'");
        List<Alias> aliases = importedNames();
        return new Stmt.ImportFrom(from(first), module, aliases, level);
    }

    private List<Alias> importedNames() {
        List<Alias> aliases = new ArrayList<>();
        if (kind == Token.STAR) {
            aliases.add(new Alias(span(at, at), "*", null));
            next();
            return aliases;
        }
        boolean parenthesized = accept(Token.LEFT_PAREN);
        do {
            int start = at;
            String name = identifier();
            String asName = accept(Token.AS) ? identifier() : null;
            aliases.add(new Alias(from(start), name, asName));
        } while (accept(Token.COMMA) && !(parenthesized && kind == Token.RIGHT_PAREN));
        if (parenthesized) {
            expect(Token.RIGHT_PAREN, "expected ',' or ')'");
        }
        return aliases;
    }

    private Stmt typeAlias() {
        int first = at;
        next();
        int start = at;
        String id = identifier();
        Expr name = new Expr.Name(from(start), id, Context.STORE);
        List<TypeParam> params = typeParams();
        expect(Token.EQUAL, "expected '='");
        Expr value = expression();
        return new Stmt.TypeAlias(from(first), name, params, value);
    }

    /** Type parameters in brackets, if there are some. */
    final List<TypeParam> typeParams() {
        if (kind != Token.LEFT_BRACKET) {
            return List.of();
        }
        next();
        List<TypeParam> params = new ArrayList<>();
        do {
            if (kind == Token.RIGHT_BRACKET && !params.isEmpty()) {
                break;
            }
            params.add(typeParam());
        } while (accept(Token.COMMA));
        expect(Token.RIGHT_BRACKET, "expected ',' or ']'");
        return params;
    }

    private TypeParam typeParam() {
        int first = at;
        TypeParam.Kind which = TypeParam.Kind.TYPE_VAR;
        if (accept(Token.STAR)) {
            which = TypeParam.Kind.TYPE_VAR_TUPLE;
        } else if (accept(Token.DOUBLE_STAR)) {
            which = TypeParam.Kind.PARAM_SPEC;
        }
        String name = identifier();
        boolean plain = which == TypeParam.Kind.TYPE_VAR;
        Expr bound = plain && accept(Token.COLON) ? expression() : null;
        Expr standard = null;
        if (accept(Token.EQUAL)) {
            standard = which == TypeParam.Kind.TYPE_VAR_TUPLE ? starExpression() : expression();
        }
        return new TypeParam(from(first), which, name, bound, standard);
    }

    // Expressions and assignments.

    private Stmt expressionStatement() {
        int first = at;
        Expr expression = yieldOrStarExpressions();
        switch (kind) {
            case Token.NEWLINE, Token.SEMICOLON -> {
                return new Stmt.ExprStmt(from(first), expression);
            }
            case Token.EQUAL -> {
                return assign(first, expression);
            }
            case Token.COLON -> {
                return annotated(first, expression);
            }
            default -> {
                if (kind >= Token.FIRST_AUGMENTED && kind <= Token.LAST_AUGMENTED) {
                    return augmented(first, expression);
                }
                return new Stmt.ExprStmt(from(first), expression);
            }
        }
    }

    private Stmt assign(int first, Expr expression) {
        List<Expr> targets = new ArrayList<>(1);
        Expr value = expression;
        while (kind == Token.EQUAL) {
            targets.add(target(value, Context.STORE));
            next();
            if (kind == Token.ESCAPE) {
                next();
                return escape(first, targets.get(0));
            }
            value = yieldOrStarExpressions();
        }
        return new Stmt.Assign(from(first), targets, value);
    }

    private Stmt annotated(int first, Expr expression) {
        boolean attribute = expression instanceof Expr.Attribute || expression instanceof Expr.Subscript;
        if (!attribute && !(expression instanceof Expr.Name)) {
            throw fault("illegal target for annotation");
        }
        boolean simple = !attribute && lexer.kinds[first] != Token.LEFT_PAREN;
        Expr target = target(expression, Context.STORE);
        next();
        Expr annotation = expression();
        Expr value = null;
        if (kind == Token.EQUAL) {
            next();
            value = yieldOrStarExpressions();
        }
        return new Stmt.AnnAssign(from(first), target, annotation, value, simple);
    }

    private Stmt augmented(int first, Expr expression) {
        boolean assignable = expression instanceof Expr.Name
                || expression instanceof Expr.Attribute
                || expression instanceof Expr.Subscript;
        if (!assignable) {
            throw fault("illegal expression for augmented assignment");
        }
        Expr target = target(expression, Context.STORE);
        var operator = augmented(kind);
        next();
        Expr value = yieldOrStarExpressions();
        return new Stmt.AugAssign(from(first), target, operator, value);
    }
}
