package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Effect;
import dev.trackit.api.FrameState;
import dev.trackit.api.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the frames that an execution left behind: from itself, and from later executions that show a frame before anything
 * changes it again, as people do who look at {@code df.shape} in the next cell.
 */
public final class FrameHistory {
    /** How many later executions are asked at most. */
    private static final int FARTHEST = 60;

    private FrameHistory() {}

    /** The states of frames after the execution, by all that is known at the end of the record. */
    public static List<FrameState> after(LineageGraph graph, ExecutionNode node) {
        requireNonNull(graph, "graph");
        Map<String, FrameState> known = new LinkedHashMap<>();
        node.analysis().frames().forEach(state -> known.put(state.dataset(), state));
        Map<String, String> open = new HashMap<>();
        for (String name : changed(node)) {
            graph.valueAfter(node, name)
                    .filter(value -> value.type().endsWith("DataFrame"))
                    .ifPresent(value -> open.put(name, value.type()));
        }
        List<ExecutionNode> executions = graph.executions(node.session());
        int at = Collections.binarySearch(executions, node, Comparator.comparingInt(ExecutionNode::order));
        for (int i = at + 1; i < executions.size() && i <= at + FARTHEST && !open.isEmpty(); i++) {
            ExecutionNode later = executions.get(i);
            open.keySet().removeAll(changed(later));
            for (FrameState state : later.analysis().frames()) {
                if (open.containsKey(state.dataset())) {
                    known.merge(state.dataset(), state, FrameHistory::both);
                }
            }
        }
        return new ArrayList<>(known.values());
    }

    private static FrameState both(FrameState first, FrameState second) {
        return new FrameState(
                first.dataset(),
                either(first.rowCount(), second.rowCount()),
                either(first.columnCount(), second.columnCount()),
                either(first.columnNames(), second.columnNames()),
                first.types().isEmpty() ? second.types() : first.types(),
                first.missing().isEmpty() ? second.missing() : first.missing());
    }

    private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }

    /** The names that the execution bound, or whose value it may have changed. */
    public static Set<String> changed(ExecutionNode node) {
        Set<String> names = new HashSet<>();
        for (StatementNode statement : node.statements()) {
            for (Effect effect : statement.statement().effects()) {
                Location location = effect.location();
                if (effect.kind() != Effect.Kind.READ && effect.certainty() != Effect.Certainty.POSSIBLE) {
                    names.add(
                            location.kind() == Location.Kind.BINDING
                                            && location.name().isEmpty()
                                    ? location.label()
                                    : location.name());
                }
            }
        }
        return names;
    }
}
