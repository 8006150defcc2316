package dev.trackit.runner.web.live;

import dev.trackit.api.CaptureException;
import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.TrackitException;
import dev.trackit.core.NotebookSummary;
import dev.trackit.core.TrackitStatus;
import dev.trackit.core.timeline.Tags;
import dev.trackit.jupyter.notebook.NotebookFacts;
import dev.trackit.jupyter.notebook.NotebookReader;
import dev.trackit.runner.cli.NotebookFiles;
import dev.trackit.spi.KernelStatus;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The notebooks of the watched folder and of the log, joined. Looking again costs a walk through the folder and the ends of the logs that grew; what a
 * file says of itself is read once for each of its versions. Safe for use by several threads.
 */
public final class Catalog {
    private static final long FIRST_MILLIS = 400;

    /** How long one look reads files; the rest waits for the next. */
    private static final long READING_NANOS = 150_000_000;

    private final Recording recording;
    private final NotebookReader notebookReader = new NotebookReader();
    private final Map<String, String> idsByPlace = new HashMap<>();
    private final Map<String, Facts> facts = new HashMap<>();
    private final Map<NotebookId, TagsRead> tags = new HashMap<>();
    private final CountDownLatch looked = new CountDownLatch(1);
    private List<NotebookSummary> summaries = List.of();
    private Set<LogId> notesLogs = Set.of();
    private long deadline;
    private volatile List<NotebookRow> rows = List.of();
    private volatile boolean complete;

    /** The tags that a log of notes of this length gave. */
    private record TagsRead(long size, List<String> tags) {}

    /** What was read of a file's version. */
    private record Facts(NotebookFiles.Found file, @Nullable NotebookFacts facts, String problem) {}

    /** The notebooks of this recording; empty until {@link #look()}. */
    public Catalog(Recording recording) {
        this.recording = recording;
    }

    /** The notebooks as last seen, those with the latest activity first. */
    public List<NotebookRow> rows() {
        return present(rows);
    }

    /** The notebook that an address names: by its id here, or by the id of its log. */
    public Optional<NotebookRow> find(String id) {
        List<NotebookRow> all = rows();
        return all.stream().filter(row -> row.id().equals(id)).findFirst().or(() -> all.stream()
                .filter(row -> row.log() != null && row.log().value().equals(id))
                .findFirst());
    }

    /** The notebook with this log. */
    public Optional<NotebookRow> find(NotebookId log) {
        return rows().stream().filter(row -> log.equals(row.log())).findFirst();
    }

    /** Whether the last look saw this log. */
    boolean knows(NotebookId log) {
        return rows.stream().anyMatch(row -> log.equals(row.log()));
    }

