package dev.trackit.runner.picture;

import dev.trackit.api.Effect;
import dev.trackit.api.Excerpt;
import dev.trackit.api.FrameState;
import dev.trackit.api.Gap;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.Transformation;
import dev.trackit.api.TransformationKind;
import dev.trackit.api.Variable;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.Staleness;
import dev.trackit.core.lineage.StatementNode;
import dev.trackit.core.lineage.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a lineage graph as people see it: not every location and statement, but datasets, what they became, and the steps between.
 *
 * <p>The graph knows locations (the binding of a name, the content of an object, one column); a dataset of the picture is a value with a
 * name between two changes of it. Executions are read in order, and for each session it is remembered which dataset a name stands for: a
 * statement that binds a name makes a dataset, one that changes an object in place makes its next version, one that only gives it another
 * name makes nothing. What only looks at data makes nothing either. Values that no data went into or came out of are left out by
 * {@link Relevance} at the end. Used once.
 */
final class FlowReader {
    private static final int MAX_CODE = 4000;

    private final LineageGraph graph;
    private final UnaryOperator<String> redaction;
    private final GapSpans gaps;
    private final List<String> notebooks;
    private final Map<String, FlowNode.Builder> nodes = new LinkedHashMap<>();
    private final Set<FlowEdge> edges = new LinkedHashSet<>();
    private final Map<String, ExecutionNode> madeBy = new HashMap<>();
    private final Map<String, SessionNames> sessions = new LinkedHashMap<>();
    private final Map<ExternalDataset, FlowNode.Builder> files = new LinkedHashMap<>();
    private final Map<ExternalDataset, Integer> fileNumbers = new HashMap<>();
    private final Map<String, FlowNode.Builder> stepsByText = new HashMap<>();
    private List<FlowNode.Builder> drawnInCell = new ArrayList<>();

    /** @param redaction applied to each piece of the notebook's text; identity if it stays on this machine */
    FlowReader(LineageGraph graph, List<Gap> gaps, UnaryOperator<String> redaction) {
        this.graph = graph;
        this.gaps = new GapSpans(gaps);
        this.redaction = redaction;
        this.notebooks = graph.notebooks();
    }

    /** Reads all. @param stale what is out of date */
    Flow read(List<Staleness.Finding> stale) {
        graph.executions().forEach(this::read);
        StaleMarks.mark(stale, nodes.values(), edges, redaction);
        nodes.values().forEach(node -> {
            List<String> aliases = node.aliases.stream().map(redaction).toList();
            node.aliases.clear();
            node.aliases.addAll(aliases);
        });
        Set<FlowNode.Builder> alive = new LinkedHashSet<>(files.values());
        for (String notebook : notebooks) {
            graph.sessions(notebook).stream().reduce((a, b) -> b).ifPresent(last -> {
                SessionNames names = sessions.get(last.id());
                if (names != null) {
                    alive.addAll(names.all());
                }
            });
        }
        return Relevance.choose(graph, nodes, edges, alive);
    }

    private void read(ExecutionNode execution) {
        SessionNames names = sessions.computeIfAbsent(execution.session().id(), id -> new SessionNames());
        drawnInCell = new ArrayList<>();
        Map<String, Variable> variables = new HashMap<>();
        execution.analysis().variables().forEach(v -> variables.put(v.name(), v));
        Map<String, StatementNode> lastBinder = new HashMap<>();
        for (StatementNode statement : execution.statements()) {
            StatementReading.of(statement).bound().keySet().forEach(name -> lastBinder.put(name, statement));
        }
        for (StatementNode statement : execution.statements()) {
            if (!statement.is(Statement.Trait.NOT_RUN)
                    && !statement.is(Statement.Trait.IMPORT)
                    && !statement.is(Statement.Trait.DEFINITION)) {
                read(statement, StatementReading.of(statement), names, variables, lastBinder);
            }
        }
        execution.analysis().variables().forEach(names::note);
        execution.analysis().frames().forEach(frame -> shape(names.of(frame.dataset()), frame));
    }

