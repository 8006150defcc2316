package dev.trackit.runner.lineage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.FrameState;
import dev.trackit.api.Notebook;
import dev.trackit.api.Origin;
import dev.trackit.api.Output;
import dev.trackit.api.Session;
import dev.trackit.core.discovery.Providers;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExecutionView;
import dev.trackit.core.lineage.ExternalObserver;
import dev.trackit.core.lineage.FrameHistory;
import dev.trackit.core.lineage.LineageBuilder;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.slice.PythonScript;
import dev.trackit.core.slice.Slicer;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.ProviderContext;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs analyzer, graph and slicer over a corpus of notebooks with ground truth, and writes what they say in the form that the corpus'
 * scorer reads. Not a test: started by {@code dev/score-lineage.sh}.
 *
 * <p>Arguments: the corpus' folder, the order ({@code file}, {@code exec} or {@code messy}), and the folder for the two files
 * {@code lineage-ORDER.json} and {@code slices-ORDER.json}.
 */
final class CorpusHarness {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Path corpus;
    private final String order;
    private final List<CodeAnalyzer> analyzers;
    private final PrintStream log = System.err;

    private CorpusHarness(Path corpus, String order) {
        this.corpus = corpus;
        this.order = order;
        ProviderContext context =
                ProviderContext.builder(corpus, corpus.resolve(".trackit")).build();
        this.analyzers = Providers.find(CodeAnalyzerProvider.class, Providers.defaultLoader()).all().stream()
                .map(provider -> provider.open(context))
                .toList();
    }

    public static void main(String[] args) throws IOException {
        CorpusHarness harness = new CorpusHarness(Path.of(args[0]), args[1]);
        Path folder = Files.createDirectories(Path.of(args[2]));
        harness.run(folder.resolve("lineage-" + args[1] + ".json"), folder.resolve("slices-" + args[1] + ".json"));
    }

    private void run(Path lineageFile, Path slicesFile) throws IOException {
        String suffix = order.equals("file") ? ".truth.json" : "." + order + ".truth.json";
        List<Path> truths;
        try (Stream<Path> files = Files.walk(corpus.resolve("truth"))) {
            truths = files.filter(f -> f.toString().endsWith(suffix))
                    .filter(f -> !order.equals("file") || !f.toString().matches(".*\\.(exec|messy)\\.truth\\.json"))
                    .sorted()
                    .toList();
        }
        int cells = 0;
        long nanos = 0;
        try (JsonGenerator lineage = mapper.getFactory()
                        .createGenerator(Files.newBufferedWriter(lineageFile, StandardCharsets.UTF_8));
                JsonGenerator slices = mapper.getFactory()
                        .createGenerator(Files.newBufferedWriter(slicesFile, StandardCharsets.UTF_8))) {
            lineage.writeStartObject();
            lineage.writeObjectFieldStart("notebooks");
            slices.writeStartObject();
            slices.writeArrayFieldStart("slices");
            for (Path file : truths) {
                JsonNode truth = mapper.readTree(file.toFile());
                long start = System.nanoTime();
                try {
                    LineageGraph graph = graph(truth);
                    nanos += System.nanoTime() - start;
                    cells += truth.path("cells").size();
                    write(lineage, truth, graph);
                    writeSlices(slices, truth, graph);
                } catch (RuntimeException e) {
                    log.println("FAILED " + file + ": " + e);
                    e.printStackTrace(log);
                }
            }
            lineage.writeEndObject();
            lineage.writeEndObject();
            slices.writeEndArray();
            slices.writeEndObject();
        }
        log.printf(
                "%d notebooks, %d cells, %.1f ms per cell%n", truths.size(), cells, nanos / 1e6 / Math.max(1, cells));
    }

