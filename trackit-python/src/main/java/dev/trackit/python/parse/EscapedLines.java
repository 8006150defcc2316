package dev.trackit.python.parse;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Expr.Constant.Type;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Span;
import dev.trackit.python.ast.Stmt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that IPython reads otherwise than Python: magics, commands, help, automatic calls. */
final class EscapedLines {

    private final SourceText source;
    private final NameTable names;
    private final List<Problem> problems;
    private final int magicDepth;

    EscapedLines(SourceText source, NameTable names, List<Problem> problems, int magicDepth) {
        this.source = source;
        this.names = names;
        this.problems = problems;
        this.magicDepth = magicDepth;
    }

    /** The statement of the line between two offsets, whose first character is an escape. */
    Stmt read(Span span, int start, int end, @Nullable Expr target) {
        return switch (source.chars[start]) {
            case '%' -> magic(span, start + 1, end, target, false, null);
            case '!' -> command(span, start, end, target);
            case '?' -> help(source, span, start, end);
            default -> call(span, start, end);
        };
    }

    /** A line that is a magic without its percent sign; {@code python} is what it means where the name is bound. */
    Stmt automatic(int start, int end, List<Stmt> python) {
        return magic(source.span(start, end), start, end, null, true, python);
    }

    private Stmt magic(
            Span span, int nameStart, int end, @Nullable Expr target, boolean automatic, @Nullable List<Stmt> python) {
        int nameEnd = nameStart;
        while (nameEnd < end && !Chars.isBlank(source.chars[nameEnd])) {
            nameEnd++;
        }
        String name = source.text(nameStart, nameEnd);
        int start = skipBlanks(nameEnd, end);
        String argument = joined(start, end);
        List<Stmt> body = python == null || python.isEmpty() ? List.of() : python;
        boolean runs = Magics.runsArgument(name);
        if (runs && body.isEmpty()) {
            body = statements(skipOptions(name, start, end), end);
        }
        List<Expr> read = runs ? List.of() : interpolations(start, end);
        return new Stmt.LineMagic(span, name, argument, target, body, read, automatic);
    }

    private Stmt command(Span span, int start, int end, @Nullable Expr target) {
        boolean twice = target == null && end - start > 1 && source.chars[start + 1] == '!';
        int from = skipBlanks(start + (twice ? 2 : 1), end);
        return new Stmt.ShellCommand(
                span, joined(from, end), target, interpolations(from, end), twice || target != null);
    }

    /** {@code ?name}, {@code name?} and the like. */
    static Stmt help(SourceText source, Span span, int start, int end) {
        char[] text = source.chars;
        int nameEnd = HelpLine.nameEnd(text, start, end);
        boolean atEnd = nameEnd < end && text[start] != '?';
        if (atEnd) {
            int nameStart = HelpLine.nameStart(text, start, nameEnd);
            return new Stmt.Help(span, source.text(Math.max(start, nameStart), nameEnd), end - nameEnd == 2);
        }
        int nameStart = start;
        while (nameStart < end && nameStart - start < 2 && text[nameStart] == '?') {
            nameStart++;
        }
        boolean detailed = nameStart - start == 2;
        return new Stmt.Help(span, source.text(nameStart, end).strip(), detailed);
    }

    /** {@code ,f a b}, {@code ;f a b}, {@code /f a b}. */
    private Stmt call(Span span, int start, int end) {
        char marker = source.chars[start];
        int nameStart = skipBlanks(start + 1, end);
        int nameEnd = wordEnd(nameStart, end);
        Expr function = expression(nameStart, nameEnd);
        if (function == null) {
            problems.add(new Problem(span, "expected the name of a function", Problem.Kind.SYNTAX));
            return new Stmt.BadStatement(span, "expected the name of a function", span.text(source.original));
        }
        List<Expr> args = new ArrayList<>();
        int at = skipBlanks(nameEnd, end);
        if (marker == ';' && at < end) {
            args.add(string(at, end));
            at = end;
        }
        while (at < end) {
            int wordEnd = wordEnd(at, end);
            if (marker == ',') {
                args.add(string(at, wordEnd));
            } else {
                int valueEnd = source.chars[wordEnd - 1] == ',' ? wordEnd - 1 : wordEnd;
                Expr value = expression(at, valueEnd);
                args.add(value == null ? string(at, valueEnd) : value);
            }
            at = skipBlanks(wordEnd, end);
        }
        Span callSpan = source.span(nameStart, end);
        return new Stmt.AutoCall(span, marker, new Expr.Call(callSpan, function, args, List.of()));
    }

