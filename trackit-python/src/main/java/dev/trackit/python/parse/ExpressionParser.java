package dev.trackit.python.parse;

import dev.trackit.python.ast.CompareOperator;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Expr.Constant.Type;
import dev.trackit.python.ast.Expr.Context;
import dev.trackit.python.ast.Operator;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions, by recursive descent; chains of the same operator are loops, so that only nesting uses the stack. */
abstract class ExpressionParser extends LiteralParser {

    private static final byte[] PRECEDENCES = new byte[Token.COUNT];
    private static final @Nullable Operator[] OPERATORS = new @Nullable Operator[Token.COUNT];
    /** Tokens after which a name, number or string was a whole expression. */
    private static final boolean[] ENDS_EXPRESSION = new boolean[Token.COUNT];

    private static final int LOWEST_PRECEDENCE = 1;

    static {
        operator(Token.BAR, 1, Operator.BIT_OR);
        operator(Token.CARET, 2, Operator.BIT_XOR);
        operator(Token.AMPERSAND, 3, Operator.BIT_AND);
        operator(Token.LEFT_SHIFT, 4, Operator.L_SHIFT);
        operator(Token.RIGHT_SHIFT, 4, Operator.R_SHIFT);
        operator(Token.PLUS, 5, Operator.ADD);
        operator(Token.MINUS, 5, Operator.SUB);
        operator(Token.STAR, 6, Operator.MULT);
        operator(Token.SLASH, 6, Operator.DIV);
        operator(Token.DOUBLE_SLASH, 6, Operator.FLOOR_DIV);
        operator(Token.PERCENT, 6, Operator.MOD);
        operator(Token.AT, 6, Operator.MAT_MULT);
        OPERATORS[Token.DOUBLE_STAR] = Operator.POW;
        for (int kind : new int[] {
            Token.NEWLINE,
            Token.COMMA,
            Token.RIGHT_PAREN,
            Token.RIGHT_BRACKET,
            Token.RIGHT_BRACE,
            Token.COLON,
            Token.EQUAL
        }) {
            ENDS_EXPRESSION[kind] = true;
        }
    }

    private static void operator(int kind, int precedence, Operator operator) {
        PRECEDENCES[kind] = (byte) precedence;
        OPERATORS[kind] = operator;
    }

    ExpressionParser(
            SourceText source,
            int start,
            int end,
            NameTable names,
            List<Problem> problems,
            int magicDepth,
            boolean ipython) {
        super(source, start, end, names, problems, magicDepth, ipython);
    }

    /** The operator of an augmented assignment. */
    static Operator augmented(int kind) {
        Operator operator = OPERATORS[kind - Token.AUGMENTED];
        if (operator == null) {
            throw new IllegalArgumentException("not an augmented assignment: " + kind);
        }
        return operator;
    }

    // Expressions, from the loosest binding to the tightest.

    @Override
    final Expr fieldExpression() {
        return kind == Token.YIELD ? yieldExpression() : starExpressions();
    }

    /** {@code yield}, or expressions with commas and stars: what may stand right of {@code =}. */
    final Expr yieldOrStarExpressions() {
        return kind == Token.YIELD ? yieldExpression() : starExpressions();
    }

    /** One expression, or several with commas, which are a tuple; stars allowed. */
    final Expr starExpressions() {
        int first = at;
        Expr expression = starExpression();
        if (kind != Token.COMMA) {
            return expression;
        }
        List<Expr> elements = new ArrayList<>();
        elements.add(expression);
        while (accept(Token.COMMA) && startsExpression()) {
            elements.add(starExpression());
        }
        return new Expr.TupleExpr(from(first), elements, Context.LOAD);
    }

    final Expr starExpression() {
        return kind == Token.STAR ? starred() : expression();
    }

    final Expr starNamedExpression() {
        return kind == Token.STAR ? starred() : namedExpression();
    }

    private Expr starred() {
        int first = at;
        next();
        Expr value = binary(LOWEST_PRECEDENCE);
        return new Expr.Starred(from(first), value, Context.LOAD);
    }

    /** Whether the current token can begin an expression. */
    final boolean startsExpression() {
        return startsExpression(kind);
    }

