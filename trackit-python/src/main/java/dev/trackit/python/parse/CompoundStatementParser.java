package dev.trackit.python.parse;

import dev.trackit.python.ast.Arguments;
import dev.trackit.python.ast.ExceptHandler;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Expr.Context;
import dev.trackit.python.ast.Keyword;
import dev.trackit.python.ast.MatchCase;
import dev.trackit.python.ast.Pattern;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Span;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.ast.TypeParam;
import dev.trackit.python.ast.WithItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements with a body. */
abstract class CompoundStatementParser extends SimpleStatementParser {

    /** How deep statements may lie in statements: what expressions leave of the depth of a tree. */
    private static final int MAX_STATEMENT_DEPTH = MAX_EXPRESSION_DEPTH - 50;

    private int statementDepth;

    CompoundStatementParser(
            SourceText source,
            int start,
            int end,
            NameTable names,
            List<Problem> problems,
            int magicDepth,
            boolean ipython) {
        super(source, start, end, names, problems, magicDepth, ipython);
    }

    /** A body: statements on the rest of the line, or an indented block. */
    abstract List<Stmt> body();

    /** One more level of statements in statements; each is to be left again by the same number. */
    final void deeper(int levels) {
        statementDepth += levels;
        if (statementDepth > MAX_STATEMENT_DEPTH) {
            throw fault("too many nested blocks");
        }
    }

    final int statementDepth() {
        return statementDepth;
    }

    final void restoreStatementDepth(int depth) {
        statementDepth = depth;
    }

    /** A statement with a body, or null if the current token begins none. */
    final @Nullable Stmt compoundStatement() {
        int first = at;
        return switch (kind) {
            case Token.IF -> ifStatement();
            case Token.FOR -> forStatement(first, false);
            case Token.WHILE -> whileStatement();
            case Token.TRY -> tryStatement();
            case Token.WITH -> withStatement(first, false);
            case Token.DEF -> function(first, List.of(), first, false);
            case Token.CLASS -> classStatement(first, List.of());
            case Token.AT -> decorated();
            case Token.ASYNC -> asyncStatement(first, List.of(), first);
            case Token.NAME -> isMatch() ? matchStatement() : null;
            default -> null;
        };
    }

    /** The span from a token to the last one that is not about lines and indentation. */
    private Span block(int first) {
        int last = at - 1;
        while (last > first && lexer.kinds[last] <= Token.DEDENT) {
            last--;
        }
        return span(first, last);
    }

    /** A colon and the body behind it. */
    private List<Stmt> suite() {
        expect(Token.COLON, "expected ':'");
        return body();
    }

    private List<Stmt> orElse() {
        if (kind != Token.ELSE) {
            return List.of();
        }
        next();
        return suite();
    }

    private Stmt ifStatement() {
        List<Integer> starts = new ArrayList<>(1);
        List<Expr> tests = new ArrayList<>(1);
        List<List<Stmt>> bodies = new ArrayList<>(1);
        int outer = statementDepth;
        do {
            starts.add(at);
            next();
            tests.add(namedExpression());
            bodies.add(suite());
            deeper(1);
        } while (kind == Token.ELIF);
        List<Stmt> orElse = orElse();
        restoreStatementDepth(outer);
        for (int i = tests.size() - 1; ; i--) {
            Stmt result = new Stmt.If(block(starts.get(i)), tests.get(i), bodies.get(i), orElse);
            if (i == 0) {
                return result;
            }
            orElse = List.of(result);
        }
    }

    private Stmt forStatement(int first, boolean async) {
        next();
        Expr target = targets();
        expect(Token.IN, "expected 'in'");
        Expr iter = starExpressions();
        List<Stmt> body = suite();
        List<Stmt> orElse = orElse();
        return new Stmt.For(block(first), target, iter, body, orElse, async);
    }

    private Stmt whileStatement() {
        int first = at;
        next();
        Expr test = namedExpression();
        List<Stmt> body = suite();
        List<Stmt> orElse = orElse();
        return new Stmt.While(block(first), test, body, orElse);
    }

    private Stmt tryStatement() {
        int first = at;
        next();
        List<Stmt> body = suite();
        List<ExceptHandler> handlers = new ArrayList<>(1);
        boolean star = kind == Token.EXCEPT && peek() == Token.STAR;
        while (kind == Token.EXCEPT) {
            handlers.add(handler(star));
        }
        List<Stmt> orElse = handlers.isEmpty() ? List.of() : orElse();
        List<Stmt> finalBody = List.of();
        if (accept(Token.FINALLY)) {
            finalBody = suite();
        } else if (handlers.isEmpty()) {
            throw fault("expected 'except' or 'finally' block");
        }
        return new Stmt.Try(block(first), body, handlers, orElse, finalBody, star);
    }

    private ExceptHandler handler(boolean star) {
        int first = at;
        next();
        if (accept(Token.STAR) != star) {
            throw fault("cannot have both 'except' and 'except*' on the same 'try'");
        }
        Expr type = null;
        String name = null;
        if (kind != Token.COLON) {
            int start = at;
            type = expression();
            if (kind == Token.COMMA) {
                List<Expr> types = new ArrayList<>();
                types.add(type);
                while (accept(Token.COMMA) && startsExpression()) {
                    types.add(expression());
                }
                type = new Expr.TupleExpr(from(start), types, Context.LOAD);
            }
            name = accept(Token.AS) ? identifier() : null;
        }
        List<Stmt> body = suite();
        return new ExceptHandler(block(first), type, name, body);
    }