    private void read(
            StatementNode statement,
            StatementReading reading,
            SessionNames names,
            Map<String, Variable> variables,
            Map<String, StatementNode> lastBinder) {
        String textKey = statement.execution().session().id() + "\n"
                + statement.statement().text();
        FlowNode.Builder before = stepsByText.get(textKey);
        if (statement.isRepeat() && before != null && stillStands(before, reading, names)) {
            before.runs.add(run(statement.execution()));
            return;
        }
        addUnknown(statement, names);
        Set<FlowNode.Builder> inputs = inputs(statement, reading, names);
        FlowNode.Builder step = new FlowNode.Builder(stepId(statement), FlowNode.Kind.STEP);
        Set<FlowNode.Builder> outputs = new LinkedHashSet<>();
        reading.bound().forEach((name, made) -> {
            boolean last = lastBinder.get(name) == statement;
            Variable variable = last || !statement.statement().transformations().isEmpty() ? variables.get(name) : null;
            String root = last && !made ? SessionNames.root(variable) : null;
            FlowNode.Builder same = root == null ? null : names.ofObject(root);
            if (variable != null && DataKinds.isFigure(variable.type())) {
                names.bindFigure(name);
            } else if (same != null) {
                names.bind(name, same);
            } else if (!name.startsWith("_")) {
                FlowNode.Builder dataset =
                        dataset(statement, outputs.size(), name, variable == null ? "" : variable.type(), names);
                names.bind(name, dataset);
                outputs.add(dataset);
            }
        });
        change(statement, reading, names, outputs);
        written(statement).forEach(file -> outputs.add(file));
        reading.deleted().forEach(names::delete);
        describe(step, statement);
        boolean ends = step.kinds.contains(TransformationKind.PLOT) || step.kinds.contains(TransformationKind.EVALUATE);
        if (outputs.isEmpty() && !ends) {
            return;
        }
        connect(statement, step, inputs, outputs);
        stepsByText.put(textKey, step);
    }

    /** Objects that the statement changed in place become their next version. */
    private void change(
            StatementNode statement, StatementReading reading, SessionNames names, Set<FlowNode.Builder> outputs) {
        Set<FlowNode.Builder> changed = new LinkedHashSet<>();
        for (String name : reading.changed()) {
            FlowNode.Builder dataset = names.of(name);
            if (dataset != null && outputs.stream().noneMatch(made -> made == dataset)) {
                changed.add(dataset);
            }
        }
        for (FlowNode.Builder dataset : changed) {
            FlowNode.Builder next = dataset(statement, outputs.size(), dataset.label, dataset.type, names);
            if (dataset.kind != FlowNode.Kind.UNKNOWN) {
                next.kind = dataset.kind;
            }
            names.change(dataset, next);
            outputs.add(next);
        }
    }

    private void connect(
            StatementNode statement,
            FlowNode.Builder step,
            Set<FlowNode.Builder> inputs,
            Set<FlowNode.Builder> outputs) {
        nodes.put(step.id, step);
        step.fresh = inputs.isEmpty() && step.kinds.isEmpty();
        outputs.forEach(output -> nodes.put(output.id, output));
        outputs.forEach(output -> edges.add(new FlowEdge(step.id, output.id, false)));
        for (FlowNode.Builder input : inputs) {
            ExecutionNode maker = madeBy.get(input.id);
            edges.add(new FlowEdge(input.id, step.id, maker != null && gaps.between(maker, statement.execution())));
        }
        boolean onlyFiles = !outputs.isEmpty() && outputs.stream().allMatch(o -> o.kind == FlowNode.Kind.FILE);
        if (onlyFiles && inputs.stream().noneMatch(i -> i.kind.isDataset())) {
            // A drawing is written: what was drawn in the same cell is in it.
            drawnInCell.forEach(drawing -> edges.add(new FlowEdge(drawing.id, step.id, false)));
        }
        if (step.kinds.contains(TransformationKind.PLOT)) {
            drawnInCell.add(step);
        }
    }

    private Set<FlowNode.Builder> inputs(StatementNode statement, StatementReading reading, SessionNames names) {
        Set<FlowNode.Builder> inputs = new LinkedHashSet<>();
        for (ExternalDataset.Access access : statement.inputs()) {
            FlowNode.Builder file =
                    files.computeIfAbsent(access.dataset(), d -> file(d, access.label(), statement, null));
            ExternalDataset.State state = access.state();
            if (state != null) {
                file.bytes = state.size();
            }
            nodes.put(file.id, file);
            inputs.add(file);
        }
        for (String name : reading.read()) {
            FlowNode.Builder dataset = names.of(name);
            if (dataset != null) {
                inputs.add(dataset);
            }
        }
        return inputs;
    }

    /** A name that nothing recorded bound stands for something not recorded, unless it is only called. */
    private void addUnknown(StatementNode statement, SessionNames names) {
        for (String name : statement.unresolved()) {
            boolean called = Pattern.compile("\\b" + Pattern.quote(name) + "\\s*\\(")
                    .matcher(statement.statement().text())
                    .find();
            if (!called && names.of(name) == null && !names.isFigure(name)) {
                FlowNode.Builder unknown = new FlowNode.Builder(
                        "u" + prefix(statement.execution()) + sessions.size() + "." + names.nextUnknown(),
                        FlowNode.Kind.UNKNOWN);
                unknown.label = redaction.apply(name);
                nodes.put(unknown.id, unknown);
                names.bind(name, unknown);
            }
        }
    }

