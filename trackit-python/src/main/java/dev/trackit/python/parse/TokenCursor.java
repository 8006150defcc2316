package dev.trackit.python.parse;

import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Span;
import java.util.List;

/**
 * A place in the tokens of a source, and what all layers of the parser need: spans, faults, limits.
 *
 * <p>The parser is a stack of layers, each knowing one part of the grammar and building on the one before: literals,
 * expressions, patterns, statements.
 */
abstract class TokenCursor {

    /** The deepest nesting of expressions within each other. */
    private static final int MAX_NESTING = Lexer.MAX_BRACKETS;
    /** The share of {@link Node#MAX_DEPTH} that expressions may use; statements use the rest. */
    static final int MAX_EXPRESSION_DEPTH = Node.MAX_DEPTH / 2;

    final SourceText source;
    final NameTable names;
    final List<Problem> problems;
    final Lexer lexer;
    /** The number of the current token. */
    int at;
    /** The kind of the current token. */
    int kind;
    /** How many nodes were made since the expression statement began; no tree is deeper than it has nodes. */
    int nodes;
    /** How deep magics are nested in magics. */
    final int magicDepth;

    /** Whether the source is a cell that IPython runs, and not a file. */
    final boolean ipython;

    private int nesting;

    TokenCursor(
            SourceText source,
            int start,
            int end,
            NameTable names,
            List<Problem> problems,
            int magicDepth,
            boolean ipython) {
        this.source = source;
        this.names = names;
        this.problems = problems;
        this.magicDepth = magicDepth;
        this.ipython = ipython;
        this.lexer = new Lexer(source, start, end, names, ipython);
        lexer.fill();
        kind = lexer.kinds[0];
    }

    final void next() {
        if (++at >= lexer.count) {
            lexer.fill();
        }
        kind = lexer.kinds[at];
    }

    /** Goes (back) to a token that was seen before. */
    final void moveTo(int token) {
        at = token;
        kind = lexer.kinds[token];
    }

    /** The kind of the token after the current one, which must not be the end of a line. */
    final int peek() {
        return peek(1);
    }

    final int peek(int ahead) {
        while (at + ahead >= lexer.count) {
            lexer.fill();
        }
        return lexer.kinds[at + ahead];
    }

    final boolean accept(int expected) {
        if (kind != expected) {
            return false;
        }
        next();
        return true;
    }

    final void expect(int expected, String message) {
        if (kind != expected) {
            throw fault(message);
        }
        next();
    }

    final String identifier() {
        if (kind != Token.NAME) {
            throw fault("expected a name");
        }
        String name = nameAt(at);
        next();
        return name;
    }

    final String nameAt(int token) {
        String name = lexer.names[token];
        return name == null ? tokenText(token) : name;
    }

    final boolean isWord(int token, String word) {
        return lexer.kinds[token] == Token.NAME && word.equals(lexer.names[token]);
    }

    final String tokenText(int token) {
        return source.text(lexer.starts[token], lexer.ends[token]);
    }

    /** The span from a token to the last one that was taken. */
    final Span from(int first) {
        return span(first, at - 1);
    }

    final Span span(int first, int last) {
        nodes++;
        return source.span(lexer.starts[first], lexer.lines[first], lexer.ends[last], lexer.endLines[last]);
    }

    /** A fault at the current token; if that is what the lexer could not read, the lexer knows better why. */
    final Fault fault(String message) {
        return fault(message, at);
    }

    final Fault fault(String message, int token) {
        boolean unreadable = lexer.kinds[token] == Token.ERROR;
        return new Fault(unreadable ? lexer.fault : message, lexer.starts[token]);
    }

    final void python2(String message, Span span) {
        problems.add(new Problem(span, message, Problem.Kind.PYTHON_2));
    }

    /** Marks one more expression within an expression; to be paired with {@link #leave} unless a fault is thrown. */
    final void enter() {
        if (++nesting > MAX_NESTING) {
            throw fault("too deeply nested");
        }
    }

    final void leave() {
        nesting--;
    }

    /** Forgets what a failed statement left behind. */
    final void resetNesting() {
        nesting = 0;
        nodes = 0;
    }

    final int nesting() {
        return nesting;
    }

    final void restoreNesting(int saved) {
        nesting = saved;
    }
}
