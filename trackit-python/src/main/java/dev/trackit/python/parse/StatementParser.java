package dev.trackit.python.parse;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.MatchCase;
import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Span;
import dev.trackit.python.ast.Stmt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of statements, and what happens when one of them cannot be parsed.
 *
 * <p>A fault costs the statement where it stands. Where that statement ends is clear if its line ends outside of
 * brackets: there, and behind the block that belongs to it. If a bracket or string is open, the line has no end: then the
 * next line that is not indented deeper and looks like a statement is where parsing goes on. To find that out, text is
 * read more than once; how much of that is allowed is bounded, so that no source takes quadratic time.
 */
final class StatementParser extends CompoundStatementParser {

    /** How often, on average, a character may be read again in search of a place to go on. */
    private static final long MAX_REREADS = 3;

    private static final long FREE_REREADS = 100_000;

    private final int rangeEnd;
    private final int[] openIndents = new int[Lexer.MAX_INDENTS + 1];
    private final int[] openTabs = new int[Lexer.MAX_INDENTS + 1];
    private int blockLevel;
    /** The first token of the simple statement that is being parsed. */
    private int statementFirst;

    private long reread;
    private boolean quiet;
    private boolean deepHeader;

    StatementParser(
            SourceText source,
            int start,
            int end,
            NameTable names,
            List<Problem> problems,
            int magicDepth,
            boolean ipython) {
        super(source, start, end, names, problems, magicDepth, ipython);
        this.rangeEnd = end;
    }

    /** All statements of the range. */
    List<Stmt> module() {
        List<Stmt> statements = new ArrayList<>();
        while (kind != Token.END) {
            if (kind == Token.DEDENT) {
                next();
                continue;
            }
            lexer.forget(at);
            at = 0;
            try {
                statement(statements);
            } catch (StackOverflowError overflow) {
                // the limits of nesting suit threads with an ordinary stack; this one has less
                abandon(statements);
            }
        }
        return statements;
    }

    /** Whether the last line ended with a semicolon. */
    boolean isQuiet() {
        return quiet;
    }

    /** The range as one expression, or null if it is not one. */
    @Nullable
    Expr wholeExpression() {
        try {
            Expr expression = starExpressions();
            boolean whole = kind == Token.NEWLINE && peek() == Token.END;
            return whole && depth(expression) <= MAX_EXPRESSION_DEPTH ? expression : null;
        } catch (Fault notAnExpression) {
            return null;
        }
    }

    private void abandon(List<Stmt> sink) {
        blockLevel = 0;
        restoreStatementDepth(0);
        resetNesting();
        goOnBehind(0, -1, new Fault("too deeply nested", lexer.starts[0]), sink);
    }

    // Sequences of statements.

    private void statements(List<Stmt> sink) {
        while (kind != Token.DEDENT && kind != Token.END) {
            statement(sink);
        }
    }

    private void statement(List<Stmt> sink) {
        int level = blockLevel;
        int depth = statementDepth();
        statementFirst = at;
        int first = at;
        resetNesting();
        try {
            if (kind == Token.INDENT) {
                unexpectedIndent(sink);
                return;
            }
            boolean outerDeep = deepHeader;
            deepHeader = false;
            Stmt compound = compoundStatement();
            if (compound == null) {
                deepHeader = outerDeep;
                simpleStatements(sink);
            } else {
                if (deepHeader && depth(compound) > Node.MAX_DEPTH - statementDepth()) {
                    throw fault("too deeply nested");
                }
                deepHeader = outerDeep;
                quiet = lexer.kinds[lastSignificant(first)] == Token.SEMICOLON;
                sink.add(compound);
            }
        } catch (Fault fault) {
            int start = Math.max(first, blockLevel > level ? first : statementFirst);
            int open = blockLevel - level;
            blockLevel = level;
            restoreStatementDepth(depth);
            resetNesting();
            recover(isCompound(first) ? first : start, open, fault, sink);
        }
    }

    private boolean isCompound(int first) {
        return switch (lexer.kinds[first]) {
            case Token.IF,
                    Token.FOR,
                    Token.WHILE,
                    Token.TRY,
                    Token.WITH,
                    Token.DEF,
                    Token.CLASS,
                    Token.AT,
                    Token.ASYNC -> true;
            default -> false;
        };
    }

    /** Statements on one line, separated by semicolons. */
    private void simpleStatements(List<Stmt> sink) {
        while (true) {
            statementFirst = at;
            nodes = 0;
            Stmt statement = simpleStatement();
            if (kind != Token.NEWLINE && kind != Token.SEMICOLON) {
                throw fault("invalid syntax");
            }
            if (nodes > MAX_EXPRESSION_DEPTH && depth(statement) > MAX_EXPRESSION_DEPTH) {
                throw fault("too deeply nested", statementFirst);
            }
            sink.add(statement);
            quiet = accept(Token.SEMICOLON);
            if (accept(Token.NEWLINE)) {
                return;
            }
        }
    }