    static boolean startsExpression(int kind) {
        return switch (kind) {
            case Token.NAME, Token.NUMBER, Token.STRING, Token.FSTRING_START -> true;
            case Token.LEFT_PAREN, Token.LEFT_BRACKET, Token.LEFT_BRACE, Token.ELLIPSIS -> true;
            case Token.PLUS, Token.MINUS, Token.TILDE, Token.STAR, Token.NOT, Token.LAMBDA, Token.AWAIT -> true;
            case Token.NONE, Token.TRUE, Token.FALSE -> true;
            default -> false;
        };
    }

    final Expr yieldExpression() {
        int first = at;
        next();
        enter();
        Expr expression;
        if (accept(Token.FROM)) {
            Expr value = expression();
            expression = new Expr.YieldFrom(from(first), value);
        } else {
            Expr value = startsExpression() ? starExpressions() : null;
            expression = new Expr.Yield(from(first), value);
        }
        leave();
        return expression;
    }

    /** An expression that may be {@code name := value}. */
    final Expr namedExpression() {
        if (kind != Token.NAME || peek() != Token.COLON_EQUAL) {
            return expression();
        }
        int first = at;
        String id = identifier();
        Expr target = new Expr.Name(from(first), id, Context.STORE);
        next();
        Expr value = expression();
        return new Expr.NamedExpr(from(first), target, value);
    }

    /** A conditional expression, a lambda, or anything tighter. */
    final Expr expression() {
        if (kind == Token.NAME && ENDS_EXPRESSION[peek()]) {
            return name();
        }
        if (kind == Token.LAMBDA) {
            return lambda();
        }
        int first = at;
        Expr expression = disjunction();
        return kind == Token.IF ? conditional(first, expression) : expression;
    }

    /** {@code a if b else c if d else e}: read in a loop, built from the end. */
    private Expr conditional(int first, Expr body) {
        List<Expr> parts = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        parts.add(body);
        starts.add(first);
        while (accept(Token.IF)) {
            parts.add(disjunction());
            expect(Token.ELSE, "expected 'else' after 'if' expression");
            starts.add(at);
            parts.add(kind == Token.LAMBDA ? lambda() : disjunction());
        }
        int last = parts.size() - 1;
        Expr result = parts.get(last);
        for (int i = last - 2; i >= 0; i -= 2) {
            result = new Expr.IfExp(from(starts.get(i / 2)), parts.get(i), parts.get(i + 1), result);
        }
        return result;
    }

    final Expr lambda() {
        int first = at;
        next();
        enter();
        var arguments = lambdaArguments();
        expect(Token.COLON, "expected ':'");
        Expr body = expression();
        leave();
        return new Expr.Lambda(from(first), arguments, body);
    }

    abstract dev.trackit.python.ast.Arguments lambdaArguments();

    final Expr disjunction() {
        int first = at;
        Expr left = conjunction();
        if (kind != Token.OR) {
            return left;
        }
        List<Expr> values = new ArrayList<>();
        values.add(left);
        while (accept(Token.OR)) {
            values.add(conjunction());
        }
        return new Expr.BoolOp(from(first), false, values);
    }

    private Expr conjunction() {
        int first = at;
        Expr left = inversion();
        if (kind != Token.AND) {
            return left;
        }
        List<Expr> values = new ArrayList<>();
        values.add(left);
        while (accept(Token.AND)) {
            values.add(inversion());
        }
        return new Expr.BoolOp(from(first), true, values);
    }

    private Expr inversion() {
        if (kind != Token.NOT) {
            return comparison();
        }
        int first = at;
        while (accept(Token.NOT)) {
            // each is one more inversion
        }
        int inner = at;
        Expr operand = comparison();
        for (int token = inner - 1; token >= first; token--) {
            operand = new Expr.UnaryOp(from(token), UnaryOperator.NOT, operand);
        }
        return operand;
    }

    private Expr comparison() {
        int first = at;
        Expr left = binary(LOWEST_PRECEDENCE);
        CompareOperator operator = compareOperator();
        if (operator == null) {
            return left;
        }
        List<CompareOperator> operators = new ArrayList<>(1);
        List<Expr> comparators = new ArrayList<>(1);
        while (operator != null) {
            operators.add(operator);
            comparators.add(binary(LOWEST_PRECEDENCE));
            operator = compareOperator();
        }
        return new Expr.Compare(from(first), left, operators, comparators);
    }