    private Stmt withStatement(int first, boolean async) {
        next();
        List<WithItem> items = kind == Token.LEFT_PAREN ? parenthesizedItems() : null;
        if (items == null) {
            items = new ArrayList<>(1);
            do {
                items.add(withItem());
            } while (accept(Token.COMMA));
        }
        List<Stmt> body = suite();
        return new Stmt.With(block(first), items, body, async);
    }

    private WithItem withItem() {
        int first = at;
        Expr context = expression();
        Expr target = null;
        if (accept(Token.AS)) {
            int start = at;
            target = starExpression();
            if (kind != Token.COMMA && kind != Token.COLON && kind != Token.RIGHT_PAREN) {
                throw fault("expected ','", start);
            }
            target = target(target, Context.STORE);
        }
        return new WithItem(from(first), context, target);
    }

    /**
     * The items, if the parentheses are those of the statement and not part of an expression: CPython tries the former
     * first, so {@code with (a, b):} has two items.
     */
    private @Nullable List<WithItem> parenthesizedItems() {
        int open = at;
        if (!colonFollowsParentheses()) {
            return null;
        }
        int nesting = nesting();
        try {
            enter();
            next();
            List<WithItem> items = new ArrayList<>();
            do {
                if (kind == Token.RIGHT_PAREN && !items.isEmpty()) {
                    break;
                }
                items.add(withItem());
            } while (accept(Token.COMMA));
            expect(Token.RIGHT_PAREN, "expected ')'");
            restoreNesting(nesting);
            if (kind == Token.COLON) {
                return items;
            }
        } catch (Fault notItems) {
            // then it is an expression that begins with a parenthesis
        }
        restoreNesting(nesting);
        moveTo(open);
        return null;
    }

    private boolean colonFollowsParentheses() {
        int depth = 0;
        for (int ahead = 0; ; ahead++) {
            int token = peek(ahead);
            if (token == Token.LEFT_PAREN) {
                depth++;
            } else if (token == Token.RIGHT_PAREN && --depth == 0) {
                return peek(ahead + 1) == Token.COLON;
            } else if (token <= Token.ERROR) {
                return false;
            }
        }
    }

    private Stmt function(int first, List<Expr> decorators, int decorated, boolean async) {
        next();
        String name = identifier();
        List<TypeParam> typeParams = typeParams();
        expect(Token.LEFT_PAREN, "expected '('");
        Arguments arguments = parameters(Token.RIGHT_PAREN, true);
        expect(Token.RIGHT_PAREN, "expected ')'");
        Expr returns = accept(Token.ARROW) ? expression() : null;
        List<Stmt> body = suite();
        return new Stmt.FunctionDef(
                block(first), block(decorated), name, decorators, typeParams, arguments, returns, body, async);
    }

    private Stmt classStatement(int decorated, List<Expr> decorators) {
        int first = at;
        next();
        String name = identifier();
        List<TypeParam> typeParams = typeParams();
        List<Expr> bases = new ArrayList<>();
        List<Keyword> keywords = new ArrayList<>();
        if (kind == Token.LEFT_PAREN) {
            arguments(bases, keywords);
        }
        List<Stmt> body = suite();
        return new Stmt.ClassDef(block(first), block(decorated), name, decorators, typeParams, bases, keywords, body);
    }

    private Stmt decorated() {
        int decorated = at;
        List<Expr> decorators = new ArrayList<>(1);
        while (accept(Token.AT)) {
            decorators.add(namedExpression());
            expect(Token.NEWLINE, "invalid syntax");
        }
        int first = at;
        return switch (kind) {
            case Token.DEF -> function(first, decorators, decorated, false);
            case Token.CLASS -> classStatement(decorated, decorators);
            case Token.ASYNC -> asyncStatement(first, decorators, decorated);
            default -> throw fault("expected a function or class after decorators");
        };
    }

    private Stmt asyncStatement(int first, List<Expr> decorators, int decorated) {
        next();
        if (kind == Token.DEF) {
            return function(first, decorators, decorated, true);
        }
        if (decorated != first) {
            throw fault("expected a function or class after decorators");
        }
        return switch (kind) {
            case Token.FOR -> forStatement(first, true);
            case Token.WITH -> withStatement(first, true);
            default -> throw fault("expected 'def', 'with' or 'for' after 'async'");
        };
    }

    // match

    /** Whether the line is the head of a {@code match} statement: nothing else begins so and ends with a colon. */
    private boolean isMatch() {
        if (!isWord(at, "match") || !startsExpression(peek())) {
            return false;
        }
        int last = lexer.count - 1;
        return lexer.kinds[last] == Token.NEWLINE && lexer.kinds[last - 1] == Token.COLON;
    }

    private Stmt matchStatement() {
        int first = at;
        next();
        int start = at;
        Expr subject = starNamedExpression();
        if (kind == Token.COMMA || subject instanceof Expr.Starred) {
            List<Expr> elements = new ArrayList<>();
            elements.add(subject);
            while (accept(Token.COMMA) && startsExpression()) {
                elements.add(starNamedExpression());
            }
            subject = new Expr.TupleExpr(from(start), elements, Context.LOAD);
        }
        expect(Token.COLON, "expected ':'");
        expect(Token.NEWLINE, "expected a line end after 'match'");
        List<MatchCase> cases = cases();
        return new Stmt.Match(block(first), subject, cases);
    }

    abstract List<MatchCase> cases();

    final MatchCase matchCase() {
        int first = at;
        next();
        Pattern pattern = patterns();
        Expr guard = accept(Token.IF) ? namedExpression() : null;
        List<Stmt> body = suite();
        return new MatchCase(block(first), pattern, guard, body);
    }
}
