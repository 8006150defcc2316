package dev.trackit.core.files;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Execution;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.core.lineage.ExternalDataset;
import dev.trackit.core.lineage.ExternalObserver;
import dev.trackit.core.record.Fields;
import dev.trackit.core.record.NotebookIndex;
import dev.trackit.core.record.RecordTypes;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What files looked like when executions read or wrote them, as far as the agent saw it: the records of type {@code file.seen}. Not safe for
 * use by several threads.
 */
public final class FileStates implements ExternalObserver {
    private final Map<String, Map<String, ExternalDataset.State>> byExecution = new HashMap<>();
    private final ExternalObserver otherwise;

    /** @param otherwise asked where nothing was recorded */
    public FileStates(ExternalObserver otherwise) {
        this.otherwise = requireNonNull(otherwise, "otherwise");
    }

    /** The log in which they stand. It is written by the agent alone. */
    public static LogId log(NotebookId notebook) {
        return new LogId(notebook, "files");
    }

    /**
     * Takes what was recorded of a notebook, and of kernels before they were known to be its own.
     *
     * @throws dev.trackit.api.StoreException if it cannot be read
     */
    public void add(LineageStore store, NotebookId notebook) {
        List<LogId> logs = store.logs();
        List<NotebookId> homes = new ArrayList<>();
        homes.add(notebook);
        if (logs.contains(LogId.capture(notebook))) {
            homes.addAll(NotebookIndex.adoptedBy(store, notebook));
        }
        for (NotebookId home : homes) {
            if (logs.contains(log(home))) {
                try (LogReader reader = store.reader(log(home), 0)) {
                    for (Optional<LineageRecord> r = reader.next(); r.isPresent(); r = reader.next()) {
                        take(r.get());
                    }
                }
            }
        }
    }

    private void take(LineageRecord record) {
        Fields fields = Fields.of(record);
        Instant modified = fields.time("modifiedAt");
        if (record.type().equals(RecordTypes.FILE_SEEN) && modified != null && fields.hasText("path")) {
            byExecution
                    .computeIfAbsent(fields.text("execution"), id -> new HashMap<>())
                    .put(
                            fields.text("path"),
                            new ExternalDataset.State(
                                    fields.digest("digest").orElse(null), fields.number("bytes", -1), modified));
        }
    }

    /** How it is written: what a file looked like when an execution read it, or had written it. */
    public static LineageRecord record(
            Execution execution, Path file, boolean read, ExternalDataset.State state, Instant at) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("execution", execution.id());
        fields.put("path", file.toString());
        fields.put("access", read ? "read" : "written");
        fields.put("bytes", state.size());
        fields.put("modifiedAt", state.modifiedAt().toString());
        if (state.digest() != null) {
            fields.put("digest", state.digest().value());
        }
        return LineageRecord.of(RecordTypes.FILE_SEEN, at, fields);
    }

    /** What was seen of a file when an execution read or wrote it. */
    public Optional<ExternalDataset.State> recorded(String executionId, Path file) {
        return Optional.ofNullable(
                byExecution.getOrDefault(executionId, Map.of()).get(file.toString()));
    }

    @Override
    public Optional<ExternalDataset.State> look(Execution execution, Path file) {
        return recorded(execution.id(), file).or(() -> otherwise.look(execution, file));
    }
}
