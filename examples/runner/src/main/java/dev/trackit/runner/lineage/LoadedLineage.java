package dev.trackit.runner.lineage;

import dev.trackit.api.Gap;
import dev.trackit.api.Notebook;
import dev.trackit.api.Session;
import dev.trackit.core.lineage.DiskObserver;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.Staleness;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The notebooks that a command names, analysed.
 *
 * @param graph all of them in one graph
 * @param notebooks each of them, in the order in which they were named
 * @param disk what input files look like now
 */
public record LoadedLineage(LineageGraph graph, List<Loaded> notebooks, DiskObserver disk) {

    /**
     * One notebook.
     *
     * @param name how it is called in answers and in the graph
     * @param path the file; null if it is not known
     * @param saved the notebook as last saved; null if that is not known
     * @param timeline the record; null if the file was read
     */
    public record Loaded(
            String name,
            @Nullable Path path,
            @Nullable Notebook saved,
            @Nullable Timeline timeline) {}

    /** What is out of date, in all sessions. */
    public List<Staleness.Finding> stale() {
        List<Staleness.Finding> stale = new ArrayList<>();
        for (Loaded notebook : notebooks) {
            for (Session session : graph.sessions(notebook.name())) {
                stale.addAll(Staleness.find(graph, session, notebook.saved(), disk::now));
            }
        }
        return stale;
    }

    /** What could not be seen, as far as there is a record. */
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (Loaded notebook : notebooks) {
            if (notebook.timeline() != null) {
                gaps.addAll(notebook.timeline().gaps());
            }
        }
        return gaps;
    }

    /** The last session of a notebook. */
    public Session lastSession(Loaded notebook) {
        List<Session> sessions = graph.sessions(notebook.name());
        if (sessions.isEmpty()) {
            throw Failure.of(ExitCodes.NOTHING, "Nothing was executed in " + notebook.name() + ".");
        }
        return sessions.get(sessions.size() - 1);
    }

    /** The execution of a notebook with this sequence number. */
    public Optional<ExecutionNode> execution(Loaded notebook, long sequence) {
        return graph.executions().stream()
                .filter(node -> node.notebook().equals(notebook.name()) && node.sequence() == sequence)
                .findFirst();
    }
}
