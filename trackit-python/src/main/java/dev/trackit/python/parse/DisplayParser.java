package dev.trackit.python.parse;

import dev.trackit.python.ast.Arg;
import dev.trackit.python.ast.Arguments;
import dev.trackit.python.ast.Comprehension;
import dev.trackit.python.ast.DictItem;
import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Expr.Context;
import dev.trackit.python.ast.Keyword;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in brackets: calls, indexes, displays, comprehensions, parameters; and targets of assignments. */
abstract class DisplayParser extends ExpressionParser {

    DisplayParser(
            SourceText source,
            int start,
            int end,
            NameTable names,
            List<Problem> problems,
            int magicDepth,
            boolean ipython) {
        super(source, start, end, names, problems, magicDepth, ipython);
    }

    // Calls and indexes.

    @Override
    final Expr call(int first, Expr function) {
        List<Expr> args = new ArrayList<>();
        List<Keyword> keywords = new ArrayList<>();
        arguments(args, keywords);
        return new Expr.Call(from(first), function, args, keywords);
    }

    /** The arguments of a call or of a class, with their parentheses. */
    final void arguments(List<Expr> args, List<Keyword> keywords) {
        int open = at;
        enter();
        next();
        boolean unpacked = false;
        while (kind != Token.RIGHT_PAREN) {
            int first = at;
            if (kind == Token.DOUBLE_STAR) {
                next();
                Expr value = expression();
                keywords.add(new Keyword(from(first), null, value));
                unpacked = true;
            } else if (kind == Token.NAME && peek() == Token.EQUAL) {
                String name = identifier();
                next();
                Expr value = expression();
                keywords.add(new Keyword(from(first), name, value));
            } else if (kind == Token.STAR) {
                if (unpacked) {
                    throw fault("iterable argument unpacking follows keyword argument unpacking");
                }
                next();
                Expr value = expression();
                args.add(new Expr.Starred(from(first), value, Context.LOAD));
            } else {
                if (!keywords.isEmpty()) {
                    throw fault("positional argument follows keyword argument");
                }
                args.add(argument(open));
            }
            if (!accept(Token.COMMA)) {
                break;
            }
        }
        expect(Token.RIGHT_PAREN, "expected ',' or ')' in a call");
        leave();
    }

    private Expr argument(int open) {
        int first = at;
        Expr value = namedExpression();
        if (kind != Token.FOR && kind != Token.ASYNC) {
            return value;
        }
        List<Comprehension> generators = comprehensions();
        if (kind != Token.RIGHT_PAREN || first != open + 1) {
            throw fault("Generator expression must be parenthesized");
        }
        return new Expr.GeneratorExp(span(open, at), value, generators);
    }

    @Override
    final Expr subscript(int first, Expr value) {
        enter();
        next();
        int start = at;
        Expr index = kind == Token.STAR ? starNamedExpression() : slice();
        if (kind == Token.COMMA || index instanceof Expr.Starred) {
            List<Expr> elements = new ArrayList<>();
            elements.add(index);
            while (accept(Token.COMMA) && kind != Token.RIGHT_BRACKET) {
                elements.add(kind == Token.STAR ? starNamedExpression() : slice());
            }
            index = new Expr.TupleExpr(from(start), elements, Context.LOAD);
        }
        expect(Token.RIGHT_BRACKET, "expected ']'");
        leave();
        return new Expr.Subscript(from(first), value, index, Context.LOAD);
    }

    private Expr slice() {
        int first = at;
        Expr lower = kind == Token.COLON ? null : namedExpression();
        if (lower != null && kind != Token.COLON) {
            return lower;
        }
        next();
        Expr upper = endsSlice() ? null : expression();
        Expr step = null;
        if (accept(Token.COLON)) {
            step = endsSlice() ? null : expression();
        }
        return new Expr.Slice(from(first), lower, upper, step);
    }

    private boolean endsSlice() {
        return kind == Token.COLON || kind == Token.COMMA || kind == Token.RIGHT_BRACKET;
    }

    // Displays and comprehensions.

    @Override
    final Expr parenthesized() {
        int first = at;
        enter();
        next();
        Expr result = inParentheses(first);
        leave();
        return result;
    }

    private Expr inParentheses(int first) {
        if (accept(Token.RIGHT_PAREN)) {
            return new Expr.TupleExpr(from(first), List.of(), Context.LOAD);
        }
        if (kind == Token.YIELD) {
            Expr value = yieldExpression();
            expect(Token.RIGHT_PAREN, "expected ')'");
            return value;
        }
        Expr value = starNamedExpression();
        if (kind == Token.FOR || kind == Token.ASYNC) {
            List<Comprehension> generators = comprehensions();
            expect(Token.RIGHT_PAREN, "expected ')'");
            return new Expr.GeneratorExp(from(first), notStarred(value), generators);
        }
        if (kind != Token.COMMA) {
            if (value instanceof Expr.Starred) {
                throw fault("cannot use starred expression here");
            }
            expect(Token.RIGHT_PAREN, "expected ',' or ')'");
            return value;
        }
        List<Expr> elements = elements(value, Token.RIGHT_PAREN);
        return new Expr.TupleExpr(from(first), elements, Context.LOAD);
    }

