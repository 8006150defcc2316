package dev.trackit.runner.lineage;

import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExecutionView;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Draws executions, files, and what flows between them, in the languages of Graphviz and Mermaid. */
final class LineageDrawing {
    private final LineageGraph graph;
    private final Collection<ExecutionNode> executions;
    private final Map<ExternalDataset, String> files = new LinkedHashMap<>();

    LineageDrawing(LineageGraph graph, Collection<ExecutionNode> executions) {
        this.graph = graph;
        this.executions = executions;
    }

    void dot(Consumer<String> out) {
        out.accept("digraph lineage {");
        out.accept("  rankdir=TB; node [shape=box, fontname=\"sans-serif\"];");
        draw(
                (id, label, file) -> out.accept(
                        "  " + id + " [label=\"" + escape(label) + "\"" + (file ? ", shape=cylinder" : "") + "];"),
                (from, to) -> out.accept("  " + from + " -> " + to + ";"));
        out.accept("}");
    }

    void mermaid(Consumer<String> out) {
        out.accept("flowchart TD");
        draw(
                (id, label, file) ->
                        out.accept("  " + id + (file ? "[(\"" : "[\"") + html(label) + (file ? "\")]" : "\"]")),
                (from, to) -> out.accept("  " + from + " --> " + to));
    }

    private interface NodeSink {
        void node(String id, String label, boolean file);
    }

    private interface EdgeSink {
        void edge(String from, String to);
    }

    private void draw(NodeSink nodes, EdgeSink edges) {
        for (ExecutionNode node : executions) {
            ExecutionView view = ExecutionView.of(graph, node);
            String id = "e" + node.order();
            nodes.node(id, SliceWords.place(node) + " " + summary(view), false);
            for (ExecutionNode other : view.dependsOn()) {
                if (executions.contains(other)) {
                    edges.edge("e" + other.order(), id);
                }
            }
            for (ExternalDataset file : view.filesRead()) {
                edges.edge(file(file, node, nodes), id);
            }
            for (ExternalDataset file : view.filesWritten()) {
                edges.edge(id, file(file, node, nodes));
            }
        }
    }

    private String file(ExternalDataset file, ExecutionNode node, NodeSink nodes) {
        String known = files.get(file);
        if (known != null) {
            return known;
        }
        String id = "f" + files.size();
        files.put(file, id);
        nodes.node(id, LineageJson.path(node.session(), file), true);
        return id;
    }

    private static String summary(ExecutionView view) {
        List<String> kinds = view.transformations().stream()
                .map(t -> t.kind().wireName())
                .distinct()
                .toList();
        String names = String.join(", ", view.writes().stream().limit(4).toList());
        return names + (kinds.isEmpty() ? "" : (names.isEmpty() ? "" : ": ") + String.join(", ", kinds));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", " ");
    }
}
