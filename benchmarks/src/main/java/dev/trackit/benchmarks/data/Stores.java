package dev.trackit.benchmarks.data;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.ProviderContext;
import dev.trackit.store.jsonl.JsonlLineageStoreProvider;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores on disk, and records for them. Immutable. */
public final class Stores {
    /** The notebook whose log is written. */
    public static final NotebookId NOTEBOOK = NotebookId.of("titanic-3f2a9c");

    /** Its log. */
    public static final LogId LOG = LogId.capture(NOTEBOOK);

    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00.123456Z");

    private Stores() {}

    /** A store in this folder. @param forced whether an acknowledged record is on the disk */
    public static LineageStore open(Path dataFolder, boolean forced) {
        ProviderContext context = ProviderContext.builder(dataFolder, dataFolder)
                .option(JsonlLineageStoreProvider.FORCE, Boolean.toString(forced))
                .build();
        return new JsonlLineageStoreProvider().open(context);
    }

    /** Records whose lines have about 290 bytes. */
    public static List<LineageRecord> records(int count) {
        List<LineageRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", "0f8fad5b-d9cb-469f-a165-" + (100_000_000 + i));
            fields.put("session", "3f2504e0");
            fields.put("sequence", (long) i);
            fields.put("status", "ok");
            fields.put("count", (long) i % 97);
            fields.put("code", "df = df[df.age > " + i % 80 + "].fillna({\"fare\": 0})\n");
            records.add(LineageRecord.of("execution", NOON.plusMillis(i), fields));
        }
        return records;
    }
}
