package dev.trackit.python.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.python.ast.Expr;
import dev.trackit.python.ast.Stmt;
import dev.trackit.python.ast.TypeParam;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Syntax of Python 3.12 to 3.14, which an older Python on this machine cannot judge, and the values of constants. */
class NewSyntaxTest {

    @Test
    void typeParametersHaveBoundsStarsAndDefaults() {
        var function = Trees.only(
                Stmt.FunctionDef.class, "def f[T: (int, str) = int, *Ts = *tuple[int], **P = [int]](x: T) -> T: pass");
        assertThat(function.typeParams())
                .extracting(TypeParam::kind)
                .containsExactly(TypeParam.Kind.TYPE_VAR, TypeParam.Kind.TYPE_VAR_TUPLE, TypeParam.Kind.PARAM_SPEC);
        assertThat(function.typeParams().get(0).bound()).isInstanceOf(Expr.TupleExpr.class);
        assertThat(function.typeParams().get(1).defaultValue()).isInstanceOf(Expr.Starred.class);
        assertThat(Trees.only(Stmt.ClassDef.class, "class Box[T](Base): pass").typeParams())
                .hasSize(1);
    }

    @Test
    void typeIsAStatementOnlyWhereItNamesAnAlias() {
        assertThat(Trees.only(Stmt.TypeAlias.class, "type Pair[T] = tuple[T, T]")
                        .typeParams())
                .hasSize(1);
        assertThat(Trees.kinds("type = 1\ntype(x)\ntype.y\ntype[0] = 2\nprint(type)"))
                .containsExactly(
                        Stmt.Kind.ASSIGN,
                        Stmt.Kind.EXPR_STMT,
                        Stmt.Kind.EXPR_STMT,
                        Stmt.Kind.ASSIGN,
                        Stmt.Kind.EXPR_STMT);
    }

    @Test
    void matchIsAStatementOnlyWhereCasesFollow() {
        assertThat(Trees.kinds("match x:\n  case 1: pass")).containsExactly(Stmt.Kind.MATCH);
        assertThat(Trees.kinds("match(x):\n  case _: pass")).containsExactly(Stmt.Kind.MATCH);
        assertThat(Trees.kinds("match *a, b:\n  case [*_]: pass")).containsExactly(Stmt.Kind.MATCH);
        assertThat(Trees.kinds("match(x)\nmatch[x] = 1\nmatch = 2\nmatch.y\nmatch - x"))
                .containsExactly(
                        Stmt.Kind.EXPR_STMT,
                        Stmt.Kind.ASSIGN,
                        Stmt.Kind.ASSIGN,
                        Stmt.Kind.EXPR_STMT,
                        Stmt.Kind.EXPR_STMT);
    }

    @Test
    void severalExceptionsNeedNoParentheses() {
        var statement = Trees.only(Stmt.Try.class, "try:\n  f()\nexcept A, B:\n  pass");
        assertThat(statement.handlers().get(0).type()).isInstanceOf(Expr.TupleExpr.class);
        assertThat(Trees.only(Stmt.Try.class, "try: f()\nexcept* A: pass").star())
                .isTrue();
    }

    @Test
    void fStringsNestQuotesLinesCommentsAndFormats() {
        Expr.JoinedStr text = Trees.value(Expr.JoinedStr.class, "f\"{d[\"key\"]!r:>{w}.{p}} {f\"{1}\"} {{x}}\"");
        var field = (Expr.FormattedValue) text.values().get(0);
        assertThat(field.conversion()).isEqualTo('r');
        assertThat(field.formatSpec()).isNotNull();
        assertThat(text.values().get(3))
                .extracting(v -> ((Expr.Constant) v).value())
                .isEqualTo(" {x}");
        assertThat(Trees.dump("f'{x = }'")).contains("'x\\0020\\003d\\0020'", "i72");
        assertThat(Trees.dump("f'''{\n  a  # why\n  + 1:>{10}}'''")).contains("BinOp");
        assertThat(Trees.dump("f'{lambda_:x}' f'{(lambda: 1)()}' 'a' f'{x!s}'")).contains("Lambda");
        assertThat(Trees.dump("f'{x:%Y-%m-%d}' f'{a != b}' f'{x:=5}'")).contains("NotEq");
        assertThat(Trees.dump("rf'\\d{x}\\{y}' f'\\N{BULLET}{z}'")).contains("\\2022");
    }

