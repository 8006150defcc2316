package dev.trackit.core.record;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which notebooks a store knows, where their files are, and which sessions were open when the agent last wrote.
 *
 * <p>It is read from the agent's own log, which is short, so that neither a start nor a listing reads thousands of notebooks' logs. A notebook
 * whose log the agent's log does not name (it was imported by another process) is known by the first record of its log. Without an agent's
 * log, all logs are read for their moves. Not safe for use by several threads.
 */
public final class NotebookIndex {
    private static final int HEAD_RECORDS = 4;
    /** How many times as long as a look it rests before the next. */
    private static final int REST = 10;

    private final Map<NotebookId, Known> known = new LinkedHashMap<>();
    private final Map<Path, NotebookId> byPath = new LinkedHashMap<>();
    private final Map<String, NotebookId> openSessions = new LinkedHashMap<>();
    private final Set<NotebookId> headsRead = new HashSet<>();
    private @Nullable Instant lastAgentRecord;
    /** When the logs may be listed again, by {@link System#nanoTime()}. */
    private @Nullable Long nextLook;

    private static final class Known {
        @Nullable
        Path path;
    }

    /**
     * Reads it.
     *
     * @throws dev.trackit.api.StoreException if the store cannot be read
     */
    public static NotebookIndex read(LineageStore store) {
        NotebookIndex index = new NotebookIndex();
        List<LogId> logs = store.logs();
        boolean catalogued = logs.contains(RecordTypes.AGENT_LOG);
        if (catalogued) {
            try (LogReader reader = store.reader(RecordTypes.AGENT_LOG, 0)) {
                for (Optional<LineageRecord> r = reader.next(); r.isPresent(); r = reader.next()) {
                    index.take(r.get());
                    index.lastAgentRecord = r.get().recordedAt();
                }
            }
        }
        index.readHeads(store, logs, catalogued ? HEAD_RECORDS : Long.MAX_VALUE);
        return index;
    }

    /**
     * Looks for notebooks that another process added since. Where there are many logs a look takes long, so the next comes after ten times as long at the
     * earliest: to import ten thousand notebooks would else take the square of that.
     */
    void refresh(LineageStore store) {
        long start = System.nanoTime();
        if (nextLook != null && start - nextLook < 0) {
            return;
        }
        readHeads(store, store.logs(), HEAD_RECORDS);
        long end = System.nanoTime();
        nextLook = end + REST * (end - start);
    }

    private void readHeads(LineageStore store, List<LogId> logs, long records) {
        for (LogId log : logs) {
            NotebookId id = log.notebook();
            if (log.equals(LogId.capture(id))
                    && !log.equals(RecordTypes.AGENT_LOG)
                    && !known.containsKey(id)
                    && headsRead.add(id)) {
                readHead(store, log, records);
            }
        }
    }

    private void readHead(LineageStore store, LogId log, long records) {
        try (LogReader reader = store.reader(log, 0)) {
            for (long i = 0; i < records; i++) {
                Optional<LineageRecord> record = reader.next();
                if (record.isEmpty()) {
                    break;
                }
                Fields fields = Fields.of(record.get());
                switch (record.get().type()) {
                    case RecordTypes.NOTEBOOK -> put(log.notebook(), fields.text("path"));
                    case RecordTypes.NOTEBOOK_MOVED -> put(log.notebook(), fields.text("to"));
                    default -> {
                        // Only identity is looked for.
                    }
                }
            }
        }
        known.computeIfAbsent(log.notebook(), id -> new Known());
    }

    /** Takes one record of the agent's log. */
    void take(LineageRecord record) {
        Fields fields = Fields.of(record);
        String text = fields.text("notebook");
        if (text.isEmpty()) {
            return;
        }
        NotebookId id;
        try {
            id = NotebookId.of(text);
        } catch (IllegalArgumentException e) {
            // A damaged or foreign record: the notebook is found by its own log instead.
            return;
        }
        switch (record.type()) {
            case RecordTypes.NOTEBOOK -> put(id, fields.text("path"));
            case RecordTypes.NOTEBOOK_MOVED -> put(id, fields.text("to"));
            case RecordTypes.KERNEL -> known.computeIfAbsent(id, i -> new Known());
            case RecordTypes.SESSION_STARTED -> openSessions.put(fields.text("session"), id);
            case RecordTypes.SESSION_ENDED -> openSessions.remove(fields.text("session"), id);
            default -> {
                // Nothing that the index keeps.
            }
        }
    }

    private void put(NotebookId id, String pathText) {
        Known entry = known.computeIfAbsent(id, i -> new Known());
        if (entry.path != null) {
            byPath.remove(entry.path, id);
        }
        entry.path = ValueFields.readPath(pathText);
        if (entry.path != null) {
            byPath.put(entry.path, id);
        }
    }

    /** All ids, in the order in which they became known. */
    public List<NotebookId> ids() {
        return List.copyOf(known.keySet());
    }

    /** Where a notebook's file is or last was; empty for a kernel's log. */
    public Optional<Path> path(NotebookId id) {
        Known entry = known.get(id);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.path);
    }

    /** The notebook at this path. */
    public Optional<NotebookId> at(Path path) {
        return Optional.ofNullable(byPath.get(path));
    }

    boolean contains(NotebookId id) {
        return known.containsKey(id);
    }

    /** The sessions that began and were not seen to end, with the log they were recorded in. */
    Map<String, NotebookId> openSessions() {
        return openSessions;
    }

    /** When the agent wrote last. */
    Optional<Instant> lastAgentRecord() {
        return Optional.ofNullable(lastAgentRecord);
    }

    /** The kernels' logs from which a notebook's log adopted sessions: by its landmarks. */
    public static List<NotebookId> adoptedBy(LineageStore store, NotebookId notebook) {
        List<NotebookId> adopted = new ArrayList<>();
        try (LogReader reader = store.landmarks(LogId.capture(notebook), Set.of(RecordTypes.SESSION_ADOPTED))) {
            for (Optional<LineageRecord> r = reader.next(); r.isPresent(); r = reader.next()) {
                String log = Fields.of(r.get()).text("log");
                store.logs().stream()
                        .map(LogId::notebook)
                        .filter(id -> id.value().equals(log))
                        .findFirst()
                        .ifPresent(adopted::add);
            }
        }
        return adopted;
    }
}
