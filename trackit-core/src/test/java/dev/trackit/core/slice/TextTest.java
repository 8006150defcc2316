package dev.trackit.core.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "import a, b | a | import a",
                "import a.b as c, d | c | import a.b as c",
                "import a.b, a.c, d | a | import a.b, a.c",
                "from x import a, b as c | c | from x import b as c",
                "from . import a, b | b | from . import b",
                "from ..p.q import (a, b,) | a | from ..p.q import a",
                "from x import * | y | from x import *",
                "import a, b | z | import a, b",
                "import a | a | import a",
            })
    void importsKeepOnlyWhatIsNeeded(String text, String needed, String expected) {
        assertThat(ImportText.keep(text, Set.of(needed.strip()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "%time x = f(a % b) | x = f(a % b) | true",
                "x = %time f() | x = f() | true",
                "%matplotlib inline | ~~ | true",
                "%prun -s cumulative f(x) | f(x) | true",
                "x = 7 % y | x = 7 % y | true",
                "!pip install x | __import__(\"os\").system(\"pip install x\") | true",
                "f = !ls -l \"a\" | f = __import__(\"subprocess\").getoutput(\"ls -l \\\"a\\\"\").splitlines() | true",
                "n = !wc -l {name} | n = __import__(\"subprocess\").getoutput(f\"wc -l {name}\").splitlines() | true",
                "!awk '{print $1}' f | get_ipython().system(\"awk '{print $1}' f\") | false",
                "%run a.py | exec(compile(open(\"a.py\").read(), \"a.py\", \"exec\")) | true",
                "%run -t a.py | get_ipython().run_line_magic(\"run\", \"-t a.py\") | false",
                "%cd 'data dir' | __import__(\"os\").chdir(\"data dir\") | true",
                "%env A=b | __import__(\"os\").environ[\"A\"] = \"b\" | true",
                "df? | ~~ | true",
            })
    void ipythonSyntaxIsTranslated(String text, String expected, boolean plain) {
        assertThat(IpythonText.of(text)).isEqualTo(new IpythonText.Translation(expected, plain));
    }

    @Test
    void aTimedCellIsItsBody() {
        assertThat(IpythonText.of("%%time\nx = 1\n%matplotlib inline\ny = 2").text())
                .isEqualTo("x = 1\ny = 2");
    }

    @Test
    void aLineWithinAStringIsNotIndented() {
        assertThat(PythonLines.tolerated("x = '''a\nb'''\ny = \"#\" # '''\nz"))
                .isEqualTo("try:\n    x = '''a\nb'''\n    y = \"#\" # '''\n    z\nexcept Exception:\n    pass");
    }
}
