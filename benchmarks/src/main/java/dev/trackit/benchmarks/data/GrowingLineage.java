package dev.trackit.benchmarks.data;

import dev.trackit.api.Execution;
import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.spi.SessionAnalyzer;

/** The lineage of one session, to which executions are added one by one. Used by one thread. */
public final class GrowingLineage {
    private final LineageGraph graph = new LineageGraph();
    private final SessionAnalyzer analyzer;

    /** The lineage of this session. */
    public GrowingLineage(Session session) {
        analyzer = Lineages.analyzer().begin(session);
        graph.open("titanic.ipynb", session);
    }

    /** Analyses an execution and adds it. */
    public ExecutionNode add(Execution execution) {
        return graph.add(execution, analyzer.analyze(execution));
    }

    /** What was added. */
    public LineageGraph graph() {
        return graph;
    }
}
