package dev.trackit.runner.picture;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Notebook;
import dev.trackit.core.discovery.Providers;
import dev.trackit.core.lineage.ExternalObserver;
import dev.trackit.core.lineage.LineageBuilder;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.SavedExecutions;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Flows for tests: of real code, and made up of any size. */
final class Flows {
    private static final Path FOLDER = Path.of("flows").toAbsolutePath();

    private Flows() {}

    /** The graph of a notebook whose cells ran in this order. */
    static LineageGraph graph(String... sources) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < sources.length; i++) {
            cells.add(Cell.builder("c" + i, i, CellType.CODE, sources[i])
                    .executionCount(i + 1)
                    .build());
        }
        Notebook notebook = Notebook.builder(FOLDER.resolve("test.ipynb"), Digest.of(new byte[0]))
                .language("python")
                .cells(cells)
                .build();
        SavedExecutions saved = SavedExecutions.of(notebook, SavedExecutions.Order.COUNT);
        return new LineageBuilder(analyzers(), ExternalObserver.noop())
                .add("test.ipynb", saved.session(), saved.executions())
                .build();
    }

    static Flow flow(String... sources) {
        return new FlowReader(graph(sources), List.of(), text -> text).read(List.of());
    }

    private static List<CodeAnalyzer> analyzers() {
        ProviderContext context =
                ProviderContext.builder(FOLDER, FOLDER.resolve(".trackit")).build();
        return Providers.find(CodeAnalyzerProvider.class, Providers.defaultLoader()).all().stream()
                .map(provider -> provider.open(context))
                .toList();
    }

    /** A flow of about this many nodes: steps with one to three inputs, some of them drawings; each from the same seed the same. */
    static Flow random(int size, long seed) {
        Random random = new Random(seed);
        List<FlowNode> nodes = new ArrayList<>();
        List<FlowEdge> edges = new ArrayList<>();
        List<String> datasets = new ArrayList<>();
        FlowNode.Kind[] kinds = {
            FlowNode.Kind.FRAME, FlowNode.Kind.SERIES, FlowNode.Kind.ARRAY, FlowNode.Kind.MODEL, FlowNode.Kind.VALUE
        };
        for (int i = 0; nodes.size() < size; i++) {
            if (i % 17 == 0) {
                nodes.add(node("f" + i + ".1", FlowNode.Kind.FILE, "data/file" + i + ".csv"));
                datasets.add("f" + i + ".1");
            }
            boolean plot = random.nextInt(5) == 0;
            String step = "s" + i + ".0";
            nodes.add(node(step, plot ? FlowNode.Kind.PLOT : FlowNode.Kind.STEP, "call" + i + "(how='left')"));
            int inputs = 1 + random.nextInt(3);
            for (int k = 0; k < inputs; k++) {
                int back = Math.min(datasets.size(), 1 + random.nextInt(12));
                edges.add(new FlowEdge(datasets.get(datasets.size() - back), step, random.nextInt(20) == 0));
            }
            if (!plot) {
                String data = "d" + i + ".0.0";
                nodes.add(node(data, kinds[random.nextInt(kinds.length)], "dataset_" + random.nextInt(40)));
                edges.add(new FlowEdge(step, data, false));
                datasets.add(data);
            }
        }
        return new Flow(nodes, edges);
    }

    static FlowNode node(String id, FlowNode.Kind kind, String label) {
        FlowNode.Builder node = new FlowNode.Builder(id, kind);
        node.label = label;
        node.current = true;
        node.version = 1;
        node.runs.add(new FlowNode.Run("test.ipynb", 1, "In [1]", 0, false));
        return node.build();
    }

    static Picture picture(Flow flow, ViewQuery query) {
        return Layout.of(View.of(flow, query), query.orientation());
    }
}
