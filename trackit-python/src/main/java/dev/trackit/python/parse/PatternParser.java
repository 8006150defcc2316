package dev.trackit.python.parse;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Expr.Constant.Type;
import dev.trackit.python.ast.Expr.Context;
import dev.trackit.python.ast.Operator;
import dev.trackit.python.ast.Pattern;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The patterns of {@code match} statements. */
abstract class PatternParser extends DisplayParser {

    PatternParser(
            SourceText source,
            int start,
            int end,
            NameTable names,
            List<Problem> problems,
            int magicDepth,
            boolean ipython) {
        super(source, start, end, names, problems, magicDepth, ipython);
    }

    /** The pattern of a {@code case}: one, or several with commas, which are a sequence. */
    final Pattern patterns() {
        int first = at;
        Pattern pattern = starPattern();
        if (kind != Token.COMMA && !(pattern instanceof Pattern.MatchStar)) {
            return pattern;
        }
        List<Pattern> patterns = new ArrayList<>();
        patterns.add(pattern);
        if (kind != Token.COMMA) {
            throw fault("a starred pattern stands in a sequence only");
        }
        while (accept(Token.COMMA) && kind != Token.COLON && kind != Token.IF) {
            patterns.add(starPattern());
        }
        return new Pattern.MatchSequence(from(first), patterns);
    }

    private Pattern starPattern() {
        int first = at;
        if (!accept(Token.STAR)) {
            return pattern();
        }
        String name = identifier();
        return new Pattern.MatchStar(from(first), name.equals("_") ? null : name);
    }

    private Pattern pattern() {
        int first = at;
        Pattern pattern = closedPattern();
        if (kind == Token.BAR) {
            List<Pattern> alternatives = new ArrayList<>();
            alternatives.add(pattern);
            while (accept(Token.BAR)) {
                alternatives.add(closedPattern());
            }
            pattern = new Pattern.MatchOr(from(first), alternatives);
        }
        if (!accept(Token.AS)) {
            return pattern;
        }
        String name = identifier();
        if (name.equals("_")) {
            throw fault("cannot use '_' as a target", at - 1);
        }
        return new Pattern.MatchAs(from(first), pattern, name);
    }

    private Pattern closedPattern() {
        int first = at;
        switch (kind) {
            case Token.NUMBER, Token.MINUS, Token.STRING, Token.FSTRING_START -> {
                Expr value = literal();
                return new Pattern.MatchValue(from(first), value);
            }
            case Token.NONE -> {
                return new Pattern.MatchSingleton(span(first, first), singleton(Type.NONE, null));
            }
            case Token.TRUE, Token.FALSE -> {
                boolean value = kind == Token.TRUE;
                return new Pattern.MatchSingleton(span(first, first), singleton(Type.BOOL, value));
            }
            case Token.NAME -> {
                return namePattern();
            }
            case Token.LEFT_PAREN -> {
                return sequence(Token.RIGHT_PAREN);
            }
            case Token.LEFT_BRACKET -> {
                return sequence(Token.RIGHT_BRACKET);
            }
            case Token.LEFT_BRACE -> {
                return mapping();
            }
            default -> throw fault("invalid pattern");
        }
    }

    /** A string, or a number that may be signed and complex. */
    private Expr literal() {
        int first = at;
        if (kind == Token.STRING || kind == Token.FSTRING_START) {
            Expr value = strings();
            if (value instanceof Expr.JoinedStr || value instanceof Expr.TemplateStr) {
                throw fault("patterns may only match literals and attribute lookups", first);
            }
            return value;
        }
        Expr real = signedNumber();
        if (kind != Token.PLUS && kind != Token.MINUS) {
            return real;
        }
        Operator operator = kind == Token.PLUS ? Operator.ADD : Operator.SUB;
        next();
        if (kind != Token.NUMBER) {
            throw fault("imaginary number required in complex literal");
        }
        Expr imaginary = number();
        if (isImaginary(real) || !isImaginary(imaginary)) {
            throw fault("a complex number is a real and an imaginary part", first);
        }
        return new Expr.BinOp(from(first), real, operator, imaginary);
    }

