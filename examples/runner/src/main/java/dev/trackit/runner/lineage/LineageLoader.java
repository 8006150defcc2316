package dev.trackit.runner.lineage;

import dev.trackit.api.Execution;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Session;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitReader;
import dev.trackit.core.UnknownNotebookException;
import dev.trackit.core.discovery.Providers;
import dev.trackit.core.files.FileStates;
import dev.trackit.core.lineage.DiskObserver;
import dev.trackit.core.lineage.ExecutionNode;
import dev.trackit.core.lineage.LineageBuilder;
import dev.trackit.core.lineage.LineageGraph;
import dev.trackit.core.lineage.SavedExecutions;
import dev.trackit.core.timeline.SessionSpan;
import dev.trackit.core.timeline.Snapshot;
import dev.trackit.core.timeline.Timeline;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.runner.cli.Environment;
import dev.trackit.runner.cli.ExitCodes;
import dev.trackit.runner.cli.Failure;
import dev.trackit.runner.cli.Program;
import dev.trackit.runner.cli.TerminalText;
import dev.trackit.runner.cli.Wording;
import dev.trackit.runner.cli.Workspace;
import dev.trackit.spi.CodeAnalyzer;
import dev.trackit.spi.CodeAnalyzerProvider;
import dev.trackit.spi.ProviderContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the notebooks that a command names: from the record if there is one, else from the file. Whoever asks for an order of the
 * file's cells wants the file.
 */
public final class LineageLoader {
    /** Up to how many bytes an input file is digested. */
    static final long DIGEST_LIMIT = 64L << 20;

    private final Environment environment;
    private final Program program;
    private final SavedExecutions.@Nullable Order order;
    private @Nullable List<CodeAnalyzer> analyzers;

    /** @param order the order of the file's cells, if the file is wanted; null for the record where there is one */
    public LineageLoader(Program program, SavedExecutions.@Nullable Order order) {
        this.environment = program.environment();
        this.program = program;
        this.order = order;
    }

    /** What was read and is to be analysed. */
    @FunctionalInterface
    private interface Read {
        LoadedLineage.Loaded addTo(LineageBuilder builder);
    }

    /** Reads and analyses these notebooks. */
    public LoadedLineage load(List<String> names) {
        // What the analyzers know of libraries is read beside the notebooks. If that fails, the call below says so.
        CompletableFuture.runAsync(this::analyzers);
        DiskObserver disk = new DiskObserver(DIGEST_LIMIT);
        FileStates files = new FileStates(disk);
        List<Read> read = names.stream().map(name -> read(name, files)).toList();
        LineageBuilder builder = new LineageBuilder(analyzers(), files);
        List<LoadedLineage.Loaded> notebooks =
                read.stream().map(notebook -> notebook.addTo(builder)).toList();
        LoadedLineage lineage = new LoadedLineage(builder.build(), notebooks, disk);
        sayWhatIsUnknown(lineage.graph());
        return lineage;
    }

    /** An answer that rests on code that nobody could read would look as if nothing had happened there. */
    private void sayWhatIsUnknown(LineageGraph graph) {
        Map<String, Integer> unknown = new TreeMap<>();
        for (ExecutionNode node : graph.executions()) {
            if (node.analysis().isUnknown()) {
                unknown.merge(node.session().language(), 1, Integer::sum);
            }
        }
        unknown.forEach((language, executions) -> program.console()
                .note("trackit: No analyzer here understands " + TerminalText.line(language) + ": what "
                        + Wording.count(executions, "execution") + " read, wrote and changed is not known."));
    }

    private Read read(String name, FileStates files) {
        Path file = environment.resolve(name);
        boolean isFile = Files.isRegularFile(file);
        if (order == null || !isFile) {
            Optional<Read> recorded = recorded(name, file, isFile, files);
            if (recorded.isPresent()) {
                return recorded.get();
            }
        }
        Notebook notebook = new NotebookReader().read(file);
        SavedExecutions saved = SavedExecutions.of(notebook, order == null ? SavedExecutions.Order.COUNT : order);
        return builder -> {
            builder.add(name, saved.session(), saved.executions());
            return new LoadedLineage.Loaded(name, file, notebook, null);
        };
    }

