package dev.trackit.core.record;

import dev.trackit.api.Cell;
import dev.trackit.api.CellType;
import dev.trackit.api.Digest;
import dev.trackit.api.Execution;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.Notebook;
import dev.trackit.api.NotebookId;
import dev.trackit.api.NotebookMatch;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes the record that a saved notebook already holds. What the log has already, from an import or live, is not taken again. Used by one thread. */
public final class SavedImport implements AutoCloseable {
    /** The sessions of imports; their executions are known by cell, others by count and code. */
    private static final String SESSION_PREFIX = "import-";

    private final LineageStore store;
    private final RecorderSettings settings;
    private final RecorderCounters counters = new RecorderCounters();
    private final Logs logs;

    /**
     * What an import did.
     *
     * @param notebook the notebook's id
     * @param added executions that were added
     * @param known executions that the log had
     * @param notExecuted code cells without a count
     * @param snapshot whether the content was new
     */
    public record Outcome(NotebookId notebook, int added, int known, int notExecuted, boolean snapshot) {}

    /**
     * Prepares to import into this store.
     *
     * @throws dev.trackit.api.StoreException if the store cannot be read
     */
    public SavedImport(LineageStore store, RecorderSettings settings) {
        this.store = store;
        this.settings = settings;
        this.logs = new Logs(store, counters, settings, false);
    }

    /**
     * Imports one notebook; when the method returns, its record is durable.
     *
     * @throws dev.trackit.api.LogLockedException if an agent is recording this notebook
     * @throws dev.trackit.api.StoreException if the log cannot be written
     */
    public Outcome add(Notebook notebook) {
        try {
            Notebook taken = new Redaction(settings.redaction).apply(notebook);
            Path path = new CaptureScope(settings).canonical(taken.path());
            Outcome outcome = take(store, logs, logs.create(path, settings.clock.instant(), null), taken, settings);
            logs.commitOrThrow(recorded -> {});
            return outcome;
        } finally {
            logs.forgetAll();
        }
    }

    /** Makes the records of an import; they wait to be committed. */
    static Outcome take(LineageStore store, Logs logs, NotebookLog log, Notebook notebook, RecorderSettings settings) {
        Known known = logs.index().contains(log.id()) ? known(store, log) : new Known();
        List<Cell> executed = SavedCells.executed(notebook);
        List<Cell> fresh = new ArrayList<>();
        for (Cell cell : executed) {
            long key = SavedCells.key(cell.executionCount().orElseThrow(), cell.sourceDigest());
            Execution execution = SavedCells.execution(log.id(), "", SESSION_PREFIX, cell);
            if (!known.keys.contains(key) && known.ids.add(execution.id())) {
                fresh.add(cell);
            }
        }
        if (!fresh.isEmpty()) {
            String session = SESSION_PREFIX
                    + Digest.ofText(log.id() + "\n" + SnapshotCodec.contentDigest(notebook) + "\n" + log.sequence())
                            .hex()
                            .substring(0, 16);
            Instant now = settings.clock.instant();
            log.sessionStarted(NotebookFiles.importSession(log, notebook, session, now), NotebookMatch.unknown());
            for (Cell cell : fresh) {
                log.execution(SavedCells.execution(log.id(), session, SESSION_PREFIX, cell), Map.of(), null);
            }
        }
        boolean snapshot = log.snapshot(notebook, 0);
        long codeCells = notebook.cells().stream()
                .filter(cell -> cell.type() == CellType.CODE)
                .count();
        return new Outcome(
                log.id(), fresh.size(), executed.size() - fresh.size(), (int) (codeCells - executed.size()), snapshot);
    }

    private static final class Known {
        final Set<String> ids = new HashSet<>();
        final Set<Long> keys = new HashSet<>();
    }

    private static Known known(LineageStore store, NotebookLog log) {
        Known known = new Known();
        LogId id = LogId.capture(log.id());
        if (log.sequence() == 0 || !store.logs().contains(id)) {
            return known;
        }
        try (LogReader reader = store.reader(id, 0)) {
            for (Optional<LineageRecord> r = reader.next(); r.isPresent(); r = reader.next()) {
                if (r.get().type().equals(RecordTypes.EXECUTION)) {
                    Fields fields = Fields.of(r.get());
                    known.ids.add(fields.text("id"));
                    Integer count = fields.integer("executionCount");
                    Optional<Digest> code = fields.digest("codeDigest");
                    if (count != null
                            && code.isPresent()
                            && !fields.text("session").startsWith(SESSION_PREFIX)) {
                        known.keys.add(SavedCells.key(count, code.get()));
                    }
                }
            }
        }
        return known;
    }

    /** Closes what is open of the logs; the store stays open. Idempotent. */
    @Override
    public void close() {
        logs.close();
    }
}