    private Expr notStarred(Expr element) {
        if (element instanceof Expr.Starred) {
            throw fault("iterable unpacking cannot be used in comprehension");
        }
        return element;
    }

    /** The elements after the first one, and the bracket that closes them. */
    private List<Expr> elements(Expr first, int close) {
        List<Expr> elements = new ArrayList<>();
        elements.add(first);
        while (accept(Token.COMMA) && kind != close) {
            elements.add(starNamedExpression());
        }
        expect(close, "invalid syntax: a comma or a closing bracket is missing");
        return elements;
    }

    @Override
    final Expr list() {
        int first = at;
        enter();
        next();
        Expr result;
        if (accept(Token.RIGHT_BRACKET)) {
            result = new Expr.ListExpr(from(first), List.of(), Context.LOAD);
        } else {
            Expr element = starNamedExpression();
            if (kind == Token.FOR || kind == Token.ASYNC) {
                List<Comprehension> generators = comprehensions();
                expect(Token.RIGHT_BRACKET, "expected ']'");
                result = new Expr.ListComp(from(first), notStarred(element), generators);
            } else {
                List<Expr> elements = elements(element, Token.RIGHT_BRACKET);
                result = new Expr.ListExpr(from(first), elements, Context.LOAD);
            }
        }
        leave();
        return result;
    }

    @Override
    final Expr braces() {
        int first = at;
        enter();
        next();
        Expr result;
        if (kind == Token.RIGHT_BRACE || kind == Token.DOUBLE_STAR) {
            result = dict(first, new ArrayList<>());
        } else {
            int start = at;
            Expr element = starNamedExpression();
            if (kind == Token.COLON && !(element instanceof Expr.Starred)) {
                result = dictFrom(first, start, element);
            } else if (kind == Token.FOR || kind == Token.ASYNC) {
                List<Comprehension> generators = comprehensions();
                expect(Token.RIGHT_BRACE, "expected '}'");
                result = new Expr.SetComp(from(first), notStarred(element), generators);
            } else {
                List<Expr> elements = elements(element, Token.RIGHT_BRACE);
                result = new Expr.SetExpr(from(first), elements);
            }
        }
        leave();
        return result;
    }

    private Expr dictFrom(int first, int start, Expr key) {
        next();
        Expr value = expression();
        if (kind == Token.FOR || kind == Token.ASYNC) {
            List<Comprehension> generators = comprehensions();
            expect(Token.RIGHT_BRACE, "expected '}'");
            return new Expr.DictComp(from(first), key, value, generators);
        }
        List<DictItem> items = new ArrayList<>();
        items.add(new DictItem(from(start), key, value));
        if (kind != Token.RIGHT_BRACE) {
            expect(Token.COMMA, "invalid syntax: a comma or '}' is missing");
        }
        return dict(first, items);
    }

    /** The items from the current token, and the brace that closes them. */
    private Expr dict(int first, List<DictItem> items) {
        while (kind != Token.RIGHT_BRACE) {
            int start = at;
            Expr key = null;
            Expr value;
            if (accept(Token.DOUBLE_STAR)) {
                value = bitwiseOr();
            } else {
                key = expression();
                expect(Token.COLON, "':' expected after dictionary key");
                value = expression();
            }
            items.add(new DictItem(from(start), key, value));
            if (!accept(Token.COMMA)) {
                break;
            }
        }
        expect(Token.RIGHT_BRACE, "invalid syntax: a comma or '}' is missing");
        return new Expr.Dict(from(first), items);
    }

    private List<Comprehension> comprehensions() {
        List<Comprehension> generators = new ArrayList<>(1);
        while (kind == Token.FOR || kind == Token.ASYNC) {
            int first = at;
            boolean async = accept(Token.ASYNC);
            expect(Token.FOR, "expected 'for'");
            Expr target = targets();
            expect(Token.IN, "expected 'in'");
            Expr iter = disjunction();
            List<Expr> ifs = new ArrayList<>(1);
            while (accept(Token.IF)) {
                ifs.add(disjunction());
            }
            generators.add(new Comprehension(from(first), target, iter, ifs, async));
        }
        return generators;
    }

    // Targets.

    /** The targets of {@code for}: one, or several with commas. */
    final Expr targets() {
        int first = at;
        Expr target = targetAtom();
        if (kind == Token.COMMA) {
            List<Expr> elements = new ArrayList<>();
            elements.add(target);
            while (accept(Token.COMMA) && startsExpression()) {
                elements.add(targetAtom());
            }
            target = new Expr.TupleExpr(from(first), elements, Context.LOAD);
        }
        return target(target, Context.STORE);
    }

