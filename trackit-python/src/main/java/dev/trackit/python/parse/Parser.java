package dev.trackit.python.parse;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Stmt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Parses Python as notebooks hold it: the grammar of CPython 3.14, IPython's own syntax, and the {@code print},
 * {@code exec} and {@code raise} statements of Python 2.
 *
 * <p>A recursive-descent parser without a rewriting pass: IPython's lines are tokens of their own, so positions are those
 * of the source as it was given. Errors are contained in the statement where they stand. Nothing here throws for any
 * source: what is not understood is in {@link ParsedCell#problems()} and stands as a {@link Stmt.BadStatement} where it
 * is. Time and memory are linear in the length of the source; nesting beyond CPython's own limits (200 brackets, 100
 * levels of indentation) is a problem of its statement.
 *
 * <p>All methods may be called from any thread.
 */
public final class Parser {

    private Parser() {}

    /** Parses a cell as IPython would run it. */
    public static ParsedCell parseCell(String source) {
        SourceText text = SourceText.of(Objects.requireNonNull(source, "source"));
        List<Problem> problems = new ArrayList<>();
        NameTable names = new NameTable();
        int start = CellSyntax.lineOfFirstText(text);
        if (CellSyntax.isCellMagic(text, start, text.length)) {
            List<Stmt> statements = CellSyntax.parse(text, start, text.length, names, problems, 0);
            return cell(source, statements, problems, false);
        }
        StatementParser parser = new StatementParser(text, start, text.length, names, problems, 0, true);
        List<Stmt> statements = parser.module();
        automagic(text, names, statements);
        return cell(source, statements, problems, parser.isQuiet());
    }

    /** Parses a Python file: no magics, no prompts, no common indentation. */
    public static ParsedCell parseModule(String source) {
        SourceText text = SourceText.plain(Objects.requireNonNull(source, "source"));
        List<Problem> problems = new ArrayList<>();
        StatementParser parser = new StatementParser(text, 0, text.length, new NameTable(), problems, 0, false);
        return cell(source, parser.module(), problems, false);
    }

    private static ParsedCell cell(String source, List<Stmt> statements, List<Problem> problems, boolean quiet) {
        problems.sort(Comparator.comparingInt(problem -> problem.span().start()));
        return new ParsedCell(source, statements, problems, quiet);
    }

    /** A cell of one line that is Python too, such as {@code ls} or {@code ls -l}, is a magic if its word is one. */
    private static void automagic(SourceText text, NameTable names, List<Stmt> statements) {
        if (statements.size() != 1 || !(statements.get(0) instanceof Stmt.ExprStmt statement)) {
            return;
        }
        Expr leftmost = statement.value();
        while (leftmost instanceof Expr.BinOp operation) {
            leftmost = operation.left();
        }
        boolean oneLine = statement.span().line() == statement.span().endLine();
        if (oneLine && leftmost instanceof Expr.Name name && Magics.isUnambiguous(name.id())) {
            int line = statement.span().line() - 1;
            int start = CellSyntax.firstText(text, text.lineStarts[line], text.length);
            statements.set(
                    0,
                    new EscapedLines(text, names, new ArrayList<>(), 0)
                            .automatic(start, text.lineEnd(line), List.of(statement)));
        }
    }
}
