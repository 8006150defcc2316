package dev.trackit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trackit.api.Analysis;
import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.api.Statement;
import dev.trackit.python.PythonCodeAnalyzerProvider;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.ProviderContext;
import dev.trackit.spi.SessionAnalyzer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Text that may be Python: it is analysed without an exception, in bounded time, and the statements stand where they say they do. */
class PythonFuzzTest {
    private static final Path FOLDER = Path.of("work").toAbsolutePath();
    private static final CodeAnalyzer ANALYZER = new PythonCodeAnalyzerProvider()
            .open(ProviderContext.builder(FOLDER, FOLDER.resolve(".trackit")).build());

    @FuzzTest(maxDuration = "5m")
    void anyTextIsAnalysed(byte[] bytes) {
        String code = new String(bytes, StandardCharsets.UTF_8);
        SessionAnalyzer session =
                ANALYZER.begin(Session.builder("s", "k").language("python").build());
        analyse(session, 1, "import pandas as pd\ndf = pd.read_csv('a.csv')");
        check(analyse(session, 2, code), code);
        // The second time the cell meets what it left behind itself.
        check(analyse(session, 3, code), code);
    }

    private static Analysis analyse(SessionAnalyzer session, int count, String code) {
        return session.analyze(Execution.builder("e" + count, "s", code)
                .sequence(count)
                .executionCount(count)
                .build());
    }

    private static void check(Analysis analysis, String code) {
        // Line ends of any kind, and form feeds, count as such at most.
        long lines = 1
                + code.chars()
                        .filter(c -> c == '\n' || c == '\r' || c == '\f' || c == 0x0b)
                        .count();
        int before = 1;
        for (Statement statement : analysis.statements()) {
            assertThat(statement.firstLine()).isBetween(before, statement.lastLine());
            assertThat((long) statement.lastLine()).isLessThanOrEqualTo(lines);
            before = statement.firstLine();
        }
    }
}
