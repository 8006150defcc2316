package dev.trackit.summary.outline;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Effect;
import dev.trackit.api.Excerpt;
import dev.trackit.api.Execution;
import dev.trackit.api.ExecutionStatus;
import dev.trackit.api.FrameState;
import dev.trackit.api.Gap;
import dev.trackit.api.Location;
import dev.trackit.api.Origin;
import dev.trackit.api.Outline;
import dev.trackit.api.Outline.Fate;
import dev.trackit.api.Output;
import dev.trackit.api.Statement;
import dev.trackit.api.Statement.Trait;
import dev.trackit.api.TransformationKind;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.FrameHistory;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.StatementNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes outlines from a lineage graph.
 *
 * <p>A step is a statement that does something to data, or a passage of prose. What shaped the results is told apart from what did
 * not by slicing: a statement is kept if it belongs to the slice of a dataset that is there at the end, or of a file that was
 * written. All text passes the redaction given. Safe for use by several threads once nothing is added to the graph any more.
 */
public final class Outliner {
    private static final int MAX_CODE = 600;
    private static final int MAX_PROSE = 300;
    private static final int MAX_PRINTED_LINES = 3;
    private static final int MAX_PRINTED = 160;
    private static final int MAX_UNKNOWNS = 40;

    private final LineageGraph graph;
    private final UnaryOperator<String> redaction;

    /** @param redaction applied to each text of an outline */
    public Outliner(LineageGraph graph, UnaryOperator<String> redaction) {
        this.graph = requireNonNull(graph, "graph");
        this.redaction = requireNonNull(redaction, "redaction");
    }

    /** The outline of these executions. */
    public Outline outline(OutlineRequest request) {
        return new Pass(request).outline();
    }

    /** One pass over the executions, with what is known so far. */
    private final class Pass {
        private final OutlineRequest request;
        private final Results results;
        private final StepText words = new StepText(redaction);
        private final KnownShapes shapes = new KnownShapes();
        private final Map<String, Execution> lastOfCell = new HashMap<>();
        private final Map<String, ExecutionNode> finalOfCell = new HashMap<>();
        private final List<Outline.Step> steps = new ArrayList<>();
        private final List<Cell> prose = new ArrayList<>();

        Pass(OutlineRequest request) {
            this.request = request;
            this.results = Results.of(graph, request.executions());
            request.cells().stream().filter(c -> c.type() == CellType.MARKDOWN).forEach(prose::add);
            for (ExecutionNode node : request.executions()) {
                if (node.execution().cell().isSettled()) {
                    finalOfCell.put(node.execution().cell().cellId(), node);
                }
            }
        }

        Outline outline() {
            for (ExecutionNode node : request.executions()) {
                addProseBefore(node.execution().cell().cellIndex());
                addSteps(node);
                if (node.execution().cell().isSettled()) {
                    lastOfCell.put(node.execution().cell().cellId(), node.execution());
                }
            }
            addProseBefore(Integer.MAX_VALUE);
            return Outline.builder(clean(request.title()), clean(request.scope()))
                    .between(first(), last())
                    .datasets(datasets())
                    .steps(steps)
                    .unknowns(unknowns())
                    .build();
        }

        private void addProseBefore(int cellIndex) {
            while (!prose.isEmpty() && prose.get(0).index() < cellIndex) {
                String text = Prose.plain(prose.remove(0).source());
                if (!text.isEmpty()) {
                    steps.add(Outline.Step.builder(
                                    "p" + (steps.size() + 1), Fate.PROSE, Excerpt.of(clean(text), MAX_PROSE))
                            .build());
                }
            }
        }

        private void addSteps(ExecutionNode node) {
            List<StatementNode> told =
                    node.statements().stream().filter(this::isTold).toList();
            List<String> facts = facts(node);
            if (told.isEmpty() && node.execution().status() == ExecutionStatus.ERROR) {
                told = node.statements().stream()
                        .filter(s -> s.is(Trait.FAILED))
                        .toList();
                if (told.isEmpty()) {
                    addWhole(node, Fate.FAILED, "an execution failed", facts);
                }
            } else if (node.analysis().isUnknown()) {
                boolean last = finalOfCell.getOrDefault(node.execution().cell().cellId(), node) == node;
                String code = words.firstLine(node.execution().code());
                addWhole(node, last ? Fate.UNKNOWN : Fate.SUPERSEDED, "ran " + code, facts);
            }
            int bearer = bearer(told);
            for (int i = 0; i < told.size(); i++) {
                addStep(node, told.get(i), i == bearer ? facts : List.of());
            }
        }