    private LineageGraph graph(JsonNode truth) {
        String id = truth.path("notebook").asText();
        Path file = corpus.resolve("repos").resolve(id);
        Notebook notebook = new NotebookReader().read(file);
        Map<Integer, Cell> cells = new HashMap<>();
        notebook.cells().forEach(cell -> cells.put(cell.index(), cell));
        Session session = Session.builder("s", id)
                .language("python")
                .workingFolder(file.getParent())
                .live(false)
                .build();
        List<Execution> executions = new ArrayList<>();
        for (JsonNode cell : truth.path("cells")) {
            executions.add(execution(session, cell, cells.get(cell.path("index").asInt())));
        }
        return new LineageBuilder(analyzers, ExternalObserver.noop())
                .add(id, session, executions)
                .build();
    }

    private static Execution execution(Session session, JsonNode truth, @org.jspecify.annotations.Nullable Cell cell) {
        int sequence = truth.path("seq").asInt() + 1;
        List<Output> outputs = cell == null ? List.of() : cell.outputs();
        boolean failed = outputs.stream().anyMatch(o -> o.type() == Output.Type.ERROR);
        return Execution.builder(
                        "e" + sequence, session.id(), truth.path("code").asText())
                .sequence(sequence)
                .executionCount(
                        truth.path("execution_count").isInt()
                                ? (Integer) truth.path("execution_count").asInt()
                                : null)
                .status(failed ? ExecutionStatus.ERROR : ExecutionStatus.OK)
                .origin(Origin.SAVED)
                .outputs(outputs)
                .cell(
                        cell == null
                                ? CellMatch.unknown()
                                : CellMatch.of(CellMatch.Basis.CELL_ID, cell.id(), cell.index()))
                .build();
    }

    private static void write(JsonGenerator g, JsonNode truth, LineageGraph graph) throws IOException {
        g.writeObjectFieldStart(truth.path("notebook").asText());
        g.writeArrayFieldStart("cells");
        for (ExecutionNode node : graph.executions()) {
            ExecutionView view = ExecutionView.of(graph, node);
            g.writeStartObject();
            g.writeNumberField("seq", node.sequence() - 1);
            LineageJson.strings(g, "reads", view.reads());
            LineageJson.strings(g, "writes", view.writes());
            LineageJson.strings(g, "mutates", view.mutates());
            LineageJson.strings(g, "files_read", LineageJson.files(node.session(), view.filesRead()));
            LineageJson.strings(g, "files_written", LineageJson.files(node.session(), view.filesWritten()));
            g.writeArrayFieldStart("depends_on");
            for (ExecutionNode other : view.dependsOn()) {
                g.writeNumber(other.sequence() - 1);
            }
            g.writeEndArray();
            g.writeObjectFieldStart("frames");
            for (FrameState frame : FrameHistory.after(graph, node)) {
                g.writeObjectFieldStart(frame.dataset());
                if (frame.rowCount() != null) {
                    g.writeNumberField("rows", frame.rowCount());
                }
                if (frame.columnCount() != null) {
                    g.writeNumberField("cols", frame.columnCount());
                }
                if (frame.columns().isPresent()) {
                    LineageJson.strings(g, "columns", frame.columns().get());
                }
                g.writeEndObject();
            }
            g.writeEndObject();
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeEndObject();
    }

    private static void writeSlices(JsonGenerator g, JsonNode truth, LineageGraph graph) throws IOException {
        if (graph.executions().isEmpty()) {
            return;
        }
        Session session = graph.executions().get(0).session();
        Slicer slicer = new Slicer(graph);
        for (Map.Entry<String, JsonNode> variable : truth.path("variables").properties()) {
            if (!variable.getValue().path("slice_target").asBoolean()) {
                continue;
            }
            var slice = slicer.variable(session, variable.getKey());
            if (slice.isPresent()) {
                PythonScript script = PythonScript.of(slice.get());
                g.writeStartObject();
                g.writeStringField("notebook", truth.path("notebook").asText());
                g.writeStringField("variable", variable.getKey());
                g.writeStringField("script", script.text());
                LineageJson.strings(g, "warnings", script.warnings());
                g.writeEndObject();
            }
        }
    }
}