    /** Waits for the first look, but not long: the page must come at once. */
    public void awaitFirst() {
        try {
            looked.await(FIRST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks again. @return whether all files could be read; where there are many, that takes several looks */
    public synchronized boolean look() {
        deadline = System.nanoTime() + READING_NANOS;
        complete = true;
        Map<Path, NotebookSummary> logs = new LinkedHashMap<>();
        List<NotebookSummary> nameless = new ArrayList<>();
        try {
            summaries = recording.reader().notebooks(summaries);
            for (NotebookSummary summary : summaries) {
                Path path = summary.path();
                if (path == null || logs.putIfAbsent(path, summary) != null) {
                    nameless.add(summary);
                }
            }
        } catch (TrackitException e) {
            // The state view says what is wrong with the store; the files can be listed all the same.
        }
        notesLogs = Set.copyOf(recording.reader().logs());
        List<NotebookRow> fresh = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (NotebookFiles.Found file : files()) {
            seen.add(file.path());
            fresh.add(row(file.path(), file, logs.get(file.path())));
        }
        logs.forEach((path, summary) -> {
            if (!seen.contains(path)) {
                fresh.add(row(path, null, summary));
            }
        });
        nameless.forEach(summary -> fresh.add(row(null, null, summary)));
        List<NotebookRow> sorted = fresh.stream().sorted(RowOrder.LATEST_FIRST).toList();
        rows = sorted;
        looked.countDown();
        return complete;
    }

    private List<NotebookFiles.Found> files() {
        try {
            return NotebookFiles.below(recording.reader().watchedFolder());
        } catch (IOException e) {
            return List.of();
        }
    }

    private NotebookRow row(
            @Nullable Path path, NotebookFiles.@Nullable Found file, @Nullable NotebookSummary summary) {
        NotebookId log = summary == null ? null : summary.id();
        String place = path == null ? "log " + log : path.toString();
        String id = idsByPlace.computeIfAbsent(place, p -> log != null ? log.value() : opaque(p));
        Facts known = file == null ? null : facts(place, file);
        return new NotebookRow(
                id,
                path,
                path == null ? String.valueOf(log) : name(path),
                log,
                summary == null ? 0 : summary.executions(),
                summary == null ? null : summary.lastActivity(),
                file == null ? -1 : file.bytes(),
                file == null ? null : file.modifiedAt(),
                known == null ? null : known.facts(),
                known == null ? "" : known.problem(),
                null,
                null,
                log == null ? List.of() : tags(log));
    }

    private List<String> tags(NotebookId notebook) {
        LineageStore store = recording.reader().store();
        LogId notes = LogId.notes(notebook);
        if (!notesLogs.contains(notes)) {
            return List.of();
        }
        TagsRead known = tags.get(notebook);
        long size = store.size(notes);
        if (known == null || known.size() != size) {
            List<LineageRecord> records = new ArrayList<>();
            try (LogReader reader = store.reader(notes, 0)) {
                for (Optional<LineageRecord> r = reader.next(); r.isPresent(); r = reader.next()) {
                    records.add(r.get());
                }
            }
            Tags read = Tags.of(records);
            Set<String> all = new TreeSet<>(read.ofNotebook());
            read.ofExecutions().values().forEach(all::addAll);
            known = new TagsRead(size, List.copyOf(all));
            tags.put(notebook, known);
        }
        return known.tags();
    }

    private static String opaque(String place) {
        return "n-" + Digest.ofText(place).value().substring(7, 23);
    }

    private String name(Path path) {
        Path folder = recording.reader().watchedFolder();
        return path.startsWith(folder) ? folder.relativize(path).toString() : path.toString();
    }

    private @Nullable Facts facts(String place, NotebookFiles.Found file) {
        Facts known = facts.get(place);
        if (known != null && known.file().equals(file)) {
            return known;
        } else if (System.nanoTime() - deadline > 0) {
            complete = false;
            return known;
        }
        Facts read = read(file);
        facts.put(place, read);
        return read;
    }

    private Facts read(NotebookFiles.Found file) {
        try {
            return new Facts(file, notebookReader.facts(file.path()), "");
        } catch (CaptureException e) {
            return new Facts(file, null, e.isPerhapsIncomplete() ? "" : String.valueOf(e.getMessage()));
        }
    }

    /** With what changes from one moment to the next: kernels, and the user's choice. */
    private List<NotebookRow> present(List<NotebookRow> all) {
        Map<Path, KernelStatus> kernels = new HashMap<>();
        recording.status().map(TrackitStatus::kernels).orElse(List.of()).forEach(kernel -> {
            KernelStatus seen = kernel.kernel();
            if (seen.notebook().isSettled() && seen.state() != KernelStatus.State.DEAD) {
                kernels.put(seen.notebook().candidates().get(0), seen);
            }
        });
        return all.stream().map(row -> present(row, kernels)).toList();
    }

    private NotebookRow present(NotebookRow row, Map<Path, KernelStatus> kernels) {
        Path path = row.path();
        if (path == null) {
            return row;
        }
        KernelStatus kernel = kernels.get(path);
        Boolean choice = recording.choice(path).orElse(null);
        return kernel == null && choice == null ? row : row.with(kernel, choice);
    }
}