    /** Takes a comparison operator, if there is one. */
    private @Nullable CompareOperator compareOperator() {
        CompareOperator operator =
                switch (kind) {
                    case Token.EQUAL_EQUAL -> CompareOperator.EQ;
                    case Token.NOT_EQUAL -> CompareOperator.NOT_EQ;
                    case Token.LESS -> CompareOperator.LT;
                    case Token.LESS_EQUAL -> CompareOperator.LT_E;
                    case Token.GREATER -> CompareOperator.GT;
                    case Token.GREATER_EQUAL -> CompareOperator.GT_E;
                    case Token.IN -> CompareOperator.IN;
                    case Token.IS -> peek() == Token.NOT ? CompareOperator.IS_NOT : CompareOperator.IS;
                    case Token.NOT -> peek() == Token.IN ? CompareOperator.NOT_IN : null;
                    default -> null;
                };
        if (operator == null) {
            return null;
        }
        if (operator == CompareOperator.NOT_EQ && source.chars[lexer.starts[at]] == '<') {
            python2("'<>' of Python 2", span(at, at));
        }
        if (operator == CompareOperator.IS_NOT || operator == CompareOperator.NOT_IN) {
            next();
        }
        next();
        return operator;
    }

    /** Binary operators that bind at least as tightly as {@code precedence}: {@code |} is 1, {@code *} is 6. */
    final Expr bitwiseOr() {
        return binary(LOWEST_PRECEDENCE);
    }

    private Expr binary(int precedence) {
        int first = at;
        Expr left = unary();
        while (true) {
            int binding = PRECEDENCES[kind];
            if (binding < precedence || binding == 0) {
                return left;
            }
            Operator operator = OPERATORS[kind];
            if (operator == null) {
                return left;
            }
            next();
            Expr right = binary(binding + 1);
            left = new Expr.BinOp(from(first), left, operator, right);
        }
    }

    private Expr unary() {
        if (kind != Token.MINUS && kind != Token.PLUS && kind != Token.TILDE) {
            return power();
        }
        int first = at;
        while (kind == Token.MINUS || kind == Token.PLUS || kind == Token.TILDE) {
            next();
        }
        int inner = at;
        Expr operand = power();
        for (int token = inner - 1; token >= first; token--) {
            UnaryOperator operator =
                    switch (lexer.kinds[token]) {
                        case Token.MINUS -> UnaryOperator.U_SUB;
                        case Token.PLUS -> UnaryOperator.U_ADD;
                        default -> UnaryOperator.INVERT;
                    };
            operand = new Expr.UnaryOp(from(token), operator, operand);
        }
        return operand;
    }

    private Expr power() {
        int first = at;
        Expr base;
        if (kind == Token.AWAIT) {
            next();
            Expr value = primary();
            base = new Expr.Await(from(first), value);
        } else {
            base = primary();
        }
        if (kind != Token.DOUBLE_STAR) {
            return base;
        }
        next();
        enter();
        Expr exponent = unary();
        leave();
        return new Expr.BinOp(from(first), base, Operator.POW, exponent);
    }

    /** An atom and the attributes, calls and indexes that follow it. */
    final Expr primary() {
        int first = at;
        Expr value = atom();
        while (true) {
            switch (kind) {
                case Token.DOT -> {
                    next();
                    String name = identifier();
                    value = new Expr.Attribute(from(first), value, name, Context.LOAD);
                }
                case Token.LEFT_PAREN -> value = call(first, value);
                case Token.LEFT_BRACKET -> value = subscript(first, value);
                default -> {
                    return value;
                }
            }
        }
    }

    abstract Expr call(int first, Expr function);

    abstract Expr subscript(int first, Expr value);

    abstract Expr parenthesized();

    abstract Expr list();

    abstract Expr braces();

    final Expr.Name name() {
        int first = at;
        String id = identifier();
        return new Expr.Name(from(first), id, Context.LOAD);
    }

    private Expr atom() {
        return switch (kind) {
            case Token.NAME -> name();
            case Token.NUMBER -> number();
            case Token.STRING, Token.FSTRING_START -> strings();
            case Token.LEFT_PAREN -> parenthesized();
            case Token.LEFT_BRACKET -> list();
            case Token.LEFT_BRACE -> braces();
            case Token.NONE -> singleton(Type.NONE, null);
            case Token.TRUE -> singleton(Type.BOOL, Boolean.TRUE);
            case Token.FALSE -> singleton(Type.BOOL, Boolean.FALSE);
            case Token.ELLIPSIS -> singleton(Type.ELLIPSIS, null);
            default -> throw fault("invalid syntax");
        };
    }

    final Expr.Constant singleton(Type type, @Nullable Object value) {
        next();
        return new Expr.Constant(from(at - 1), type, value);
    }
}