    @Override
    List<Stmt> body() {
        deepHeader |= nodes > MAX_EXPRESSION_DEPTH;
        List<Stmt> body = new ArrayList<>();
        if (kind != Token.NEWLINE) {
            boolean outerDeep = deepHeader;
            simpleStatements(body);
            deepHeader = outerDeep;
            return body;
        }
        next();
        if (kind != Token.INDENT) {
            throw fault("expected an indented block");
        }
        openBlock();
        deeper(2);
        statements(body);
        deeper(-2);
        closeBlock();
        nodes = 0;
        return body;
    }

    @Override
    List<MatchCase> cases() {
        deepHeader |= nodes > MAX_EXPRESSION_DEPTH;
        if (kind != Token.INDENT) {
            throw fault("expected an indented block after 'match' statement");
        }
        openBlock();
        deeper(2);
        List<MatchCase> cases = new ArrayList<>();
        while (isWord(at, "case")) {
            nodes = 0;
            cases.add(matchCase());
        }
        if (kind != Token.DEDENT && kind != Token.END || cases.isEmpty()) {
            throw fault("expected 'case'");
        }
        deeper(-2);
        closeBlock();
        return cases;
    }

    private void openBlock() {
        blockLevel++;
        openIndents[blockLevel] = lexer.indents[blockLevel];
        openTabs[blockLevel] = lexer.tabIndents[blockLevel];
        next();
    }

    private void closeBlock() {
        blockLevel--;
        accept(Token.DEDENT);
    }

    /** A line that is indented for no reason costs its first statement. */
    private void unexpectedIndent(List<Stmt> sink) {
        int offset = lexer.starts[at];
        openBlock();
        List<Stmt> indented = new ArrayList<>();
        statements(indented);
        closeBlock();
        if (!indented.isEmpty()) {
            if (!(indented.get(0) instanceof Stmt.BadStatement)) {
                Span span = indented.get(0).extent();
                problem(new Fault("unexpected indent", offset));
                indented.set(0, new Stmt.BadStatement(span, "unexpected indent", span.text(source.original)));
            }
            sink.addAll(indented);
        }
    }

    /** How many levels a tree has, without recursion. */
    private static int depth(Node root) {
        Deque<Node> nodes = new ArrayDeque<>();
        Deque<Integer> depths = new ArrayDeque<>();
        nodes.push(root);
        depths.push(1);
        int deepest = 0;
        while (!nodes.isEmpty()) {
            Node node = nodes.pop();
            int depth = depths.pop();
            deepest = Math.max(deepest, depth);
            node.forEachChild(child -> {
                nodes.push(child);
                depths.push(depth + 1);
            });
        }
        return deepest;
    }

    // IPython.

    @Override
    Stmt escape(int first, @Nullable Expr target) {
        return new EscapedLines(source, names, problems, magicDepth)
                .read(from(first), lexer.starts[at - 1], lexer.ends[at - 1], target);
    }

    @Override
    Stmt help() {
        int first = at;
        next();
        return EscapedLines.help(source, from(first), lexer.starts[first], lexer.ends[first]);
    }

    // Recovery.

    /** Gives up the statement that begins at token {@code first}, within {@code open} blocks of its own. */
    private void recover(int first, int open, Fault fault, List<Stmt> sink) {
        if (open == 0 && isAutomagic(first)) {
            automagic(first, sink);
            return;
        }
        boolean compound = open > 0 || isCompound(first);
        if (open > 0 || at == first || kind == Token.ERROR || lexer.kinds[at - 1] > Token.DEDENT) {
            do {
                int opened = passOver(first, open);
                if (opened < 0) {
                    goOnBehind(first, opened == CUT ? lexer.lines[at] : -1, fault, sink);
                    return;
                }
                compound |= opened > 0;
                open = 0;
            } while (compound && isOrphan());
        }
        int last = lastSignificant(first);
        bad(source.span(lexer.starts[first], lexer.lines[first], lexer.ends[last], lexer.endLines[last]), fault, sink);
    }

    private boolean isOrphan() {
        return kind == Token.ELIF || kind == Token.ELSE || kind == Token.EXCEPT || kind == Token.FINALLY;
    }

    private static final int UNREADABLE = -1;
    private static final int CUT = -2;

    /**
     * Passes over the rest of a line and the block that follows it or that it is in.
     *
     * @return how many blocks were passed over, or a negative number if the line has no sure end
     */
    private int passOver(int first, int open) {
        int depth = open;
        int opened = 0;
        while (kind != Token.END) {
            if (kind == Token.ERROR) {
                return UNREADABLE;
            } else if (kind == Token.NEWLINE) {
                next();
                if (depth == 0 && kind != Token.INDENT) {
                    return opened;
                }
            } else if (kind == Token.INDENT) {
                depth++;
                opened++;
                next();
            } else if (kind == Token.DEDENT) {
                if (--depth < 0) {
                    return opened;
                }
                next();
                if (depth == 0) {
                    return opened;
                }
            } else if (at > first && beginsLine(at) && lexer.kinds[at - 1] > Token.DEDENT && isStrong(first)) {
                return CUT;
            } else {
                next();
            }
        }
        return opened;
    }

