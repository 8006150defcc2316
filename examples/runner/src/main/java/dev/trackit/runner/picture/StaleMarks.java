package dev.trackit.runner.picture;

import dev.trackit.core.lineage.Staleness;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Writes what is out of date on the nodes that it concerns. */
final class StaleMarks {
    private StaleMarks() {}

    static void mark(
            List<Staleness.Finding> findings,
            Collection<FlowNode.Builder> nodes,
            Collection<FlowEdge> edges,
            UnaryOperator<String> redaction) {
        Map<String, FlowNode.Builder> byId = new HashMap<>();
        nodes.forEach(node -> byId.put(node.id, node));
        for (Staleness.Finding finding : findings) {
            FlowNode.Run run = FlowReader.run(finding.execution());
            String detail = redaction.apply(finding.detail());
            String subject = redaction.apply(finding.subject());
            switch (finding.kind()) {
                case CELL_EDITED, CELL_DELETED ->
                    nodes.stream()
                            .filter(node -> node.kind.isData() && node.runs.contains(run))
                            .filter(node -> node.label.equals(subject))
                            .forEach(node -> node.stale.add(detail));
                case INPUT_REMADE ->
                    forEachInput(edges, byId, run, (input, step) -> {
                        if (names(input, subject)) {
                            step.stale.add(detail);
                        }
                    });
                case FILE_CHANGED ->
                    forEachInput(edges, byId, run, (input, step) -> {
                        if (input.kind == FlowNode.Kind.FILE && input.label.equals(subject)) {
                            input.stale.add(detail);
                        }
                    });
            }
        }
    }

    private static void forEachInput(
            Collection<FlowEdge> edges,
            Map<String, FlowNode.Builder> byId,
            FlowNode.Run run,
            BiConsumer<FlowNode.Builder, FlowNode.Builder> mark) {
        for (FlowEdge edge : edges) {
            FlowNode.Builder input = byId.get(edge.from());
            FlowNode.Builder step = byId.get(edge.to());
            if (input != null && step != null && step.runs.contains(run)) {
                mark.accept(input, step);
            }
        }
    }

    /** Whether the finding's label is of this dataset, or of a part of it. */
    private static boolean names(FlowNode.Builder node, String subject) {
        return node.kind.isData()
                && (subject.equals(node.label)
                        || subject.startsWith(node.label + "[")
                        || subject.startsWith(node.label + "."));
    }
}
