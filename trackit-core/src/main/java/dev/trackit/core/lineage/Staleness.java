package dev.trackit.core.lineage;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Cell;
import dev.trackit.api.CellMatch;
import dev.trackit.api.Notebook;
import dev.trackit.api.Session;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a session holds that its notebook no longer says: names whose cell was edited or deleted, executions whose inputs were made again
 * since, files that changed after they were read.
 */
public final class Staleness {
    private final LineageGraph graph;
    private final Session session;
    private final Map<String, ExecutionNode> lastOfCell = new HashMap<>();

    private Staleness(LineageGraph graph, Session session) {
        this.graph = graph;
        this.session = session;
        for (ExecutionNode node : graph.executions(session)) {
            lastOfCell.put(cellOf(node), node);
        }
    }

    /**
     * One thing that is out of date.
     *
     * @param kind why
     * @param subject the name, or the file
     * @param execution the execution that made or read it
     * @param detail what happened, in a sentence
     */
    public record Finding(Kind kind, String subject, ExecutionNode execution, String detail) {

        /** Why something is out of date. */
        public enum Kind {
            /** The cell that made the name's value now reads differently. */
            CELL_EDITED,
            /** The cell that made the name's value is no longer in the notebook. */
            CELL_DELETED,
            /** What the execution used was made again since. */
            INPUT_REMADE,
            /** The file was changed since the execution read it. */
            FILE_CHANGED
        }

        /** Checks. */
        public Finding {
            requireNonNull(kind, "kind");
            requireNonNull(subject, "subject");
            requireNonNull(execution, "execution");
            requireNonNull(detail, "detail");
        }
    }

    /**
     * Finds all that is out of date in a session.
     *
     * @param saved the notebook as it was last saved; null if that is not known
     * @param files what a file looks like now
     */
    public static List<Finding> find(
            LineageGraph graph,
            Session session,
            @Nullable Notebook saved,
            Function<Path, Optional<ExternalDataset.State>> files) {
        Staleness staleness = new Staleness(graph, session);
        List<Finding> findings = new ArrayList<>();
        if (saved != null) {
            staleness.addCells(saved, findings);
        }
        staleness.addInputs(findings);
        staleness.addFiles(files, findings);
        return findings;
    }

    private static String cellOf(ExecutionNode node) {
        CellMatch cell = node.execution().cell();
        return cell.isSettled()
                ? "id:" + cell.cellId()
                : "code:" + node.execution().code();
    }

    private void addCells(Notebook saved, List<Finding> findings) {
        Map<String, Cell> byId = new HashMap<>();
        Set<String> sources = new HashSet<>();
        for (Cell cell : saved.cells()) {
            byId.put(cell.id(), cell);
            sources.add(cell.source().strip());
        }
        for (String name : graph.names(session)) {
            graph.value(session, name).ifPresent(value -> {
                Set<ExecutionNode> makers = new java.util.LinkedHashSet<>();
                makers.add(value.binding().writer().execution());
                value.content().stream()
                        .filter(version -> ExecutionView.isChange(version.effect()))
                        .forEach(version -> makers.add(version.writer().execution()));
                for (ExecutionNode maker : makers) {
                    if (sources.contains(maker.execution().code().strip())) {
                        continue;
                    }
                    Cell now = byId.get(maker.execution().cell().cellId());
                    findings.add(
                            now == null
                                    ? new Finding(
                                            Finding.Kind.CELL_DELETED,
                                            name,
                                            maker,
                                            "The cell that made " + name + " is no longer in the notebook.")
                                    : new Finding(
                                            Finding.Kind.CELL_EDITED,
                                            name,
                                            maker,
                                            "The cell that made " + name + " was edited since."));
                }
            });
        }
    }

    private void addInputs(List<Finding> findings) {
        for (ExecutionNode node : graph.executions(session)) {
            if (lastOfCell.get(cellOf(node)) != node) {
                continue;
            }
            Set<String> told = new HashSet<>();
            for (StatementNode statement : node.statements()) {
                for (Use use : statement.uses()) {
                    ExecutionNode maker = use.on().execution();
                    ExecutionNode again = maker.session() == session ? lastOfCell.get(cellOf(maker)) : null;
                    String label = use.version().location().label();
                    if (again != null && maker != node && again.order() > node.order() && told.add(label)) {
                        findings.add(new Finding(
                                Finding.Kind.INPUT_REMADE,
                                label,
                                node,
                                label + " was made again after this execution had used it."));
                    }
                }
            }
        }
    }

    private void addFiles(Function<Path, Optional<ExternalDataset.State>> files, List<Finding> findings) {
        Set<String> told = new HashSet<>();
        for (ExecutionNode node : graph.executions(session)) {
            for (StatementNode statement : node.statements()) {
                for (ExternalDataset.Access access : statement.inputs()) {
                    if (isChanged(access, files) && told.add(access.dataset().key() + "\n" + cellOf(node))) {
                        findings.add(new Finding(
                                Finding.Kind.FILE_CHANGED,
                                access.label(),
                                node,
                                access.label() + " was changed after it had been read."));
                    }
                }
            }
        }
    }

    /** Whether the file is no longer what the execution read, as far as that can be told. */
    public static boolean isChanged(
            ExternalDataset.Access access, Function<Path, Optional<ExternalDataset.State>> files) {
        Optional<ExternalDataset.State> now = access.dataset().path().flatMap(files);
        if (now.isEmpty()) {
            return false;
        }
        ExternalDataset.State then = access.state();
        if (then != null && then.digest() != null && now.get().digest() != null) {
            return !then.digest().equals(now.get().digest());
        }
        Instant end = access.statement().execution().execution().finishedAt().orElse(Instant.MAX);
        return now.get().modifiedAt().isAfter(end);
    }
}