        /** The step with which the facts of its execution are told: the last one that remained, for a look behind it explains nothing. */
        private int bearer(List<StatementNode> told) {
            for (int i = told.size() - 1; i >= 0; i--) {
                if (results.isKept(told.get(i))) {
                    return i;
                }
            }
            return told.size() - 1;
        }

        private void addWhole(ExecutionNode node, Fate fate, String text, List<String> facts) {
            steps.add(Outline.Step.builder(nextId(), fate, text)
                    .execution(node.sequence())
                    .code(Excerpt.of(clean(node.execution().code().strip()), MAX_CODE))
                    .facts(facts.stream().map(this::clean).toList())
                    .build());
        }

        private void addStep(ExecutionNode node, StatementNode statement, List<String> facts) {
            Statement what = statement.statement();
            Set<String> inputs = new LinkedHashSet<>();
            Set<String> outputs = new LinkedHashSet<>();
            what.transformations().forEach(t -> {
                t.inputs().stream().filter(StepText::isNamed).forEach(l -> inputs.add(clean(l.label())));
                t.outputs().stream().filter(StepText::isNamed).forEach(l -> outputs.add(clean(l.label())));
            });
            what.effects().stream()
                    .filter(e -> e.location().kind() == Location.Kind.EXTERNAL)
                    .forEach(e -> (e.kind() == Effect.Kind.READ ? inputs : outputs)
                            .add(clean(e.location().label())));
            Activity activity = Activity.of(what);
            String told = words.of(what);
            List<String> all = new ArrayList<>(columns(what, told));
            all.addAll(facts);
            steps.add(Outline.Step.builder(nextId(), fate(node, statement), told)
                    .activity(activity == Activity.OTHER ? "" : activity.label())
                    .brief(words.brief(what))
                    .execution(node.sequence())
                    .code(Excerpt.of(clean(what.text().strip()), MAX_CODE))
                    .inputs(List.copyOf(inputs))
                    .outputs(List.copyOf(outputs))
                    .facts(all.stream().map(this::clean).toList())
                    .build());
        }

        private String nextId() {
            return "s" + (steps.size() + 1);
        }

        /** Imports are means, not steps; a plain assignment or a definition is a step if a result rests on it. */
        private boolean isTold(StatementNode statement) {
            if (statement.is(Trait.NOT_RUN)) {
                return false;
            }
            boolean transforms = !statement.statement().transformations().isEmpty();
            if (statement.is(Trait.FAILED)) {
                return true;
            }
            return transforms || (results.isKept(statement) && !statement.is(Trait.IMPORT));
        }

        private Fate fate(ExecutionNode node, StatementNode statement) {
            if (statement.is(Trait.FAILED)) {
                return Fate.FAILED;
            } else if (results.isKept(statement)) {
                return Fate.KEPT;
            } else if (looksOnly(statement.statement())) {
                return Fate.INSPECTION;
            } else if (finalOfCell.getOrDefault(node.execution().cell().cellId(), node) != node) {
                return Fate.SUPERSEDED;
            }
            return Fate.DEAD_END;
        }

        private boolean looksOnly(Statement statement) {
            boolean looking = statement.transformations().stream()
                    .allMatch(t -> t.kind() == TransformationKind.INSPECT
                            || t.kind() == TransformationKind.PLOT
                            || t.kind() == TransformationKind.EVALUATE);
            return looking || statement.traits().contains(Trait.DISPLAY);
        }

        private List<String> columns(Statement statement, String told) {
            Set<String> made = new LinkedHashSet<>();
            statement.transformations().forEach(t -> t.columns().forEach(c -> {
                if (!c.column().equals("*") && !told.contains("the column " + c.column() + " of")) {
                    made.add(c.column());
                }
            }));
            return made.isEmpty() ? List.of() : List.of("columns made: " + KnownShapes.few(List.copyOf(made)));
        }

        private List<String> facts(ExecutionNode node) {
            List<String> facts = new ArrayList<>();
            Execution execution = node.execution();
            Execution before = lastOfCell.get(execution.cell().cellId());
            if (before != null) {
                facts.add(Edits.between(before, execution, redaction));
            }
            shapes.forget(FrameHistory.changed(node));
            for (FrameState state : node.analysis().frames()) {
                facts.addAll(shapes.take(state));
            }
            for (Output output : execution.outputs()) {
                if (output.type() == Output.Type.ERROR) {
                    facts.add("error: " + StepText.oneLine(lastLine(clean(output.text()), output.name()), MAX_PRINTED));
                }
            }
            Activity activity = Activity.of(node);
            if (activity == Activity.EVALUATING || activity == Activity.MODELLING || activity == Activity.PREDICTING) {
                facts.addAll(printed(execution, redaction));
            }
            return facts;
        }

