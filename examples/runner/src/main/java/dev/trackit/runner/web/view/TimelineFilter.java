package dev.trackit.runner.web.view;

import dev.trackit.api.Execution;
import dev.trackit.api.Output;
import dev.trackit.api.TransformationKind;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.ExecutionView;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.TimeWindow;
import dev.trackit.runner.read.RecordJson;
import dev.trackit.runner.web.http.Problem;
import dev.trackit.runner.web.http.Query;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a timeline are wanted. While something is asked of executions, other entries are left out, but gaps: what could not be seen may
 * have fitted too.
 */
final class TimelineFilter {
    private static final Set<String> ENTRY_KINDS =
            Set.of("execution", "save", "gap", "session-start", "session-end", "restart", "recovered");
    private static final Set<String> TRANSFORMATION_KINDS = Arrays.stream(TransformationKind.values())
            .map(TransformationKind::wireName)
            .collect(Collectors.toSet());

    private final TimeWindow time;
    private final @Nullable String cell;
    private final @Nullable String variable;
    private final @Nullable String status;
    private final List<String> words;
    private final Set<String> entryKinds;
    private final Set<String> transformationKinds;

    private TimelineFilter(Query query, Environment environment) {
        var now = environment.clock().instant();
        this.time = new TimeWindow(
                query.time("since", now, environment.zone()), query.time("until", now, environment.zone()));
        this.cell = query.text("cell");
        this.variable = query.text("var");
        this.status = query.text("status");
        this.words = words(query.text("q", ""));
        Set<String> kinds = Stream.of(query.text("kind", "").split(","))
                .map(String::strip)
                .filter(kind -> !kind.isEmpty())
                .collect(Collectors.toSet());
        this.entryKinds = kinds.stream().filter(ENTRY_KINDS::contains).collect(Collectors.toSet());
        this.transformationKinds =
                kinds.stream().filter(TRANSFORMATION_KINDS::contains).collect(Collectors.toSet());
        kinds.removeAll(entryKinds);
        kinds.removeAll(transformationKinds);
        if (!kinds.isEmpty()) {
            throw Problem.of(400, "There is no kind \"" + kinds.iterator().next() + "\".");
        }
    }

    static TimelineFilter of(Query query, Environment environment) {
        return new TimelineFilter(query, environment);
    }

    static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Whether everything fits. */
    boolean isOpen() {
        return time.isOpen() && !asksExecutions() && entryKinds.isEmpty();
    }

    /** Whether the lineage must be known. */
    boolean needsLineage() {
        return variable != null || !transformationKinds.isEmpty();
    }

    private boolean asksExecutions() {
        return cell != null || variable != null || status != null || !words.isEmpty() || !transformationKinds.isEmpty();
    }

    /** Whether an entry fits. @param graph the lineage; null where {@link #needsLineage()} says no */
    boolean accepts(TimelineEntry entry, @Nullable LineageGraph graph) {
        if (!time.contains(EntryJson.time(entry))) {
            return false;
        }
        if (entry instanceof TimelineEntry.Executed executed) {
            return acceptsExecution(executed.execution(), graph);
        }
        String kind = EntryJson.kind(entry);
        return entryKinds.isEmpty() ? !asksExecutions() || kind.equals("gap") : entryKinds.contains(kind);
    }

    private boolean acceptsExecution(Execution execution, @Nullable LineageGraph graph) {
        boolean kind = entryKinds.isEmpty()
                || entryKinds.contains("execution")
                || !transformationKinds.isEmpty()
                || entryKinds.contains("recovered")
                        && RecordJson.word(execution.origin()).equals("recovered");
        return kind
                && (cell == null || isCell(execution, cell))
                && (status == null || status.equals(RecordJson.word(execution.status())))
                && inWords(execution)
                && (graph == null || acceptsEffects(execution, graph));
    }

    private static boolean isCell(Execution execution, String named) {
        return execution.cell().isSettled()
                && (execution.cell().cellId().equals(named)
                        || String.valueOf(execution.cell().cellIndex()).equals(named));
    }

    private boolean inWords(Execution execution) {
        if (words.isEmpty()) {
            return true;
        }
        String text = execution.code()
                + "\n"
                + execution.outputs().stream().map(Output::text).collect(Collectors.joining("\n"));
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }

    private boolean acceptsEffects(Execution execution, LineageGraph graph) {
        ExecutionNode node = graph.execution(execution.id()).orElse(null);
        if (node == null) {
            return false;
        }
        ExecutionView view = ExecutionView.of(graph, node);
        boolean named = variable == null
                || Stream.of(view.reads(), view.writes(), view.mutates())
                        .flatMap(List::stream)
                        .anyMatch(name -> name.equals(variable) || isPartOf(name, variable));
        return named
                && (transformationKinds.isEmpty()
                        || view.transformations().stream()
                                .anyMatch(t ->
                                        transformationKinds.contains(t.kind().wireName())));
    }

    /** {@code df["age"]} and {@code model.coef_} are parts of {@code df} and {@code model}. */
    private static boolean isPartOf(String name, String whole) {
        return name.startsWith(whole)
                && name.length() > whole.length()
                && "[.".indexOf(name.charAt(whole.length())) >= 0;
    }
}