    private static boolean isImaginary(Expr number) {
        Expr plain = number instanceof Expr.UnaryOp negative ? negative.operand() : number;
        return plain instanceof Expr.Constant constant && constant.type() == Type.COMPLEX;
    }

    private Expr signedNumber() {
        int first = at;
        boolean negative = accept(Token.MINUS);
        if (kind != Token.NUMBER) {
            throw fault("expected a number");
        }
        Expr number = number();
        return negative ? new Expr.UnaryOp(from(first), UnaryOperator.U_SUB, number) : number;
    }

    /** A capture, {@code _}, a dotted value, or a class pattern. */
    private Pattern namePattern() {
        int first = at;
        Expr value = dottedName();
        if (kind == Token.LEFT_PAREN) {
            return classPattern(first, value);
        }
        if (value instanceof Expr.Name name) {
            return new Pattern.MatchAs(from(first), null, name.id().equals("_") ? null : name.id());
        }
        return new Pattern.MatchValue(from(first), value);
    }

    private Expr dottedName() {
        int first = at;
        Expr value = name();
        while (accept(Token.DOT)) {
            String name = identifier();
            value = new Expr.Attribute(from(first), value, name, Context.LOAD);
        }
        return value;
    }

    private Pattern classPattern(int first, Expr type) {
        enter();
        next();
        List<Pattern> patterns = new ArrayList<>();
        List<String> keywordNames = new ArrayList<>();
        List<Pattern> keywordPatterns = new ArrayList<>();
        while (kind != Token.RIGHT_PAREN) {
            if (kind == Token.NAME && peek() == Token.EQUAL) {
                keywordNames.add(identifier());
                next();
                keywordPatterns.add(pattern());
            } else if (keywordNames.isEmpty()) {
                patterns.add(pattern());
            } else {
                throw fault("positional patterns follow keyword patterns");
            }
            if (!accept(Token.COMMA)) {
                break;
            }
        }
        expect(Token.RIGHT_PAREN, "expected ')'");
        leave();
        return new Pattern.MatchClass(from(first), type, patterns, keywordNames, keywordPatterns);
    }

    /** A sequence in brackets or parentheses; one pattern in parentheses is that pattern. */
    private Pattern sequence(int close) {
        int first = at;
        enter();
        next();
        List<Pattern> patterns = new ArrayList<>();
        boolean comma = false;
        while (kind != close) {
            patterns.add(starPattern());
            if (!accept(Token.COMMA)) {
                break;
            }
            comma = true;
        }
        expect(close, "expected ',' or a closing bracket");
        leave();
        boolean group = close == Token.RIGHT_PAREN && patterns.size() == 1 && !comma;
        if (group && !(patterns.get(0) instanceof Pattern.MatchStar)) {
            return patterns.get(0);
        }
        if (group) {
            throw fault("a starred pattern stands in a sequence only", first);
        }
        return new Pattern.MatchSequence(from(first), patterns);
    }

    private Pattern mapping() {
        int first = at;
        enter();
        next();
        List<Expr> keys = new ArrayList<>();
        List<Pattern> patterns = new ArrayList<>();
        @Nullable String rest = null;
        while (kind != Token.RIGHT_BRACE) {
            if (accept(Token.DOUBLE_STAR)) {
                rest = identifier();
                accept(Token.COMMA);
                break;
            }
            keys.add(key());
            expect(Token.COLON, "expected ':'");
            patterns.add(pattern());
            if (!accept(Token.COMMA)) {
                break;
            }
        }
        expect(Token.RIGHT_BRACE, "expected '}'");
        leave();
        return new Pattern.MatchMapping(from(first), keys, patterns, rest);
    }

    private Expr key() {
        return switch (kind) {
            case Token.NAME -> {
                Expr value = dottedName();
                if (value instanceof Expr.Name) {
                    throw fault("a key is a literal or a dotted name", at - 1);
                }
                yield value;
            }
            case Token.NONE -> singleton(Type.NONE, null);
            case Token.TRUE -> singleton(Type.BOOL, Boolean.TRUE);
            case Token.FALSE -> singleton(Type.BOOL, Boolean.FALSE);
            default -> literal();
        };
    }
}