    private Expr string(int start, int end) {
        return new Expr.Constant(source.span(start, end), Type.STRING, source.text(start, end));
    }

    // Parts of lines.

    private int skipBlanks(int start, int end) {
        int at = start;
        while (at < end && (Chars.isBlank(source.chars[at]) || isJoin(at, end))) {
            at++;
        }
        return at;
    }

    /** Whether a backslash stands here that joins the next line. */
    private boolean isJoin(int at, int end) {
        return source.chars[at] == '\\'
                && at + 1 < end
                && (source.chars[at + 1] == '\n' || source.chars[at + 1] == '\r');
    }

    private int wordEnd(int start, int end) {
        int at = start;
        while (at < end && !Chars.isBlank(source.chars[at])) {
            at++;
        }
        return at;
    }

    /** The offset behind options such as {@code -n 10 -q}. */
    private int skipOptions(String name, int start, int end) {
        int at = start;
        while (at + 1 < end && source.chars[at] == '-' && isOption(source.chars[at + 1])) {
            boolean isLong = source.chars[at + 1] == '-';
            int wordEnd = wordEnd(at, end);
            char letter = source.chars[at + 1];
            int after = skipBlanks(wordEnd, end);
            if (!isLong && wordEnd - at == 2 && Magics.takesValue(name, letter)) {
                after = skipBlanks(wordEnd(after, end), end);
            }
            at = after;
        }
        return at;
    }

    private static boolean isOption(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-';
    }

    /** The text without the backslashes that join lines. */
    private String joined(int start, int end) {
        String text = source.text(start, end).strip();
        if (text.indexOf('\\') < 0) {
            return text;
        }
        return text.replace("\\\r\n", " ").replace("\\\n", " ");
    }

    /** The range parsed as statements. */
    List<Stmt> statements(int start, int end) {
        return start < end ? CellSyntax.parse(source, start, end, names, problems, magicDepth + 1) : List.of();
    }

    /** The body of {@code %%timeit} with the statements of its line, which run before it. */
    List<Stmt> withSetup(String name, int start, int end, List<Stmt> body) {
        List<Stmt> all = new ArrayList<>(statements(skipOptions(name, skipBlanks(start, end), end), end));
        all.addAll(body);
        return all;
    }

    private @Nullable Expr expression(int start, int end) {
        int from = skipBlanks(start, end);
        if (from >= end) {
            return null;
        }
        return new StatementParser(source, from, end, names, new ArrayList<>(), magicDepth + 1, false)
                .wholeExpression();
    }

    // What a line reads of the namespace: {expression} and $name. If one cannot be read, IPython replaces none.

    List<Expr> interpolations(int start, int end) {
        List<Expr> found = new ArrayList<>();
        int at = start;
        while (at < end) {
            char c = source.chars[at];
            if (c == '{') {
                if (at + 1 < end && source.chars[at + 1] == '{') {
                    at += 2;
                    continue;
                }
                int close = closingBrace(at, end);
                Expr read = close < 0 ? null : expression(at + 1, fieldEnd(at + 1, close));
                if (read == null) {
                    return List.of();
                }
                found.add(read);
                at = close;
            } else if (c == '$' && at + 1 < end) {
                at = dollar(at, end, found);
            }
            at++;
        }
        return found;
    }

    /** Where the expression of a field ends: before a conversion or format, as in a format string. */
    private int fieldEnd(int start, int close) {
        int depth = 0;
        for (int at = start; at < close; at++) {
            char c = source.chars[at];
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            } else if (c == ':' && depth == 0 || c == '!' && depth == 0 && source.chars[at + 1] != '=') {
                return at;
            }
        }
        return close;
    }

    private int closingBrace(int open, int end) {
        int depth = 0;
        for (int at = open; at < end; at++) {
            char c = source.chars[at];
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private int dollar(int dollar, int end, List<Expr> found) {
        if (source.chars[dollar + 1] == '$') {
            return dollar + 1;
        }
        int at = dollar + 1;
        while (at < end && (Chars.isNamePart(source.chars[at]) || source.chars[at] == '.')) {
            at++;
        }
        while (at > dollar + 1 && source.chars[at - 1] == '.') {
            at--;
        }
        if (at > dollar + 1 && Chars.isNameStart(source.chars[dollar + 1])) {
            Expr read = expression(dollar + 1, at);
            if (read != null) {
                found.add(read);
            }
        }
        return at - 1;
    }
}