    private Expr targetAtom() {
        int first = at;
        if (!accept(Token.STAR)) {
            return primary();
        }
        Expr value = primary();
        return new Expr.Starred(from(first), value, Context.LOAD);
    }

    /** The expression as something that is bound or deleted. */
    final Expr target(Expr expression, Context context) {
        if (expression instanceof Expr.Name name) {
            return new Expr.Name(name.span(), name.id(), context);
        }
        if (expression instanceof Expr.Attribute attribute) {
            return new Expr.Attribute(attribute.span(), attribute.value(), attribute.name(), context);
        }
        if (expression instanceof Expr.Subscript subscript) {
            return new Expr.Subscript(subscript.span(), subscript.value(), subscript.index(), context);
        }
        if (expression instanceof Expr.TupleExpr tuple) {
            return new Expr.TupleExpr(tuple.span(), targets(tuple.elements(), context), context);
        }
        if (expression instanceof Expr.ListExpr list) {
            return new Expr.ListExpr(list.span(), targets(list.elements(), context), context);
        }
        if (expression instanceof Expr.Starred starred && context == Context.STORE) {
            return new Expr.Starred(starred.span(), target(starred.value(), context), context);
        }
        String verb = context == Context.STORE ? "cannot assign to " : "cannot delete ";
        throw fault(verb + description(expression));
    }

    private List<Expr> targets(List<Expr> expressions, Context context) {
        List<Expr> targets = new ArrayList<>(expressions.size());
        for (Expr expression : expressions) {
            targets.add(target(expression, context));
        }
        return targets;
    }

    private static String description(Expr expression) {
        return switch (expression.kind()) {
            case CALL -> "function call";
            case CONSTANT -> "literal";
            case LAMBDA -> "lambda";
            case COMPARE -> "comparison";
            case JOINED_STR -> "f-string expression";
            default -> "expression";
        };
    }

    // Parameters.

    @Override
    final Arguments lambdaArguments() {
        return parameters(Token.COLON, false);
    }

    /** The parameters of a function up to, and without, the token that ends them. */
    final Arguments parameters(int end, boolean annotated) {
        int first = at;
        List<Arg> positionalOnly = new ArrayList<>();
        List<Arg> positional = new ArrayList<>();
        List<Arg> keywordOnly = new ArrayList<>();
        Arg vararg = null;
        Arg kwarg = null;
        boolean starSeen = false;
        while (kind != end) {
            if (kwarg != null) {
                throw fault("arguments cannot follow var-keyword argument");
            }
            if (accept(Token.SLASH)) {
                if (starSeen || positional.isEmpty() || !positionalOnly.isEmpty()) {
                    throw fault("'/' stands where it cannot");
                }
                positionalOnly = positional;
                positional = new ArrayList<>();
            } else if (accept(Token.STAR)) {
                if (starSeen) {
                    throw fault("* argument may appear only once");
                }
                starSeen = true;
                if (kind != Token.COMMA) {
                    vararg = parameter(annotated, true, false);
                } else if (peek() == end || peek() == Token.DOUBLE_STAR) {
                    throw fault("named arguments must follow bare *");
                }
            } else if (accept(Token.DOUBLE_STAR)) {
                kwarg = parameter(annotated, false, false);
            } else {
                Arg arg = parameter(annotated, false, true);
                if (!starSeen && arg.defaultValue() == null && hasDefault(positional, positionalOnly)) {
                    throw fault("parameter without a default follows parameter with a default");
                }
                (starSeen ? keywordOnly : positional).add(arg);
            }
            if (!accept(Token.COMMA)) {
                break;
            }
        }
        Span span = at > first ? from(first) : emptyHere();
        return new Arguments(span, positionalOnly, positional, vararg, keywordOnly, kwarg);
    }

    private Span emptyHere() {
        int offset = lexer.starts[at];
        return source.span(offset, lexer.lines[at], offset, lexer.lines[at]);
    }

    private static boolean hasDefault(List<Arg> positional, List<Arg> positionalOnly) {
        List<Arg> last = positional.isEmpty() ? positionalOnly : positional;
        return !last.isEmpty() && last.get(last.size() - 1).defaultValue() != null;
    }

    private Arg parameter(boolean annotated, boolean starAnnotation, boolean mayHaveDefault) {
        int first = at;
        String name = identifier();
        @Nullable Expr annotation = null;
        if (annotated && accept(Token.COLON)) {
            annotation = starAnnotation ? starExpression() : expression();
        }
        Span span = from(first);
        @Nullable Expr defaultValue = mayHaveDefault && accept(Token.EQUAL) ? expression() : null;
        return new Arg(span, name, annotation, defaultValue);
    }
}
