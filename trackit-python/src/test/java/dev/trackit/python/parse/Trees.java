package dev.trackit.python.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Stmt;
import java.util.List;

/** Short ways to parse in tests. */
final class Trees {

    private Trees() {}

    /** The statements of a cell without problems. */
    static List<Stmt> statements(String source) {
        ParsedCell cell = Parser.parseCell(source);
        assertThat(cell.problems()).as(source).isEmpty();
        return cell.statements();
    }

    /** The only statement of a cell without problems. */
    static <T extends Stmt> T only(Class<T> type, String source) {
        List<Stmt> statements = statements(source);
        assertThat(statements).hasSize(1);
        assertThat(statements.get(0)).isInstanceOf(type);
        return type.cast(statements.get(0));
    }

    /** The value of the only statement of a cell, an expression. */
    static <T extends Expr> T value(Class<T> type, String source) {
        Expr value = only(Stmt.ExprStmt.class, source).value();
        assertThat(value).isInstanceOf(type);
        return type.cast(value);
    }

    /** The tree in the notation of {@code dump_ast.py}, without positions. */
    static String dump(String source) {
        ParsedCell cell = Parser.parseCell(source);
        assertThat(cell.problems()).as(source).isEmpty();
        return TreeDump.of(cell, true).replaceAll(" \\d+:\\d+-\\d+:\\d+", "");
    }

    /** The kinds of the statements of a cell, with or without problems. */
    static List<Stmt.Kind> kinds(String source) {
        return Parser.parseCell(source).statements().stream().map(Stmt::kind).toList();
    }
}
