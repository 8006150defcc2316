package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.Execution;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.runner.lineage.EffectsJson;
import dev.trackit.summary.outline.Activity;
import java.io.IOException;
import java.util.Optional;

/** What executions did to data, out of a graph. Used while the graph is held. */
final class LineageEffects implements EntryJson.Effects {
    private final LineageGraph graph;

    LineageEffects(LineageGraph graph) {
        this.graph = graph;
    }

    @Override
    public void write(JsonGenerator g, Execution execution) throws IOException {
        Optional<ExecutionNode> node = graph.execution(execution.id());
        g.writeBooleanField("analysed", node.isPresent());
        if (node.isPresent()) {
            g.writeStringField("label", Activity.all(node.get()).get(0).label());
            EffectsJson.write(g, graph, node.get());
        }
    }
}
