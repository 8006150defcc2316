package dev.trackit.benchmarks.data;

import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.python.PythonCodeAnalyzerProvider;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.util.List;

/** The Python analyzer, and graphs made with it. Immutable. */
public final class Lineages {
    private Lineages() {}

    /** The analyzer with its built-in knowledge. */
    public static CodeAnalyzer analyzer() {
        Path nowhere = Path.of("no-such-folder");
        return new PythonCodeAnalyzerProvider()
                .open(ProviderContext.builder(nowhere, nowhere).build());
    }

    /** The graph of a session. */
    public static LineageGraph graph(Session session, List<Execution> executions) {
        GrowingLineage lineage = new GrowingLineage(session);
        executions.forEach(lineage::add);
        return lineage.graph();
    }
}
