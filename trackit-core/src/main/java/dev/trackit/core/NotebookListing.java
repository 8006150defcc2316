package dev.trackit.core;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.core.record.Fields;
import dev.trackit.core.record.NotebookIndex;
import dev.trackit.core.record.RecordTypes;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the notebooks of a store, reading only the end of each log. */
final class NotebookListing {
    private static final int TAIL_RECORDS = 64;

    private final LineageStore store;

    NotebookListing(LineageStore store) {
        this.store = store;
    }

    /** @param known what an earlier list said: a log that did not grow since is not read again */
    List<NotebookSummary> list(Collection<NotebookSummary> known) {
        Map<NotebookId, NotebookSummary> earlier = new HashMap<>();
        known.forEach(summary -> earlier.put(summary.id(), summary));
        NotebookIndex index = NotebookIndex.read(store);
        List<NotebookSummary> summaries = new ArrayList<>();
        for (LogId log : store.logs()) {
            if (log.equals(LogId.capture(log.notebook())) && !log.equals(RecordTypes.AGENT_LOG)) {
                NotebookId id = log.notebook();
                summaries.add(summarize(id, index.path(id), earlier.get(id)));
            }
        }
        summaries.sort(
                Comparator.comparing((NotebookSummary s) -> Objects.requireNonNullElse(s.lastActivity(), Instant.MIN))
                        .reversed());
        return List.copyOf(summaries);
    }

    private NotebookSummary summarize(NotebookId id, Optional<Path> path, @Nullable NotebookSummary earlier) {
        LogId log = LogId.capture(id);
        long size = store.size(log);
        if (earlier != null && earlier.records() == size && Objects.equals(earlier.path(), path.orElse(null))) {
            return earlier;
        }
        long executions = 0;
        Instant lastActivity = null;
        long back = TAIL_RECORDS;
        // The sequence of the last execution is their number; where the tail holds none, look further back.
        while (true) {
            long from = Math.max(0, size - back);
            try (LogReader reader = store.reader(log, from)) {
                for (Optional<LineageRecord> r = reader.next(); r.isPresent(); r = reader.next()) {
                    lastActivity = r.get().recordedAt();
                    executions = Math.max(executions, lastSequence(r.get()));
                }
            }
            if (from == 0 || executions > 0) {
                break;
            }
            back *= 16;
        }
        Path name = path.map(Path::getFileName).orElse(null);
        return new NotebookSummary(
                id, path.orElse(null), name == null ? id.value() : name.toString(), executions, size, lastActivity);
    }

    private static long lastSequence(LineageRecord record) {
        Fields fields = Fields.of(record);
        return switch (record.type()) {
            case RecordTypes.EXECUTION -> fields.number("sequence", 0);
            case RecordTypes.SESSION_ADOPTED -> fields.number("firstSequence", 1) + fields.number("executions", 0) - 1;
            default -> 0;
        };
    }
}
