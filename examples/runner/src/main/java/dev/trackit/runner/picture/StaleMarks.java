package dev.trackit.runner.picture;

import dev.trackit.core.lineage.Staleness;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            switch (finding.kind()) {
                case CELL_EDITED, CELL_DELETED ->
                    nodes.stream()
                            .filter(node -> node.kind.isData() && node.runs.contains(run))
                            .filter(node -> node.label.equals(finding.subject()))
                            .forEach(node -> node.stale.add(detail));
                case INPUT_REMADE ->
                    edges.stream()
                            .filter(edge -> byId.containsKey(edge.from()) && byId.containsKey(edge.to()))
                            .filter(edge -> byId.get(edge.to()).runs.contains(run))
                            .filter(edge -> names(byId.get(edge.from()), finding.subject()))
                            .forEach(edge -> byId.get(edge.to()).stale.add(detail));
                case FILE_CHANGED ->
                    edges.stream()
                            .filter(edge -> byId.containsKey(edge.from()) && byId.containsKey(edge.to()))
                            .filter(edge -> byId.get(edge.to()).runs.contains(run))
                            .map(edge -> byId.get(edge.from()))
                            .filter(node -> node.kind == FlowNode.Kind.FILE)
                            .filter(node ->
                                    finding.subject().endsWith(node.label) || node.label.endsWith(finding.subject()))
                            .forEach(node -> node.stale.add(detail));
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
