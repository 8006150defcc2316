package dev.trackit.runner.lineage;

import dev.trackit.api.Statement;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExecutionView;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.StatementNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Draws executions, files, and what flows between them, in the languages of Graphviz and Mermaid. A name that was used and that nothing recorded defines
 * stands beside them, dashed.
 */
final class LineageDrawing {
    private static final int NAMES = 4;

    private final LineageGraph graph;
    private final Collection<ExecutionNode> executions;
    private final Map<ExternalDataset, String> files = new LinkedHashMap<>();
    private final Map<String, String> unknowns = new HashMap<>();

    LineageDrawing(LineageGraph graph, Collection<ExecutionNode> executions) {
        this.graph = graph;
        this.executions = executions;
    }

    void dot(Consumer<String> out) {
        out.accept("digraph lineage {");
        out.accept("  rankdir=TB; node [shape=box, fontname=\"sans-serif\"];");
        draw(
                (id, label, kind) -> out.accept("  " + id + " [label=\"" + escape(label) + "\"" + kind.dot + "];"),
                (from, to) -> out.accept("  " + from + " -> " + to + ";"));
        out.accept("}");
    }

    void mermaid(Consumer<String> out) {
        out.accept("flowchart TD");
        draw(
                (id, label, kind) ->
                        out.accept("  " + id + kind.mermaidBegin + "\"" + html(label) + "\"" + kind.mermaidEnd),
                (from, to) -> out.accept("  " + from + " --> " + to));
        out.accept("  classDef unknown stroke-dasharray: 4");
    }

    private enum Kind {
        EXECUTION("", "[", "]"),
        FILE(", shape=cylinder", "[(", ")]"),
        UNKNOWN(", style=dashed", "(", "):::unknown");

        private final String dot;
        private final String mermaidBegin;
        private final String mermaidEnd;

        Kind(String dot, String mermaidBegin, String mermaidEnd) {
            this.dot = dot;
            this.mermaidBegin = mermaidBegin;
            this.mermaidEnd = mermaidEnd;
        }
    }

    private interface NodeSink {
        void node(String id, String label, Kind kind);
    }

    private interface EdgeSink {
        void edge(String from, String to);
    }

    private void draw(NodeSink nodes, EdgeSink edges) {
        for (ExecutionNode node : executions) {
            ExecutionView view = ExecutionView.of(graph, node);
            String id = "e" + node.order();
            nodes.node(id, SliceWords.place(node) + " " + summary(node, view), Kind.EXECUTION);
            for (String name : unseen(node)) {
                String unknown = unknowns.get(name);
                if (unknown == null) {
                    unknown = "u" + unknowns.size();
                    unknowns.put(name, unknown);
                    nodes.node(unknown, name, Kind.UNKNOWN);
                }
                edges.edge(unknown, id);
            }
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
        nodes.node(id, LineageJson.path(node.session(), file), Kind.FILE);
        return id;
    }

    private static Set<String> unseen(ExecutionNode node) {
        Set<String> names = new LinkedHashSet<>();
        node.statements().forEach(statement -> names.addAll(statement.unresolved()));
        return names;
    }

    /** What an execution made, and how; what it only imported is left out. */
    private static String summary(ExecutionNode node, ExecutionView view) {
        List<String> kinds = view.transformations().stream()
                .map(t -> t.kind().wireName())
                .distinct()
                .toList();
        Set<String> imported = new HashSet<>();
        for (StatementNode statement : node.statements()) {
            if (statement.is(Statement.Trait.IMPORT)) {
                statement
                        .made()
                        .forEach(version -> imported.add(version.location().name()));
            }
        }
        String names = view.writes().stream()
                .filter(name -> !imported.contains(name))
                .limit(NAMES)
                .collect(Collectors.joining(", "));
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
