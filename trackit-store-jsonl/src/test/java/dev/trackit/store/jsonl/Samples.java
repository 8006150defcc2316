package dev.trackit.store.jsonl;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.spi.LogReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records, logs and stores for tests. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-03-14T12:00:00.123456Z");
    static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    static final NotebookId TITANIC = NotebookId.of("titanic-3f2a9c");
    static final LogId LOG = LogId.capture(TITANIC);

    private Samples() {}

    static LineageRecord record(long index) {
        return LineageRecord.of("execution", NOON.plusMillis(index), Map.of("index", index));
    }

    static List<LineageRecord> records(long from, long count) {
        List<LineageRecord> records = new ArrayList<>();
        for (long i = from; i < from + count; i++) {
            records.add(record(i));
        }
        return records;
    }

    static JsonlLineageStore store(Path data) {
        return store(new DiskFileLayer(), data);
    }

    static JsonlLineageStore store(FileLayer layer, Path data) {
        return new JsonlLineageStore(layer, data, CLOCK, 64 << 20);
    }

    static List<LineageRecord> readAll(LogReader reader) {
        List<LineageRecord> records = new ArrayList<>();
        for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            records.add(next.get());
        }
        return records;
    }

    static List<LineageRecord> readAll(JsonlLineageStore store) {
        try (LogReader reader = store.reader(LOG, 0)) {
            return readAll(reader);
        }
    }
}
