package dev.trackit.python.parse;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Expr.Constant.Type;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers, strings, f-strings and t-strings. */
abstract class LiteralParser extends TokenCursor {

    LiteralParser(
            SourceText source,
            int start,
            int end,
            NameTable names,
            List<Problem> problems,
            int magicDepth,
            boolean ipython) {
        super(source, start, end, names, problems, magicDepth, ipython);
    }

    /** The expression of a replacement field: {@code yield}, or expressions with commas and stars. */
    abstract Expr fieldExpression();

    final Expr number() {
        Numbers.Value value = Numbers.value(tokenText(at));
        if (value == null) {
            throw fault("this integer is not allowed in Python: leading zeros or too many digits");
        }
        next();
        Span span = from(at - 1);
        if (value.python2()) {
            python2("an integer in the notation of Python 2", span);
        }
        return new Expr.Constant(span, value.type(), value.value());
    }

    /** One or more adjacent strings, which Python joins. */
    final Expr strings() {
        int first = at;
        while (kind == Token.STRING) {
            next();
        }
        return kind == Token.FSTRING_START ? formatted(first) : constant(first, at - 1);
    }

    private Expr constant(int first, int last) {
        boolean bytes = isBytes(first);
        String value = decoded(first);
        if (last > first) {
            StringBuilder joined = new StringBuilder(value);
            for (int token = first + 1; token <= last; token++) {
                if (isBytes(token) != bytes) {
                    throw fault("cannot mix bytes and nonbytes literals", token);
                }
                joined.append(decoded(token));
            }
            value = joined.toString();
        }
        return new Expr.Constant(from(first), bytes ? Type.BYTES : Type.STRING, value);
    }

    private boolean isBytes(int token) {
        char first = source.chars[lexer.starts[token]];
        return first == 'b' || first == 'B' || (first == 'r' || first == 'R') && second(token) == 'b';
    }

    private char second(int token) {
        return Character.toLowerCase(source.chars[lexer.starts[token] + 1]);
    }

    private String decoded(int token) {
        int start = lexer.starts[token];
        char[] chars = source.chars;
        int flags = 0;
        int quote = start;
        while (chars[quote] != '"' && chars[quote] != '\'') {
            quote++;
        }
        if (quote > start) {
            flags = Chars.prefix(chars, start, quote);
            if (quote - start == 2 && (chars[start] == 'u' || chars[start] == 'U')) {
                python2("a string prefix of Python 2", source.span(start, lexer.ends[token]));
            }
        }
        boolean triple =
                lexer.ends[token] - quote >= 6 && chars[quote + 1] == chars[quote] && chars[quote + 2] == chars[quote];
        int width = triple ? 3 : 1;
        return Strings.decode(chars, quote + width, lexer.ends[token] - width, flags, false);
    }

    /** Adjacent strings of which at least one is an f-string or t-string. */
    private Expr formatted(int first) {
        moveTo(first);
        FormattedParts parts = new FormattedParts();
        boolean template = false;
        boolean plain = false;
        while (kind == Token.STRING || kind == Token.FSTRING_START) {
            if (kind == Token.STRING) {
                if (isBytes(at)) {
                    throw fault("cannot mix bytes and nonbytes literals");
                }
                plain = true;
                parts.literal(decoded(at), span(at, at));
                next();
            } else {
                boolean isTemplate = (prefix() & Chars.TEMPLATE) != 0;
                template |= isTemplate;
                plain |= !isTemplate;
                enter();
                formattedString(parts, isTemplate);
                leave();
            }
            if (template && plain) {
                throw fault("cannot mix t-string literals with string or bytes literals");
            }
        }
        Span span = from(first);
        List<Expr> values = parts.finish();
        return template ? new Expr.TemplateStr(span, values) : new Expr.JoinedStr(span, values);
    }

    private int prefix() {
        int start = lexer.starts[at];
        int quote = start;
        while (source.chars[quote] != '"' && source.chars[quote] != '\'') {
            quote++;
        }
        return Chars.prefix(source.chars, start, quote);
    }