    @Test
    void tStringsHoldInterpolationsWithTheirSource() {
        Expr.TemplateStr text = Trees.value(Expr.TemplateStr.class, "t'a {user . name !r:>{w}}' t\"b\"");
        var field = (Expr.Interpolation) text.values().get(1);
        assertThat(field.text()).isEqualTo("user . name");
        assertThat(field.conversion()).isEqualTo('r');
        assertThat(Parser.parseCell("t'a' 'b'").problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with (open(a) as f, open(b) as g,): pass",
                "with (a, b) as c: pass",
                "with (yield x): pass",
                "with (a).b() as (c, d), e[0]: pass",
                "async def f():\n  async with (a as b): return [x async for x in y]",
                "x[a, *b, 1:2, ::3]",
                "def f(a, /, b, *, c, **d): pass",
                "lambda *a, b=1, **c: (a, b)",
                "@a.b[0](c) or d\ndef f(): pass",
                "print((yield))",
                "if (n := len(a)) > 10: pass",
                "[y := f(x), y**2]",
                "x: int",
                "(x): int = 3",
                "a.b: list[int] = *c, d",
                "for x in *a, *b: pass",
                "return_ = await f()",
                "del (a, [b.c, d[0]]), e",
                "from . import (a as b, c,)",
                "from ...x.y import *",
                "global a, b; nonlocal_ = 1",
                "raise A from B",
                "f(*a, b, *c, d=1, *e, **g)",
                "f(x for x in y)",
                "{**a, 'b': 1, **c}",
                "{*a, b}",
                "x = yield_ = 1if a else 2",
                "a if b else c if d else lambda: e",
                "not a in b is not c",
                "-x ** -y @ ~z",
                "é = 'ü'; ﬁ = 1",
                "def f():\n\treturn 1\n\f\ndef g(): return 2",
                "x = 1 \\\n  + 2",
                "if a:\n  pass\n  # comment\n# comment\nelse:\n  pass",
            })
    void isAccepted(String source) {
        assertThat(Parser.parseCell(source).problems()).isEmpty();
        assertThat(Parser.parseCell(source.replace("\n", "\r\n")).problems()).isEmpty();
        assertThat(Parser.parseCell("\uFEFF" + source).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f() = 1",
                "a + b = c",
                "def f(a=1, b): pass",
                "f(a=1, b)",
                "f(**a, *b)",
                "x = = 1",
                "a b",
                "1__0",
                "0x",
                "1e",
                "'a' b'c'",
                "b'é'",
                "'\\x1'",
                "for x in: pass",
                "try: pass",
                "(a, b) += 1",
                "lambda x y: z",
                "[x for x in]",
                "{a: b, c}",
                "f'{a b}'",
                "f'{}'",
                "f'}'",
                "import a.b as",
                "from . import",
                "else: pass",
                "class: pass",
                "match x:\n  case a.b.c as _: pass",
                "def f(*): pass",
                "del f()",
                "x = (1, 2",
                "x = 'abc",
                "async x",
                "@a\nb = 1",
                "1 +",
                "x = $y",
                "None.x y",
            })
    void isAProblem(String source) {
        assertThat(Parser.parseCell(source).problems()).hasSizeGreaterThanOrEqualTo(1);
        assertThat(Trees.kinds(source)).contains(Stmt.Kind.BAD_STATEMENT);
    }

    @Test
    void constantsHaveTheirValues() {
        assertThat(constant("1_000")).isEqualTo(1000L);
        assertThat(constant("0xFFFF_FFFF_FFFF_FFFF")).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(constant("0b101")).isEqualTo(5L);
        assertThat(constant("0o777")).isEqualTo(511L);
        assertThat(constant("99999999999999999999")).isEqualTo(new BigInteger("99999999999999999999"));
        assertThat(constant("1_0.5e-1")).isEqualTo(1.05);
        assertThat(constant("2.5j")).isEqualTo(2.5);
        assertThat(constant("'a\\tb\\x41\\u00e9\\101\\\nc\\q'")).isEqualTo("a\tbAéAc\\q");
        assertThat(constant("r'\\n' \"b\" '''c\r\nd'''")).isEqualTo("\\nbc\nd");
        assertThat(constant("b'\\xff\\u0041'")).isEqualTo("\u00ff\\u0041");
        assertThat(constant("'\\N{GREEK SMALL LETTER ALPHA}\\U0001F600'")).isEqualTo("α😀");
        assertThat(constant("True")).isEqualTo(true);
    }

    private static Object constant(String source) {
        return Trees.value(Expr.Constant.class, source).value();
    }

    @Test
    void spansCutOutTheTextOfStatementsWithTheirDecorators() {
        String source = "x = 1; y = 2\n@dec\ndef f():\n    return 'ü'  # c\nz\n";
        assertThat(Trees.statements(source))
                .extracting(statement -> statement.text(source))
                .containsExactly("x = 1", "y = 2", "@dec\ndef f():\n    return 'ü'", "z");
        assertThat(Trees.statements(source).get(2).span().line()).isEqualTo(3);
    }

    @Test
    void aSemicolonAtTheEndMakesACellQuiet() {
        assertThat(Parser.parseCell("x = 1\ndf.plot();  # c\n").quiet()).isTrue();
        assertThat(Parser.parseCell("x = 1; y").quiet()).isFalse();
        assertThat(Parser.parseCell("x;\ny").quiet()).isFalse();
    }
}
