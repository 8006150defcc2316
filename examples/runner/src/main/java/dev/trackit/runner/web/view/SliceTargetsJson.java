package dev.trackit.runner.web.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trackit.api.FrameState;
import dev.trackit.api.Session;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.NamedValue;
import dev.trackit.core.lineage.Version;
import dev.trackit.core.slice.DatasetTypes;
import dev.trackit.runner.lineage.LoadedLineage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a notebook has that a slice can make: its variables at the end of the last session, and the files that it wrote. */
final class SliceTargetsJson {
    private static final Set<String> MEANS =
            Set.of("module", "function", "class", "type", "builtin_function_or_method");

    private final LineageGraph graph;

    private SliceTargetsJson(LineageGraph graph) {
        this.graph = graph;
    }

    private record Target(
            boolean variable, String name, String type, boolean alive, boolean dataset, ExecutionNode made) {}

    static void write(JsonGenerator g, LoadedLineage lineage) throws IOException {
        LineageGraph graph = lineage.graph();
        List<Session> sessions = graph.sessions(lineage.notebooks().get(0).name());
        SliceTargetsJson json = new SliceTargetsJson(graph);
        List<Target> targets = new ArrayList<>();
        Map<String, FrameState> frames = new HashMap<>();
        if (!sessions.isEmpty()) {
            Session last = sessions.get(sessions.size() - 1);
            targets.addAll(json.variables(last));
            graph.executions(last).forEach(e -> e.analysis().frames().forEach(f -> frames.put(f.dataset(), f)));
        }
        targets.addAll(json.files());
        targets.sort(Comparator.comparing((Target t) -> !t.alive())
                .thenComparing(t -> !t.dataset())
                .thenComparing(t -> -t.made().order()));
        g.writeArrayFieldStart("targets");
        for (Target target : targets) {
            write(g, target, target.variable() ? Optional.ofNullable(frames.get(target.name())) : Optional.empty());
        }
        g.writeEndArray();
    }

    private List<Target> variables(Session session) {
        List<Target> targets = new ArrayList<>();
        for (String name : graph.names(session)) {
            NamedValue value =
                    name.startsWith("_") ? null : graph.value(session, name).orElse(null);
            if (value != null && !MEANS.contains(value.type())) {
                ExecutionNode made = Stream.concat(Stream.of(value.binding()), value.content().stream())
                        .map(Version::writer)
                        .map(statement -> statement.execution())
                        .max(Comparator.comparing(ExecutionNode::order))
                        .orElseThrow();
                targets.add(new Target(true, name, value.type(), true, DatasetTypes.holds(value.type()), made));
            }
        }
        return targets;
    }

    private List<Target> files() {
        List<Target> targets = new ArrayList<>();
        for (ExternalDataset dataset : graph.externals()) {
            if (!dataset.writes().isEmpty()) {
                ExecutionNode made = dataset.writes()
                        .get(dataset.writes().size() - 1)
                        .statement()
                        .execution();
                boolean there = dataset.path().filter(Files::isRegularFile).isPresent();
                targets.add(new Target(false, dataset.pathFrom(made.session()), "", there, true, made));
            }
        }
        return targets;
    }

    private static void write(JsonGenerator g, Target target, Optional<FrameState> frame) throws IOException {
        g.writeStartObject();
        g.writeStringField("kind", target.variable() ? "variable" : "file");
        g.writeStringField("name", target.name());
        g.writeStringField("type", target.type());
        shape(g, frame);
        g.writeBooleanField("alive", target.alive());
        g.writeBooleanField("dataset", target.dataset());
        g.writeNumberField("sequence", target.made().sequence());
        NotebookJson.number(g, "cellIndex", target.made().execution().cell().cellIndex());
        NotebookJson.number(
                g, "count", target.made().execution().executionCount().orElse(-1));
        g.writeEndObject();
    }

    /** The shape of a data frame, as far as it is known. */
    static void shape(JsonGenerator g, Optional<FrameState> frame) throws IOException {
        if (frame.isPresent() && frame.get().rows().isPresent()) {
            g.writeNumberField("rows", frame.get().rows().getAsLong());
        }
        Long columns = frame.map(FrameState::columnCount).orElse(null);
        if (columns != null) {
            g.writeNumberField("cols", columns);
        }
    }
}
