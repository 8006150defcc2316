package dev.trackit.runner.lineage;

import dev.trackit.api.Execution;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.files.FileStates;
import dev.trackit.core.lineage.DiskObserver;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.LiveLineage;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Snapshot;
import dev.trackit.core.timeline.Timeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lineage of one recorded notebook, kept up to date while it grows. Not safe for use by several threads; what it gives changes with the next
 * call.
 */
public final class GrowingLineage {
    private final String name;
    private final DiskObserver disk = new DiskObserver(LineageLoader.DIGEST_LIMIT);
    private final FileStates files = new FileStates(disk);
    private final TrackitReader reader;
    private final NotebookId notebook;
    private final LiveLineage lineage;

    /**
     * The lineage of a notebook, empty until {@link #update}.
     *
     * @param name how the notebook is called in answers
     */
    public GrowingLineage(String name, NotebookId notebook, TrackitReader reader) {
        this.name = name;
        this.notebook = notebook;
        this.reader = reader;
        this.lineage = new LiveLineage(name, reader.analyzers(), files);
    }

    /** The lineage of this timeline, which is one that was given before or a later one of the same notebook. */
    public LoadedLineage update(Timeline timeline) {
        Path path = timeline.path().orElse(null);
        Map<String, List<Execution>> bySession = new HashMap<>();
        for (Execution execution : timeline.executions()) {
            bySession
                    .computeIfAbsent(execution.session(), id -> new ArrayList<>())
                    .add(execution);
        }
        Map<Session, List<Execution>> sessions = new LinkedHashMap<>();
        for (SessionSpan span : timeline.sessions()) {
            List<Execution> executions = bySession.get(span.session().id());
            if (executions != null) {
                sessions.put(LineageLoader.inFolder(span.session(), path), executions);
            }
        }
        files.add(reader.store(), notebook);
        LineageGraph graph = lineage.update(sessions);
        List<Snapshot> snapshots = timeline.snapshots();
        Notebook saved =
                snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1).notebook();
        return new LoadedLineage(graph, List.of(new LoadedLineage.Loaded(name, path, saved, timeline)), disk);
    }
}
