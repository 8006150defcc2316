package dev.trackit.python.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Problem;
import dev.trackit.python.ast.Stmt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IPython's own syntax, and Python 2's. */
class IpythonSyntaxTest {

    @Test
    void aLineMagicHasItsNameItsArgumentAndItsTarget() {
        var magic = Trees.only(Stmt.LineMagic.class, "%matplotlib inline");
        assertThat(magic.name()).isEqualTo("matplotlib");
        assertThat(magic.argument()).isEqualTo("inline");
        assertThat(magic.target()).isNull();
        var assigned = Trees.only(Stmt.LineMagic.class, "a, b = %sql select * \\\n  from {table} where $x.y");
        assertThat(assigned.argument()).isEqualTo("select *    from {table} where $x.y");
        assertThat(assigned.target()).isInstanceOf(Expr.TupleExpr.class);
        assertThat(assigned.interpolations())
                .extracting(Expr::kind)
                .containsExactly(Expr.Kind.NAME, Expr.Kind.ATTRIBUTE);
    }

    @Test
    void aMagicThatRunsPythonHasItsStatements() {
        String source = "%time x = f(1)";
        var time = Trees.only(Stmt.LineMagic.class, source);
        assertThat(time.body()).hasSize(1);
        assertThat(time.body().get(0).text(source)).isEqualTo("x = f(1)");
        var timeit = Trees.only(Stmt.LineMagic.class, "r = %timeit -n 10 -r3 -o g(y); h()");
        assertThat(timeit.body()).extracting(Stmt::kind).containsExactly(Stmt.Kind.EXPR_STMT, Stmt.Kind.EXPR_STMT);
        assertThat(timeit.argument()).startsWith("-n 10");
        assertThat(Parser.parseCell("%time x = = 1").problems()).hasSize(1);
    }

    @Test
    void aPercentSignWithinAnExpressionIsModulo() {
        assertThat(Trees.kinds("a %b\nx = y %z\nx = (1\n %b)\ns = '''\n%time\n'''\nx %= 3"))
                .containsExactly(
                        Stmt.Kind.EXPR_STMT,
                        Stmt.Kind.ASSIGN,
                        Stmt.Kind.ASSIGN,
                        Stmt.Kind.ASSIGN,
                        Stmt.Kind.AUG_ASSIGN);
        assertThat(Trees.kinds("x != y")).containsExactly(Stmt.Kind.EXPR_STMT);
    }

    @Test
    void magicsAndCommandsStandInBlocks() {
        String source =
                "if a:\n    %cd data\n    files = !ls {b} $HOME $$x\n    !!pwd\nelse:\n    !rm *\nfor x in y: z = !ls";
        List<Stmt> statements = Trees.statements(source);
        var branch = (Stmt.If) statements.get(0);
        assertThat(branch.body())
                .extracting(Stmt::kind)
                .containsExactly(Stmt.Kind.LINE_MAGIC, Stmt.Kind.SHELL_COMMAND, Stmt.Kind.SHELL_COMMAND);
        var command = (Stmt.ShellCommand) branch.body().get(1);
        assertThat(command.command()).isEqualTo("ls {b} $HOME $$x");
        assertThat(command.captured()).isTrue();
        assertThat(command.interpolations())
                .extracting(e -> ((Expr.Name) e).id())
                .containsExactly("b", "HOME");
        assertThat(command.span().line()).isEqualTo(3);
        assertThat(((Stmt.ShellCommand) branch.orElse().get(0)).captured()).isFalse();
        assertThat(((Stmt.For) statements.get(1)).body().get(0)).isInstanceOf(Stmt.ShellCommand.class);
    }

    @Test
    void bracesThatAreNotPythonReadNothing() {
        assertThat(Trees.only(Stmt.ShellCommand.class, "!awk '{print $1}' {f}").interpolations())
                .isEmpty();
    }

    @Test
    void cellMagicsThatRunPythonAreParsedAndOthersAreNot() {
        String source = "\n%%time\n\nx = 1\n%ls\ny = 2\n";
        var time = Trees.only(Stmt.CellMagic.class, source);
        assertThat(time.parsed()).isTrue();
        assertThat(time.body())
                .extracting(Stmt::kind)
                .containsExactly(Stmt.Kind.ASSIGN, Stmt.Kind.LINE_MAGIC, Stmt.Kind.ASSIGN);
        assertThat(time.body().get(2).span().line()).isEqualTo(6);
        var bash = Trees.only(Stmt.CellMagic.class, "%%bash -s {x}\nls | wc 'unclosed\n");
        assertThat(bash.parsed()).isFalse();
        assertThat(bash.line()).isEqualTo("-s {x}");
        assertThat(bash.body()).isEmpty();
        assertThat(bash.interpolations()).hasSize(1);
        assertThat(bash.bodySpan().text("%%bash -s {x}\nls | wc 'unclosed\n")).isEqualTo("ls | wc 'unclosed\n");
        var nested = Trees.only(Stmt.CellMagic.class, "%%capture out\n%%timeit s = 1\nf(s)");
        assertThat(nested.line()).isEqualTo("out");
        assertThat(((Stmt.CellMagic) nested.body().get(0)).body()).hasSize(2);
    }

    @Test
    void aCellMagicBelowTheFirstLineIsALineMagicThatDoesNotExist() {
        assertThat(Trees.statements("# c\n%%time\nx = 1").get(0))
                .isInstanceOfSatisfying(
                        Stmt.LineMagic.class, m -> assertThat(m.name()).isEqualTo("%time"));
    }