        private List<Outline.Dataset> datasets() {
            Map<String, Outline.Dataset> datasets = new LinkedHashMap<>();
            results.sources().forEach(label -> datasets.put(label, dataset(label, Outline.Role.SOURCE)));
            results.names().forEach(label -> datasets.put(label, dataset(label, Outline.Role.RESULT)));
            results.sinks().forEach(label -> datasets.put(label, dataset(label, Outline.Role.SINK)));
            return List.copyOf(datasets.values());
        }

        private Outline.Dataset dataset(String label, Outline.Role role) {
            return new Outline.Dataset(
                    clean(label),
                    role,
                    shapes.shape(label),
                    shapes.columns(label).stream().map(this::clean).toList());
        }

        private List<String> unknowns() {
            Set<String> unknowns = new LinkedHashSet<>();
            for (Gap gap : request.gaps()) {
                unknowns.add(gap.detail());
            }
            long recovered = request.executions().stream()
                    .filter(e -> e.execution().origin() == Origin.RECOVERED)
                    .count();
            if (recovered > 0) {
                unknowns.add(
                        recovered + " executions were recovered from the kernel's history: when they ran and what they "
                                + "printed is not known.");
            }
            if (request.executions().stream().anyMatch(e -> e.execution().origin() == Origin.SAVED)) {
                unknowns.add(
                        "Some executions were read from the saved notebook: cells that were run before and then edited or "
                                + "deleted are not in it.");
            }
            unknowns.addAll(request.doubts());
            request.executions().stream()
                    .filter(node -> node.analysis().isUnknown())
                    .flatMap(node -> node.analysis().problems().stream())
                    .collect(Collectors.groupingBy(p -> p, TreeMap::new, Collectors.counting()))
                    .forEach((problem, count) -> unknowns.add(problem + " What " + count
                            + (count == 1 ? " execution" : " executions") + " did to data is not known."));
            for (ExecutionNode node : request.executions()) {
                if (!node.analysis().isUnknown()) {
                    node.analysis().problems().forEach(p -> unknowns.add("Execution #" + node.sequence() + ": " + p));
                }
                node.statements().stream().filter(results::isKept).forEach(s -> s.statement()
                        .assumptions()
                        .forEach(a -> unknowns.add("Execution #" + node.sequence() + ": " + a)));
            }
            List<String> told = new ArrayList<>(
                    unknowns.stream().limit(MAX_UNKNOWNS).map(this::clean).toList());
            if (unknowns.size() > MAX_UNKNOWNS) {
                told.add((unknowns.size() - MAX_UNKNOWNS)
                        + " more things are not known; the lineage names them with each execution.");
            }
            return told;
        }

        private @Nullable Instant first() {
            return request.executions().stream()
                    .flatMap(e -> e.execution().startedAt().stream())
                    .min(Instant::compareTo)
                    .orElse(null);
        }

        private @Nullable Instant last() {
            return request.executions().stream()
                    .flatMap(e -> e.execution().finishedAt().stream())
                    .max(Instant::compareTo)
                    .orElse(null);
        }

        private String clean(String text) {
            return redaction.apply(text);
        }
    }

    private static List<String> printed(Execution execution, UnaryOperator<String> redaction) {
        List<String> lines = new ArrayList<>();
        for (Output output : execution.outputs()) {
            if (output.type() == Output.Type.STREAM && output.name().equals("stderr")
                    || output.type() == Output.Type.ERROR) {
                continue;
            }
            for (String line : (Iterable<String>) redaction.apply(output.text()).lines()::iterator) {
                boolean telling = line.chars().anyMatch(Character::isDigit) && !line.isBlank();
                if (telling && lines.size() < MAX_PRINTED_LINES) {
                    lines.add("printed: " + StepText.oneLine(line, MAX_PRINTED));
                }
            }
        }
        return lines;
    }

    private static String lastLine(String text, String otherwise) {
        return text.lines().filter(l -> !l.isBlank()).reduce((a, b) -> b).orElse(otherwise);
    }
}
