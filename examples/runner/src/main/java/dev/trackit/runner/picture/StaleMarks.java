package dev.trackit.runner.picture;

import dev.trackit.core.lineage.Staleness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Writes what is out of date on the nodes that it concerns. What ran when is looked up, for there may be as many findings as executions. */
final class StaleMarks {
    private final Map<FlowNode.Run, List<FlowNode.Builder>> dataMade = new HashMap<>();
    private final Map<FlowNode.Run, List<Input>> inputs = new HashMap<>();

    private record Input(FlowNode.Builder data, FlowNode.Builder step) {}

    private StaleMarks(Collection<FlowNode.Builder> nodes, Collection<FlowEdge> edges) {
        Map<String, FlowNode.Builder> byId = new HashMap<>();
        for (FlowNode.Builder node : nodes) {
            byId.put(node.id, node);
            if (node.kind.isData()) {
                node.runs.forEach(run ->
                        dataMade.computeIfAbsent(run, r -> new ArrayList<>()).add(node));
            }
        }
        for (FlowEdge edge : edges) {
            FlowNode.Builder data = byId.get(edge.from());
            FlowNode.Builder step = byId.get(edge.to());
            if (data != null && step != null) {
                step.runs.forEach(run ->
                        inputs.computeIfAbsent(run, r -> new ArrayList<>()).add(new Input(data, step)));
            }
        }
    }

    static void mark(
            List<Staleness.Finding> findings,
            Collection<FlowNode.Builder> nodes,
            Collection<FlowEdge> edges,
            UnaryOperator<String> redaction) {
        StaleMarks marks = new StaleMarks(nodes, edges);
        findings.forEach(
                finding -> marks.mark(finding, redaction.apply(finding.subject()), redaction.apply(finding.detail())));
    }

    private void mark(Staleness.Finding finding, String subject, String detail) {
        FlowNode.Run run = FlowReader.run(finding.execution());
        switch (finding.kind()) {
            case CELL_EDITED, CELL_DELETED ->
                dataMade.getOrDefault(run, List.of()).stream()
                        .filter(node -> node.label.equals(subject))
                        .forEach(node -> node.stale.add(detail));
            case INPUT_REMADE ->
                forEachInput(run, (data, step) -> {
                    if (names(data, subject)) {
                        step.stale.add(detail);
                    }
                });
            case FILE_CHANGED ->
                forEachInput(run, (data, step) -> {
                    if (data.kind == FlowNode.Kind.FILE && data.label.equals(subject)) {
                        data.stale.add(detail);
                    }
                });
        }
    }

    private void forEachInput(FlowNode.Run run, BiConsumer<FlowNode.Builder, FlowNode.Builder> mark) {
        inputs.getOrDefault(run, List.of()).forEach(input -> mark.accept(input.data(), input.step()));
    }

    /** Whether the finding's label is of this dataset, or of a part of it. */
    private static boolean names(FlowNode.Builder node, String subject) {
        return node.kind.isData()
                && (subject.equals(node.label)
                        || subject.startsWith(node.label + "[")
                        || subject.startsWith(node.label + "."));
    }
}