    @Test
    void questionMarksAskForHelp() {
        assertThat(help("df.head?")).isEqualTo("df.head");
        assertThat(help("?df")).isEqualTo("df");
        assertThat(help("%time?")).isEqualTo("%time");
        assertThat(help("*int*?")).isEqualTo("*int*");
        assertThat(help("x = foo.bar?")).isEqualTo("foo.bar");
        assertThat(help("%%timeit?")).isEqualTo("%%timeit");
        assertThat(Trees.only(Stmt.Help.class, "df[0].x??").source()).isTrue();
        assertThat(Trees.only(Stmt.Help.class, "??df").source()).isTrue();
        assertThat(Trees.kinds("def f():\n  a?\n  return 1")).containsExactly(Stmt.Kind.FUNCTION_DEF);
        assertThat(Trees.kinds("f(x)?")).containsExactly(Stmt.Kind.BAD_STATEMENT);
    }

    private static String help(String source) {
        return Trees.only(Stmt.Help.class, source).expression();
    }

    @Test
    void automaticCallsAreCalls() {
        assertThat(((Expr.Call) Trees.only(Stmt.AutoCall.class, ",f a b").call()).args())
                .extracting(a -> ((Expr.Constant) a).value())
                .containsExactly("a", "b");
        assertThat(((Expr.Call) Trees.only(Stmt.AutoCall.class, ";f a b").call()).args())
                .hasSize(1);
        assertThat(((Expr.Call) Trees.only(Stmt.AutoCall.class, "/f x y.z").call()).args())
                .extracting(Expr::kind)
                .containsExactly(Expr.Kind.NAME, Expr.Kind.ATTRIBUTE);
    }

    @Test
    void aKnownMagicNeedsNoPercentSignWhereTheLineIsNotPython() {
        ParsedCell cell = Parser.parseCell("cd data/raw\npip install pandas==1.0\nx = 1\nls *.csv 'a");
        assertThat(cell.problems()).isEmpty();
        assertThat(cell.statements())
                .extracting(Stmt::kind)
                .containsExactly(Stmt.Kind.LINE_MAGIC, Stmt.Kind.LINE_MAGIC, Stmt.Kind.ASSIGN, Stmt.Kind.LINE_MAGIC);
        var cd = (Stmt.LineMagic) cell.statements().get(0);
        assertThat(cd.automatic()).isTrue();
        assertThat(cd.argument()).isEqualTo("data/raw");
        assertThat(Trees.kinds("history = 1\nls\ncd = 2")).doesNotContain(Stmt.Kind.LINE_MAGIC);
    }

    @Test
    void oneLineThatIsAMagicAndPythonHoldsBothReadings() {
        var who = Trees.only(Stmt.LineMagic.class, "ls -l\n");
        assertThat(who.automatic()).isTrue();
        assertThat(who.body()).extracting(Stmt::kind).containsExactly(Stmt.Kind.EXPR_STMT);
        assertThat(Trees.kinds("history")).containsExactly(Stmt.Kind.EXPR_STMT);
    }

    @Test
    void promptsAndCommonIndentationAreStrippedAndPositionsAreThoseOfTheSource() {
        String classic = ">>> x = 1\n>>> if x:\n...     y = '''\n... z'''\n";
        List<Stmt> statements = Trees.statements(classic);
        assertThat(statements.get(0).text(classic)).isEqualTo("x = 1");
        assertThat(statements.get(0).span().column()).isEqualTo(4);
        var assign = (Stmt.Assign) ((Stmt.If) statements.get(1)).body().get(0);
        assertThat(assign.span().line()).isEqualTo(3);
        assertThat(((Expr.Constant) assign.value()).value()).isEqualTo("\nz");
        String ipython = "In [1]: a = 1\n   ...: b = 2\n";
        assertThat(Trees.statements(ipython)).extracting(s -> s.text(ipython)).containsExactly("a = 1", "b = 2");
        String indented = "\n    x = 1\n    if x:\n        y\n  \n    %time z\n";
        assertThat(Trees.statements(indented))
                .extracting(s -> s.span().column())
                .containsOnly(4);
        assertThat(Trees.kinds("    %%bash\n    ls")).containsExactly(Stmt.Kind.CELL_MAGIC);
    }

    @Test
    void python2StatementsAreNodesOfTheirOwn() {
        ParsedCell cell = Parser.parseCell(
                "print 'a', b,\nprint >>f, c\nexec code in ns\nraise E, 'm'\nprint\nprint(x), y\nif a <> 0777 + 10L: print x");
        assertThat(cell.statements())
                .extracting(Stmt::kind)
                .containsExactly(
                        Stmt.Kind.PRINT_STMT,
                        Stmt.Kind.PRINT_STMT,
                        Stmt.Kind.EXEC_STMT,
                        Stmt.Kind.RAISE,
                        Stmt.Kind.EXPR_STMT,
                        Stmt.Kind.EXPR_STMT,
                        Stmt.Kind.IF);
        var print = (Stmt.PrintStmt) cell.statements().get(0);
        assertThat(print.values()).hasSize(2);
        assertThat(print.newline()).isFalse();
        assertThat(((Stmt.PrintStmt) cell.statements().get(1)).destination()).isNotNull();
        assertThat(cell.problems()).extracting(Problem::kind).containsOnly(Problem.Kind.PYTHON_2);
    }
}
