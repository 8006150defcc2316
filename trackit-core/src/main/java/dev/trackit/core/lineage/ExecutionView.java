package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Effect;
import dev.trackit.api.Location;
import dev.trackit.api.Statement;
import dev.trackit.api.Transformation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One execution told by top-level names, as people and other tools speak of it.
 *
 * @param node the execution
 * @param reads names whose value from before the execution it used, also through functions that it called
 * @param writes names that it bound and that were still bound when it ended
 * @param mutates names that it read and whose object it changed in place
 * @param filesRead external datasets that it read, except those that it had written itself
 * @param filesWritten external datasets that it wrote
 * @param dependsOn for each name that it read, the execution that last bound it and the one that last changed its object since, and for
 *     each file the execution that last wrote it; in the order of time
 * @param transformations the steps on data that it performed
 */
public record ExecutionView(
        ExecutionNode node,
        List<String> reads,
        List<String> writes,
        List<String> mutates,
        List<ExternalDataset> filesRead,
        List<ExternalDataset> filesWritten,
        List<ExecutionNode> dependsOn,
        List<Transformation> transformations) {

    /** Checks and copies. */
    public ExecutionView {
        requireNonNull(node, "node");
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        mutates = List.copyOf(mutates);
        filesRead = List.copyOf(filesRead);
        filesWritten = List.copyOf(filesWritten);
        dependsOn = List.copyOf(dependsOn);
        transformations = List.copyOf(transformations);
    }

    /** Looks at an execution of the graph. */
    public static ExecutionView of(LineageGraph graph, ExecutionNode node) {
        Names names = new Names(node);
        List<Transformation> transformations = new ArrayList<>();
        Set<ExternalDataset> read = new LinkedHashSet<>();
        Set<ExternalDataset> written = new LinkedHashSet<>();
        for (StatementNode statement : node.statements()) {
            transformations.addAll(statement.statement().transformations());
            for (ExternalDataset.Access access : statement.inputs()) {
                if (!written.contains(access.dataset())) {
                    read.add(access.dataset());
                }
            }
            for (Version version : statement.made()) {
                if (version.location().kind() == Location.Kind.EXTERNAL
                        && version.effect().kind() != Effect.Kind.DELETE) {
                    graph.writtenAs(version).ifPresent(written::add);
                }
            }
        }
        return new ExecutionView(
                node,
                List.copyOf(names.reads),
                List.copyOf(names.writes),
                names.mutates(),
                List.copyOf(read),
                List.copyOf(written),
                dependsOn(graph, node, names.reads),
                transformations);
    }

    private static List<ExecutionNode> dependsOn(LineageGraph graph, ExecutionNode node, Set<String> reads) {
        TreeSet<ExecutionNode> found = new TreeSet<>((a, b) -> Integer.compare(a.order(), b.order()));
        for (String name : reads) {
            graph.valueBefore(node, name).ifPresent(value -> {
                ExecutionNode binder = likely(value.binding()).writer().execution();
                found.add(binder);
                ExecutionNode changer = lastChange(value, binder);
                if (changer != null) {
                    found.add(changer);
                }
            });
        }
        for (StatementNode statement : node.statements()) {
            for (Use use : statement.uses()) {
                if (use.kind() == Use.Kind.FILE || use.kind() == Use.Kind.UNKNOWN) {
                    found.add(use.on().execution());
                }
            }
        }
        found.remove(node);
        return List.copyOf(found);
    }

    /** The newest link that is more than possible; the newest if none is. */
    private static Version likely(Version head) {
        for (Version version = head; version != null; version = version.prior()) {
            if (version.effect().certainty() != Effect.Certainty.POSSIBLE) {
                return version;
            }
        }
        return head;
    }

    private static @Nullable ExecutionNode lastChange(NamedValue value, ExecutionNode binder) {
        ExecutionNode last = null;
        for (Version head : value.content()) {
            for (Version version = head; version != null; version = version.prior()) {
                ExecutionNode writer = version.writer().execution();
                if (writer.order() <= (last == null ? binder.order() : last.order())) {
                    break;
                }
                if (isChange(version.effect()) && !version.writer().isRepeat()) {
                    last = writer;
                    break;
                }
            }
        }
        return last;
    }

    /** Whether the effect changes an object that was there, surely enough to say so. */
    static boolean isChange(Effect effect) {
        if (effect.certainty() == Effect.Certainty.POSSIBLE || effect.kind() == Effect.Kind.READ) {
            return false;
        }
        return effect.location().kind() == Location.Kind.PART
                || (effect.location().kind() == Location.Kind.OBJECT && effect.kind() == Effect.Kind.MUTATE);
    }

    /** The names that one execution's effects speak of. */
    private static final class Names {
        private final Set<String> reads = new LinkedHashSet<>();
        private final Set<String> writes = new LinkedHashSet<>();
        private final Set<String> rebound = new HashSet<>();
        private final Set<String> changed = new LinkedHashSet<>();

        Names(ExecutionNode node) {
            for (StatementNode statement : node.statements()) {
                if (!statement.is(Statement.Trait.NOT_RUN)) {
                    statement.statement().effects().forEach(effect -> note(effect, statement.isRepeat()));
                }
            }
        }

        private void note(Effect effect, boolean repeat) {
            if (effect.certainty() == Effect.Certainty.POSSIBLE) {
                return;
            }
            Location location = effect.location();
            if (location.kind() == Location.Kind.BINDING) {
                noteBinding(effect, location.name().isEmpty() ? location.label() : location.name());
            } else if (!repeat && isChange(effect) && !rebound.contains(location.name())) {
                changed.add(location.name());
            }
        }

        private void noteBinding(Effect effect, String name) {
            switch (effect.kind()) {
                case READ -> {
                    if (effect.before()) {
                        reads.add(name);
                    }
                }
                case WRITE, MUTATE -> {
                    writes.add(name);
                    if (effect.sure()) {
                        rebound.add(name);
                    }
                }
                case DELETE -> writes.remove(name);
            }
        }

        List<String> mutates() {
            return changed.stream().filter(reads::contains).toList();
        }
    }
}
