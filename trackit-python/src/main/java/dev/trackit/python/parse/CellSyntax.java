package dev.trackit.python.parse;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Span;
import dev.trackit.python.ast.Stmt;
import java.util.List;

/** A cell, or what a magic takes for one: either one cell magic or statements. */
final class CellSyntax {

    /** How many magics may run their bodies within each other. */
    private static final int MAX_MAGIC_DEPTH = 10;

    private CellSyntax() {}

    static List<Stmt> parse(
            SourceText source, int start, int end, NameTable names, List<Problem> problems, int magicDepth) {
        int first = firstText(source, start, end);
        if (magicDepth > MAX_MAGIC_DEPTH) {
            Span span = source.span(first, end);
            problems.add(new Problem(span, "too many magics within magics", Problem.Kind.SYNTAX));
            return List.of(new Stmt.BadStatement(span, "too many magics within magics", span.text(source.original)));
        }
        if (isCellMagic(source, first, end)) {
            return List.of(cellMagic(source, first, end, names, problems, magicDepth));
        }
        return new StatementParser(source, first, end, names, problems, magicDepth, true).module();
    }

    /** The first offset in a line that is not blank; the line's indentation was stripped before or is passed over. */
    static int firstText(SourceText source, int start, int end) {
        int at = start;
        while (at < end && Chars.isBlank(source.chars[at])) {
            at++;
        }
        return at;
    }

    /** The beginning of the first line that is not blank. */
    static int lineOfFirstText(SourceText source) {
        int first = firstText(source, 0, source.length);
        return source.lineStarts[source.lineOf(first)];
    }

    /** Whether a cell magic begins here; {@code %%name?} asks for help on one. */
    static boolean isCellMagic(SourceText source, int start, int end) {
        if (end - start < 2 || source.chars[start] != '%' || source.chars[start + 1] != '%') {
            return false;
        }
        int at = start + 2;
        while (at < end && Chars.isNamePart(source.chars[at])) {
            at++;
        }
        return at == start + 2 || at >= end || source.chars[at] != '?';
    }

    private static Stmt cellMagic(
            SourceText source, int start, int end, NameTable names, List<Problem> problems, int magicDepth) {
        int firstLine = source.lineOf(start);
        int lineEnd = Math.min(source.lineEnd(firstLine), end);
        int bodyStart = firstLine + 1 < source.lineCount ? Math.min(source.lineStarts[firstLine + 1], end) : end;
        int nameEnd = start + 2;
        while (nameEnd < lineEnd && source.chars[nameEnd] > ' ') {
            nameEnd++;
        }
        String name = source.text(start + 2, nameEnd);
        String line = source.text(nameEnd, lineEnd).strip();
        EscapedLines lines = new EscapedLines(source, names, problems, magicDepth);
        boolean parsed = Magics.runsBody(name);
        List<Stmt> body = parsed ? lines.statements(bodyStart, end) : List.of();
        if (name.equals("timeit")) {
            body = lines.withSetup(name, nameEnd, lineEnd, body);
        }
        List<Expr> read = parsed && !name.equals("capture") ? List.of() : lines.interpolations(nameEnd, lineEnd);
        Span span = source.span(start, Math.max(lineEnd, trimmed(source, bodyStart, end)));
        return new Stmt.CellMagic(span, name, line, source.span(bodyStart, end), body, read, parsed);
    }

    private static int trimmed(SourceText source, int start, int end) {
        int at = end;
        while (at > start && Chars.isBlank(source.chars[at - 1])) {
            at--;
        }
        return at;
    }
}
