package dev.trackit.python.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.python.ast.Node;
import dev.trackit.python.ast.ParsedCell;
import dev.trackit.python.ast.Stmt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources that are made to break a parser: each must end soon, without an exception, in a tree of bounded depth. */
class HostileSourceTest {

    /** Far more than any of them needs; a hang or quadratic time takes minutes. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final int MILLION = 1_000_000;

    static Stream<Arguments> sources() {
        Random random = new Random(1);
        StringBuilder noise = new StringBuilder();
        String alphabet = "()[]{}'\"\\\n :,.=xf1#%!?";
        for (int i = 0; i < 60_000; i++) {
            noise.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return Stream.of(
                Arguments.of("parentheses", "(".repeat(10_000) + ")".repeat(10_000)),
                Arguments.of("brackets that stay open", "[".repeat(MILLION)),
                Arguments.of("an open bracket in each line", "(\n".repeat(60_000)),
                Arguments.of("an open call in each line", "foo(a,\n".repeat(50_000)),
                Arguments.of("a broken open assignment in each line", "x = (a b,\n".repeat(100_000)),
                Arguments.of("an open f-string in each line", "f\"{a,\n".repeat(50_000)),
                Arguments.of("an open string in each line", "'''a\n\"\"\"b\n".repeat(60_000)),
                Arguments.of("nested f-strings", "f'{".repeat(10_000)),
                Arguments.of("nested format specifications", "f'" + "{x:".repeat(10_000)),
                Arguments.of("dictionaries", "{1:".repeat(10_000) + "2" + "}".repeat(10_000)),
                Arguments.of("attributes", "a" + ".b".repeat(100_000)),
                Arguments.of("calls", "a" + "()".repeat(100_000)),
                Arguments.of("a sum", "1" + "+1".repeat(100_000)),
                Arguments.of("a power", "1" + "**1".repeat(100_000)),
                Arguments.of("a conjunction", "a" + " and a".repeat(100_000)),
                Arguments.of("a comparison", "a" + " < a".repeat(100_000)),
                Arguments.of("negations", "not ".repeat(100_000) + "a"),
                Arguments.of("signs", "-".repeat(100_000) + "a"),
                Arguments.of("lambdas", "lambda: ".repeat(100_000) + "a"),
                Arguments.of("conditions", "a if b else ".repeat(100_000) + "a"),
                Arguments.of("assignments", "a = ".repeat(100_000) + "a"),
                Arguments.of("yields", "x = " + "(yield ".repeat(10_000)),
                Arguments.of("decorators", "@a\n".repeat(100_000)),
                Arguments.of("elif", "if a: pass\n" + "elif a: pass\n".repeat(100_000)),
                Arguments.of("indentation", blocks("if a:")),
                Arguments.of("functions", blocks("def f():")),
                Arguments.of("match", "match a:\n case " + "[".repeat(10_000)),
                Arguments.of("patterns", "match a:\n case " + "a | ".repeat(100_000) + "b: pass"),
                Arguments.of("with", "with " + "(".repeat(10_000) + ":"),
                Arguments.of("type parameters", "def f[" + "T: (".repeat(10_000)),
                Arguments.of("magics in magics", "%time ".repeat(50_000) + "x"),
                Arguments.of("cell magics in cell magics", "%%time\n".repeat(50_000) + "x"),
                Arguments.of("braces of a command", "!echo " + "{".repeat(MILLION)),
                Arguments.of("fields of a command", "!echo " + "{x}".repeat(100_000)),
                Arguments.of("joined lines", "x = 1 + \\\n".repeat(100_000)),
                Arguments.of("question marks", "?".repeat(MILLION)),
                Arguments.of("lines that ask for help", "a.b.c?\n".repeat(100_000)),
                Arguments.of("a long name", "a".repeat(MILLION)),
                Arguments.of("a long string", "'" + "a".repeat(MILLION) + "'"),
                Arguments.of("an open long string", "'" + "\\".repeat(MILLION)),
                Arguments.of("a long number", "1".repeat(MILLION)),
                Arguments.of("a long hexadecimal number", "0x" + "f".repeat(MILLION)),
                Arguments.of("a long list", "[" + "1,".repeat(200_000) + "]"),
                Arguments.of("many strings", "'a' ".repeat(60_000)),
                Arguments.of("many f-strings", "f'{a}' ".repeat(60_000)),
                Arguments.of("many names of one hash", collisions()),
                Arguments.of("many statements", "x;".repeat(60_000)),
                Arguments.of("many broken statements", "x x;\n".repeat(60_000)),
                Arguments.of("many lines", "\n".repeat(MILLION)),
                Arguments.of("carriage returns", "\r".repeat(MILLION)),
                Arguments.of("nothing but NUL", "\0".repeat(100_000)),
                Arguments.of("lone surrogates", "\uD800".repeat(100_000)),
                Arguments.of("prompts", ">>> ".repeat(100_000) + "\n" + "... \n".repeat(100_000)),
                Arguments.of("noise", noise.toString()));
    }

    private static String blocks(String header) {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            source.append(" ".repeat(i)).append(header).append('\n');
        }
        return source.toString();
    }

    private static String collisions() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 1 << 14; i++) {
            for (int bit = 0; bit < 16; bit++) {
                names.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.append('\n');
        }
        return names.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void endsSoonWithoutAnExceptionInATreeOfBoundedDepth(String name, String source) {
        ParsedCell cell = Assertions.assertTimeoutPreemptively(DEADLINE, () -> Parser.parseCell(source));
        cell.statements().forEach(statement -> assertThat(depth(statement)).isLessThanOrEqualTo(Node.MAX_DEPTH));
        Assertions.assertTimeoutPreemptively(DEADLINE, () -> Parser.parseModule(source));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void aThreadWithASmallStackIsEnough(String name, String source) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, () -> Parser.parseCell(source), "small stack", 192 * 1024);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join(DEADLINE.toMillis());
        assertThat(thread.isAlive()).isFalse();
        assertThat(failure.get()).isNull();
    }

    @Test
    void whatCpythonNestsIsParsedAndWhatItRefusesIsAProblemOfItsStatement() {
        assertThat(Parser.parseCell("x = " + "(".repeat(199) + "1" + ")".repeat(199))
                        .problems())
                .isEmpty();
        ParsedCell tooDeep = Parser.parseCell("a = 1\nx = " + "(".repeat(201) + "1" + ")".repeat(201) + "\nb = 2\n");
        assertThat(tooDeep.statements())
                .extracting(Stmt::kind)
                .containsExactly(Stmt.Kind.ASSIGN, Stmt.Kind.BAD_STATEMENT, Stmt.Kind.ASSIGN);
        assertThat(tooDeep.problems().get(0).message()).isEqualTo("too many nested parentheses");
    }

    @Test
    void aSumOfThreeHundredTermsIsParsedAndOneOfAHundredThousandIsTooDeep() {
        assertThat(Parser.parseCell("1" + "+1".repeat(300)).problems()).isEmpty();
        assertThat(Parser.parseCell("1" + "+1".repeat(100_000))
                        .problems()
                        .get(0)
                        .message())
                .isEqualTo("too deeply nested");
        assertThat(Parser.parseCell("[" + "a.b.c(1 + 2), ".repeat(20_000) + "]").problems())
                .isEmpty();
    }

    private static int depth(Node root) {
        Deque<Node> nodes = new ArrayDeque<>();
        Deque<Integer> depths = new ArrayDeque<>();
        nodes.push(root);
        depths.push(0);
        int deepest = 0;
        while (!nodes.isEmpty()) {
            int depth = depths.pop();
            deepest = Math.max(deepest, depth);
            nodes.pop().forEachChild(child -> {
                nodes.push(child);
                depths.push(depth + 1);
            });
        }
        return deepest;
    }
}
