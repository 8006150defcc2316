package dev.trackit.python.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Analysis;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code that would run for ever or without end gets an answer, and never an exception. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileCodeTest {

    private static Analysis analyse(String code) {
        return AnalyzedCells.of(code).last();
    }

    @Test
    void recursionEnds() {
        assertThat(analyse("def f(n):\n    return f(n - 1) + f(n - 2)\nx = f(10)")
                        .statements())
                .hasSize(2);
        assertThat(analyse("def f(): return g()\ndef g(): return f()\nx = f()").statements())
                .hasSize(3);
    }

    @Test
    void manyFunctionsThatCallEachOtherEnd() {
        StringBuilder code = new StringBuilder("def f0(x): return x\n");
        for (int i = 1; i < 40; i++) {
            code.append("def f")
                    .append(i)
                    .append("(x): return f")
                    .append(i - 1)
                    .append("(x) + f")
                    .append(i - 1)
                    .append("(x)\n");
        }
        AnalyzedCells cells = AnalyzedCells.of(code + "y = f39(1)\nz = y\n");
        assertThat(cells.writes(0)).contains("y", "z", "f39");
    }

    @Test
    void whatIsTooMuchToFollowStillBindsItsNames() {
        StringBuilder code = new StringBuilder("import pandas as pd\ndf = pd.read_csv('a.csv')\n");
        code.append("for a in x:\n".indent(0));
        String body = "y = df['a'] + df['b']\n";
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            deep.append("    ".repeat(i)).append("for i").append(i).append(" in range(20):\n");
        }
        deep.append((("    ".repeat(8)) + body).repeat(60));
        AnalyzedCells cells =
                AnalyzedCells.of("import pandas as pd\ndf = pd.read_csv('a.csv')", deep.toString(), "z = y");
        assertThat(cells.writes(1)).contains("y", "i7");
        assertThat(cells.reads(2)).containsExactly("y");
    }

    @Test
    void deepNestingEnds() {
        assertThat(analyse("x = " + "(".repeat(3000) + "1" + ")".repeat(3000)).statements())
                .isNotEmpty();
        assertThat(analyse("x = " + "[".repeat(3000) + "]".repeat(3000)).statements())
                .isNotEmpty();
        assertThat(analyse("x = 1" + " + 1".repeat(20_000)).statements()).isNotEmpty();
        assertThat(analyse("x = a" + ".b".repeat(20_000)).statements()).isNotEmpty();
    }

    @Test
    void objectsThatHoldThemselvesEnd() {
        AnalyzedCells cells = AnalyzedCells.of("a = []\na.append(a)\nb = [a]\na.append(b)", "b[0].append(1)\nlen(a)");
        assertThat(cells.mutates(1)).contains("a", "b");
    }

    @Test
    void anyTextGetsAnAnswer() {
        List<String> pieces = List.of(
                "df",
                "=",
                "(",
                ")",
                "[",
                "]",
                "\n",
                "    ",
                "for ",
                " in ",
                "lambda x:",
                "def f(x):",
                "return ",
                "1",
                "'a'",
                ".",
                "append",
                "%time ",
                "!ls",
                "class A:",
                "self",
                "yield ",
                "*",
                "**",
                ",",
                ":",
                "if ",
                "else:",
                "try:",
                "except:",
                "with ",
                "import ",
                "from ",
                "_",
                "np.random.seed",
                "global x",
                "@",
                "f'{df}'",
                "await ",
                "del ",
                "{",
                "}");
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            StringBuilder code = new StringBuilder();
            for (int j = 0; j < random.nextInt(30); j++) {
                code.append(pieces.get(random.nextInt(pieces.size())));
            }
            assertThat(analyse(code.toString())).isNotNull();
        }
    }
}
