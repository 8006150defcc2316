package dev.trackit.python.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Stmt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A syntax error costs the statement where it stands, and not more. */
class ContainmentTest {

    private static void assertBad(String source, String... bad) {
        ParsedCell cell = Parser.parseCell(source);
        assertThat(cell.statements().stream()
                        .filter(s -> s.kind() == Stmt.Kind.BAD_STATEMENT)
                        .map(s -> s.text(source)))
                .as(source)
                .containsExactly(bad);
        assertThat(cell.problems()).hasSize(bad.length);
    }

    @Test
    void theStatementsAroundABadOneAreParsed() {
        assertBad("a = 1\nb = = 2\nc = 3\n", "b = = 2");
        assertBad("a = 1; b c; d = 2\ne = 3", "b c; d = 2");
        assertBad("df = load(\ndf.head()\nx = 1", "df = load(\ndf.head()\nx = 1".split("\n")[0]);
        assertBad("x = 'abc\ny = 1", "x = 'abc");
        assertBad("x = [1, 2\ndef f():\n    return 1\n", "x = [1, 2");
        assertBad("foo(a b,\nc)\nx = 1", "foo(a b,\nc)");
        assertBad("x = )\ny = 2", "x = )");
        assertBad("x = \"\"\"abc\ny = 1\n", "x = \"\"\"abc");
        assertBad("for x in y", "for x in y");
    }

    @Test
    void aBadStatementInABodyLeavesTheCompoundStatement() {
        String source = "for i in x:\n    a = i\n    b = = 2\n    c = 3\nd = 4\n";
        ParsedCell cell = Parser.parseCell(source);
        assertThat(cell.statements()).extracting(Stmt::kind).containsExactly(Stmt.Kind.FOR, Stmt.Kind.ASSIGN);
        assertThat(((Stmt.For) cell.statements().get(0)).body())
                .extracting(Stmt::kind)
                .containsExactly(Stmt.Kind.ASSIGN, Stmt.Kind.BAD_STATEMENT, Stmt.Kind.ASSIGN);
        String open = "def f():\n    x = (1,\n    return x\ny = 1\n";
        ParsedCell unclosed = Parser.parseCell(open);
        assertThat(unclosed.statements())
                .extracting(Stmt::kind)
                .containsExactly(Stmt.Kind.FUNCTION_DEF, Stmt.Kind.ASSIGN);
        assertThat(((Stmt.FunctionDef) unclosed.statements().get(0)).body())
                .extracting(Stmt::kind)
                .containsExactly(Stmt.Kind.BAD_STATEMENT, Stmt.Kind.RETURN);
    }

    @Test
    void aBadHeaderCostsItsBlockAndTheClausesThatBelongToIt() {
        assertBad("if x = 3:\n    a\nelse:\n    b\nc = 1", "if x = 3:\n    a\nelse:\n    b");
        assertBad("def f(x)\n    return x\ny = f(1)", "def f(x)\n    return x");
        assertBad("try:\n    a\nb = 1", "try:\n    a");
        assertBad("if x:\ny = 1", "if x:");
        assertBad(
                "match x:\n    case 1 2:\n        a\n    case 3:\n        b\nc = 1",
                "match x:\n    case 1 2:\n        a\n    case 3:\n        b");
        assertBad("else:\n    a\nb = 1", "else:\n    a");
    }

    @Test
    void aWrongIndentationCostsOneStatement() {
        assertBad("a = 1\n    b = 2\nc = 3", "b = 2");
        assertBad("a = 1\n    b = 2\n    d = 3\nc = 3", "b = 2");
        assertBad("if x:\n        a\n    b\nc", "b");
        assertThat(Parser.parseCell("if x:\n\ta\n        b\nc").problems())
                .extracting(Problem::message)
                .containsExactly("inconsistent use of tabs and spaces in indentation");
    }

    @Test
    void problemsSayWhereAndWhy() {
        Problem problem = Parser.parseCell("a = 1\nfoo(1, 2\n").problems().get(0);
        assertThat(problem.message()).isEqualTo("'(' was never closed");
        assertThat(problem.span().line()).isEqualTo(2);
        assertThat(problem.span().column()).isEqualTo(3);
        assertThat(Parser.parseCell("x = 'a").problems().get(0).message()).isEqualTo("unterminated string literal");
        assertThat(Parser.parseCell("x = “a”").problems().get(0).message()).isEqualTo("invalid character '“' (U+201C)");
    }

    @Test
    void emptyCellsAndCommentsHaveNoStatements() {
        for (String source : List.of("", "\n\n", "   ", "# only\n  # comments", "\t\n#", "\f")) {
            assertThat(Trees.statements(source)).isEmpty();
        }
    }
}