    private Optional<Read> recorded(String name, Path file, boolean isFile, FileStates files) {
        Workspace workspace = new Workspace(environment, program.store());
        Path folder = file.getParent();
        if (isFile
                && workspace
                        .existingData(folder == null ? environment.workingFolder() : folder)
                        .isEmpty()) {
            return Optional.empty();
        }
        try (TrackitReader reader = workspace.openFor(name)) {
            NotebookSummary summary;
            try {
                summary = reader.find(isFile ? file.toString() : name);
            } catch (UnknownNotebookException e) {
                if (isFile) {
                    return Optional.empty();
                }
                summary = workspace.find(reader, name);
            }
            Timeline timeline = reader.timeline(summary.id());
            if (timeline.executions().isEmpty() && isFile) {
                return Optional.empty();
            }
            files.add(reader.store(), summary.id());
            return Optional.of(builder -> add(name, timeline, builder));
        }
    }

    /**
     * Reads and analyses recorded notebooks as one.
     *
     * @param notebooks by how they are called in answers, the one that is asked about first
     */
    public static LoadedLineage of(TrackitReader reader, Map<String, NotebookId> notebooks) {
        DiskObserver disk = new DiskObserver(DIGEST_LIMIT);
        FileStates files = new FileStates(disk);
        LineageBuilder builder = new LineageBuilder(reader.analyzers(), files);
        List<LoadedLineage.Loaded> loaded = new ArrayList<>();
        notebooks.forEach((name, id) -> {
            files.add(reader.store(), id);
            loaded.add(add(name, reader.timeline(id), builder));
        });
        return new LoadedLineage(builder.build(), loaded, disk);
    }

    private static LoadedLineage.Loaded add(String name, Timeline timeline, LineageBuilder builder) {
        Path path = timeline.path().orElse(null);
        Map<String, List<Execution>> bySession =
                timeline.executions().stream().collect(Collectors.groupingBy(Execution::session));
        for (SessionSpan span : timeline.sessions()) {
            Session session = span.session();
            List<Execution> executions = bySession.getOrDefault(session.id(), List.of());
            if (!executions.isEmpty()) {
                builder.add(name, inFolder(session, path), executions);
            }
        }
        List<Snapshot> snapshots = timeline.snapshots();
        Notebook saved =
                snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1).notebook();
        return new LoadedLineage.Loaded(name, path, saved, timeline);
    }

    /** A kernel whose working folder was not seen most likely ran in its notebook's folder, as all front ends have it. */
    static Session inFolder(Session session, @Nullable Path notebook) {
        if (session.workingFolder().isPresent() || notebook == null) {
            return session;
        }
        return Session.builder(session.id(), session.kernelId())
                .kernelName(session.kernelName())
                .language(session.language())
                .workingFolder(notebook.getParent())
                .startedAt(session.startedAt().orElse(null))
                .live(session.live())
                .build();
    }

    private synchronized List<CodeAnalyzer> analyzers() {
        List<CodeAnalyzer> known = analyzers;
        if (known == null) {
            known = new ArrayList<>();
            Path folder = environment.workingFolder();
            Workspace workspace = new Workspace(environment, program.store());
            ProviderContext context =
                    ProviderContext.builder(folder, workspace.data(folder)).build();
            for (CodeAnalyzerProvider provider : Providers.find(CodeAnalyzerProvider.class, Providers.defaultLoader())
                    .all()) {
                known.add(provider.open(context));
            }
            if (known.isEmpty()) {
                throw Failure.of(ExitCodes.USAGE, "No analyzer of code is installed.");
            }
            analyzers = known;
        }
        return known;
    }
}