    private List<FlowNode.Builder> written(StatementNode statement) {
        List<FlowNode.Builder> written = new ArrayList<>();
        for (Version version : statement.made()) {
            if (version.location().kind() == Location.Kind.EXTERNAL
                    && version.effect().kind() != Effect.Kind.DELETE) {
                graph.writtenAs(version).ifPresent(dataset -> {
                    FlowNode.Builder file = file(dataset, version.location().label(), statement, files.get(dataset));
                    files.put(dataset, file);
                    written.add(file);
                });
            }
        }
        return written;
    }

    private FlowNode.Builder file(
            ExternalDataset dataset, String label, StatementNode statement, FlowNode.@Nullable Builder previous) {
        int number = fileNumbers.computeIfAbsent(dataset, d -> fileNumbers.size());
        int version = previous == null ? 1 : previous.version + 1;
        FlowNode.Builder file = new FlowNode.Builder("f" + number + "." + version, FlowNode.Kind.FILE);
        file.version = version;
        file.label = previous == null ? redaction.apply(label) : previous.label;
        file.runs.add(run(statement.execution()));
        return file;
    }

    private FlowNode.Builder dataset(StatementNode statement, int place, String name, String type, SessionNames names) {
        FlowNode.Builder dataset = new FlowNode.Builder(
                "d" + stepId(statement).substring(1) + "." + place, DataKinds.of(type, makers(statement, name)));
        dataset.label = redaction.apply(name);
        dataset.session = statement.execution().session().id();
        dataset.type = type;
        dataset.version = names.nextVersion(name);
        dataset.runs.add(run(statement.execution()));
        madeBy.put(dataset.id, statement.execution());
        return dataset;
    }

    /** The steps of a statement that make what the name then stands for. */
    private static List<Transformation> makers(StatementNode statement, String name) {
        return statement.statement().transformations().stream()
                .filter(step ->
                        step.outputs().stream().anyMatch(output -> output.name().equals(name)))
                .toList();
    }

    private void describe(FlowNode.Builder step, StatementNode statement) {
        String code = redaction.apply(statement.statement().text());
        step.session = statement.execution().session().id();
        step.code = Excerpt.of(code, MAX_CODE);
        step.line = statement.statement().firstLine();
        for (Transformation transformation : statement.statement().transformations()) {
            if (transformation.kind() != TransformationKind.INSPECT) {
                step.kinds.add(transformation.kind());
            }
        }
        step.label = StepLabel.of(statement.statement(), redaction);
        step.runs.add(run(statement.execution()));
    }

    private void shape(FlowNode.@Nullable Builder dataset, FrameState frame) {
        if (dataset == null) {
            return;
        }
        if (dataset.rows == null) {
            dataset.rows = frame.rowCount();
        }
        if (dataset.columns == null) {
            List<String> names = frame.columnNames();
            dataset.columns =
                    names == null ? null : names.stream().map(redaction).toList();
        }
        if (dataset.columnCount == null) {
            dataset.columnCount = frame.columnCount();
        }
        if (dataset.columnCount == null && dataset.columns != null) {
            dataset.columnCount = (long) dataset.columns.size();
        }
        if (dataset.kind == FlowNode.Kind.VALUE && dataset.columnCount != null) {
            dataset.kind = FlowNode.Kind.FRAME;
        }
    }

    /** Whether what the repeated statement would make again is still what its names stand for. */
    private boolean stillStands(FlowNode.Builder step, StatementReading reading, SessionNames names) {
        return reading.bound().keySet().stream().allMatch(name -> {
            FlowNode.Builder dataset = names.of(name);
            return names.isFigure(name)
                    || (dataset != null && edges.contains(new FlowEdge(step.id, dataset.id, false)));
        });
    }

    private String stepId(StatementNode statement) {
        ExecutionNode execution = statement.execution();
        return "s" + prefix(execution) + execution.sequence() + "."
                + statement.statement().index();
    }

    /** Sequences count the executions of one notebook; of several, all but the first have a mark. */
    private String prefix(ExecutionNode execution) {
        int number = notebooks.indexOf(execution.notebook());
        return number <= 0 ? "" : "n" + number + ".";
    }

    static FlowNode.Run run(ExecutionNode node) {
        String place = node.execution().executionCount().isPresent()
                ? "In [" + node.execution().executionCount().getAsInt() + "]"
                : "#" + node.sequence();
        boolean failed = node.execution().status() != dev.trackit.api.ExecutionStatus.OK;
        return new FlowNode.Run(
                node.notebook(), node.sequence(), place, node.execution().cell().cellIndex(), failed);
    }
}
