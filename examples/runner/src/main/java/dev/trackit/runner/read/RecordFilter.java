package dev.trackit.runner.read;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Cell;
import dev.trackit.api.Execution;
import dev.trackit.api.Notebook;
import dev.trackit.core.timeline.Snapshot;
import dev.trackit.core.timeline.Tags;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.core.timeline.TimelineEntry;
import dev.trackit.runner.cli.TimeWindow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What listing, log and summary can be narrowed to, by one rule for all of them.
 *
 * <p>A notebook fits if it has so many cells, as last saved, and an execution of it fits. An execution fits if it ran in the window of time, and
 * if one of the tags is its own, its cell's (in the notebook's metadata) or its notebook's. Immutable.
 *
 * @param time when it was executed
 * @param tags one of them is wanted; empty for any
 * @param minCells the fewest cells, markdown included
 * @param maxCells the most
 */
public record RecordFilter(TimeWindow time, List<String> tags, int minCells, int maxCells) {
    /** Everything. */
    public static final RecordFilter ALL = new RecordFilter(TimeWindow.ALWAYS, List.of(), 0, Integer.MAX_VALUE);

    /** Checks and copies. */
    public RecordFilter {
        requireNonNull(time, "time");
        tags = List.copyOf(tags);
    }

    /** Whether it leaves nothing out. */
    public boolean isOpen() {
        return !narrowsExecutions() && !narrowsNotebooks();
    }

    /** Whether it leaves executions out. */
    public boolean narrowsExecutions() {
        return !time.isOpen() || !tags.isEmpty();
    }

    /** Whether it leaves notebooks out for the number of their cells. */
    public boolean narrowsNotebooks() {
        return minCells > 0 || maxCells < Integer.MAX_VALUE;
    }

    /** Whether a notebook fits; one without executions fits if nothing is asked of them, or a tag of its own or of its cells is. */
    public boolean accepts(Timeline timeline) {
        Executions executions = executions(timeline);
        boolean some = timeline.executions().stream().anyMatch(executions::accepts);
        return acceptsCells(cells(timeline))
                && (some || !narrowsExecutions() || time.isOpen() && isWanted(tags(timeline)));
    }

    /** Whether a notebook with so many cells fits. */
    public boolean acceptsCells(int cells) {
        return cells >= minCells && cells <= maxCells;
    }

    /** The filter of a notebook's executions, which knows the tags that they have. */
    public Executions executions(Timeline timeline) {
        Map<String, Instant> recorded = new HashMap<>();
        timeline.entries().forEach(entry -> {
            if (entry instanceof TimelineEntry.Executed executed) {
                recorded.put(executed.execution().id(), entry.at());
            }
        });
        return new Executions(Tags.of(timeline), saved(timeline).orElse(null), recorded);
    }

    /** The filter of the executions of a notebook that is not on the record. */
    public Executions executions(Notebook saved) {
        return new Executions(Tags.of(List.of()), saved, Map.of());
    }

    /** How many cells a notebook has, as last saved; 0 if no save was seen. */
    public static int cells(Timeline timeline) {
        return saved(timeline).map(n -> n.cells().size()).orElse(0);
    }

    /** All tags of a notebook, its executions and its cells, in order. */
    public static Set<String> tags(Timeline timeline) {
        Tags given = Tags.of(timeline);
        Set<String> all = new TreeSet<>(given.ofNotebook());
        given.ofExecutions().values().forEach(all::addAll);
        saved(timeline).ifPresent(n -> n.cells().forEach(c -> all.addAll(c.tags())));
        return all;
    }

    private static Optional<Notebook> saved(Timeline timeline) {
        List<Snapshot> snapshots = timeline.snapshots();
        return snapshots.isEmpty()
                ? Optional.empty()
                : Optional.of(snapshots.get(snapshots.size() - 1).notebook());
    }

    private boolean isWanted(Collection<String> of) {
        return tags.isEmpty() || of.stream().anyMatch(tags::contains);
    }

    /** The filter of one notebook's executions. */
    public final class Executions {
        private final Set<String> ids;
        private final Set<String> cells = new HashSet<>();
        private final Map<String, Instant> recorded;
        private final boolean whole;

        private Executions(Tags given, @Nullable Notebook saved, Map<String, Instant> recorded) {
            this.recorded = recorded;
            whole = isWanted(given.ofNotebook());
            ids = given.executions(tags);
            for (Cell cell : saved == null ? List.<Cell>of() : saved.cells()) {
                if (cell.tags().stream().anyMatch(tags::contains)) {
                    cells.add(cell.id());
                }
            }
        }

        /** Whether an execution fits. Where it is not known when it ran, the time of its record counts. */
        public boolean accepts(Execution execution) {
            Instant at = execution.startedAt().orElseGet(() -> recorded.get(execution.id()));
            return (at == null ? time.isOpen() : time.contains(at)) && hasTag(execution);
        }

        private boolean hasTag(Execution execution) {
            return whole
                    || ids.contains(execution.id())
                    || cells.contains(execution.cell().cellId());
        }
    }
}