    private void formattedString(FormattedParts parts, boolean template) {
        boolean raw = (prefix() & Chars.RAW) != 0;
        next();
        while (kind != Token.FSTRING_END) {
            part(parts, template, raw, false);
        }
        next();
    }

    private void part(FormattedParts parts, boolean template, boolean raw, boolean spec) {
        if (kind == Token.FSTRING_MIDDLE) {
            String value = Strings.decode(source.chars, lexer.starts[at], lexer.ends[at], raw ? Chars.RAW : 0, !spec);
            parts.literal(value, span(at, at));
            next();
        } else if (kind == Token.LEFT_BRACE) {
            field(parts, template, raw);
        } else {
            throw fault("f-string: expecting '}'");
        }
    }

    private void field(FormattedParts parts, boolean template, boolean raw) {
        int first = at;
        enter();
        next();
        int valueStart = lexer.ends[at - 1];
        int valueLine = lexer.endLines[at - 1];
        Expr value = fieldExpression();
        int valueEnd = lexer.ends[at - 1];
        boolean debug = accept(Token.EQUAL);
        if (debug) {
            int textEnd = lexer.starts[at];
            String text = Strings.newlines(withoutComments(first));
            parts.literal(text, source.span(valueStart, valueLine, textEnd, lexer.lines[at]));
        }
        char conversion = conversion();
        Expr.JoinedStr spec = kind == Token.COLON ? specification(raw) : null;
        if (kind != Token.RIGHT_BRACE) {
            throw fault("f-string: expecting '}'");
        }
        next();
        leave();
        if (debug && conversion == 0 && spec == null) {
            conversion = 'r';
        }
        Span span = from(first);
        if (template) {
            parts.add(new Expr.Interpolation(
                    span, value, source.text(valueStart, valueEnd).strip(), conversion, spec));
        } else {
            parts.add(new Expr.FormattedValue(span, value, conversion, spec));
        }
    }

    /** The source from behind a token to the current one, comments left out. */
    private String withoutComments(int first) {
        StringBuilder text = new StringBuilder();
        for (int token = first; token < at; token++) {
            if (token > first) {
                text.append(tokenText(token));
            }
            int offset = lexer.ends[token];
            while (offset < lexer.starts[token + 1]) {
                char c = source.chars[offset];
                int next = c == '#' ? source.lineEnd(source.lineOf(offset)) : offset + 1;
                if (c != '#') {
                    text.append(c);
                }
                offset = next;
            }
        }
        return text.toString();
    }

    private char conversion() {
        if (!accept(Token.EXCLAMATION)) {
            return 0;
        }
        int token = at;
        boolean adjacent = lexer.starts[token] == lexer.ends[token - 1];
        String name = kind == Token.NAME ? nameAt(token) : "";
        if (!adjacent || !(name.equals("s") || name.equals("r") || name.equals("a"))) {
            throw fault("f-string: invalid conversion character: expected 's', 'r', or 'a'");
        }
        next();
        return name.charAt(0);
    }

    private Expr.JoinedStr specification(boolean raw) {
        int colon = at;
        next();
        FormattedParts parts = new FormattedParts();
        while (kind == Token.FSTRING_MIDDLE || kind == Token.LEFT_BRACE) {
            part(parts, false, raw, true);
        }
        return new Expr.JoinedStr(from(colon), parts.finish());
    }

    /** The values of an f-string, literals that touch joined. */
    private static final class FormattedParts {

        private final List<Expr> values = new ArrayList<>();
        private @Nullable StringBuilder pending;
        private @Nullable Span pendingSpan;

        void literal(String text, Span span) {
            if (pending == null || pendingSpan == null) {
                pending = new StringBuilder(text);
                pendingSpan = span;
            } else {
                pending.append(text);
                pendingSpan = pendingSpan.to(span);
            }
        }

        void add(Expr value) {
            flush();
            values.add(value);
        }

        List<Expr> finish() {
            flush();
            return values;
        }

        private void flush() {
            if (pending != null && pendingSpan != null && pending.length() > 0) {
                values.add(new Expr.Constant(pendingSpan, Type.STRING, pending.toString()));
            }
            pending = null;
            pendingSpan = null;
        }
    }
}