    private boolean beginsLine(int token) {
        return lexer.lines[token] != lexer.endLines[token - 1];
    }

    /** Whether the current token, within open brackets, can only be the beginning of another statement. */
    private boolean isStrong(int first) {
        boolean keyword =
                switch (kind) {
                    case Token.DEF, Token.CLASS, Token.IMPORT, Token.RETURN, Token.WHILE, Token.WITH, Token.TRY -> true;
                    case Token.RAISE, Token.ASSERT, Token.DEL, Token.GLOBAL, Token.PASS, Token.BREAK, Token.CONTINUE ->
                        true;
                    default -> false;
                };
        return keyword && indent(lexer.lines[at]) <= indent(lexer.lines[first]);
    }

    private int indent(int line) {
        int start = source.lineStarts[line];
        int offset = start;
        while (offset < source.length && (source.chars[offset] == ' ' || source.chars[offset] == '\t')) {
            offset++;
        }
        return offset - start;
    }

    private int lastSignificant(int first) {
        int last = at - 1;
        while (last > first && lexer.kinds[last] <= Token.DEDENT) {
            last--;
        }
        return Math.max(first, last);
    }

    /** Goes on at {@code line}, or if that is negative at the next line that looks like a statement. */
    private void goOnBehind(int first, int line, Fault fault, List<Stmt> sink) {
        int start = lexer.starts[first];
        int firstLine = source.lineOf(start);
        int resume = line > firstLine ? line : nextStatementLine(firstLine);
        int offset = resume < source.lineCount ? Math.min(source.lineStarts[resume], rangeEnd) : rangeEnd;
        reread += Math.max(0, lexer.position() - offset);
        if (reread > FREE_REREADS + MAX_REREADS * source.length) {
            offset = rangeEnd;
            resume = source.lineOf(rangeEnd);
        }
        int end = offset;
        while (end > start && Chars.isBlank(source.chars[end - 1])) {
            end--;
        }
        lexer.restart(first, start, Math.max(start, end), resume, offset, openIndents, openTabs, blockLevel);
        at = first;
        next();
        bad(source.span(start, Math.max(start, end)), fault, sink);
    }

    /** The next line that is not indented deeper than {@code line} and does not begin like the rest of an expression. */
    private int nextStatementLine(int line) {
        int indent = indent(line);
        for (int next = line + 1; next < source.lineCount && source.lineStarts[next] < rangeEnd; next++) {
            int at = indent(next);
            int offset = source.lineStarts[next] + at;
            if (at <= indent && offset < rangeEnd && beginsStatement(source.chars[offset])) {
                return next;
            }
        }
        return source.lineCount;
    }

    private boolean beginsStatement(char c) {
        return Chars.isNameStart(c)
                || c == '@'
                || c == '"'
                || c == '\''
                || c >= 128
                || ipython && (c == '%' || c == '!');
    }

    private void bad(Span span, Fault fault, List<Stmt> sink) {
        problem(fault);
        sink.add(new Stmt.BadStatement(span, fault.text(), span.text(source.original)));
    }

    private void problem(Fault fault) {
        int start = Math.min(fault.offset, source.length);
        int end = Math.min(start + 1, source.lineEnd(source.lineOf(start)));
        problems.add(new Problem(source.span(start, Math.max(start, end)), fault.text(), Problem.Kind.SYNTAX));
    }

    // Magics without their percent sign.

    /** Whether the statement is a line that only IPython's automagic can make sense of. */
    private boolean isAutomagic(int first) {
        if (!ipython || blockLevel > 0 || lexer.kinds[first] != Token.NAME || lexer.lines[at] != lexer.lines[first]) {
            return false;
        }
        int second = lexer.count > first + 1 ? lexer.kinds[first + 1] : Token.END;
        boolean lineStart = lexer.starts[first] == source.lineStarts[lexer.lines[first]];
        return lineStart
                && second != Token.EQUAL
                && second != Token.LEFT_PAREN
                && second != Token.DOT
                && Magics.isAutomagic(nameAt(first));
    }

    private void automagic(int first, List<Stmt> sink) {
        int line = lexer.lines[first];
        int start = lexer.starts[first];
        int end = Math.min(source.lineEnd(line), rangeEnd);
        int offset = line + 1 < source.lineCount ? Math.min(source.lineStarts[line + 1], rangeEnd) : rangeEnd;
        lexer.restart(
                first, start, end, Math.min(line + 1, source.lineCount - 1), offset, openIndents, openTabs, blockLevel);
        at = first;
        next();
        sink.add(new EscapedLines(source, names, problems, magicDepth).automatic(start, end, List.of()));
    }
}
