package dev.trackit.testkit;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import dev.trackit.spi.ProviderContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder of its own, opened before each test and closed after it, and what the rules of {@link LineageStoreContract} do with it. */
abstract class StoreUnderTest {
    static final Instant AT = Instant.parse("2026-03-14T09:26:53.589793Z");
    static final LogId CAPTURE = LogId.capture(NotebookId.of("titanic-3f2a9c"));

    @TempDir
    Path folder;

    LineageStore store;
    LineageStoreProvider provider;

    /** The provider of the store under test. Called once per test. */
    protected abstract LineageStoreProvider provider();

    /** The context for opening the store; a subclass may add options. */
    protected ProviderContext.Builder context(Path watchedFolder, Path dataFolder) {
        return ProviderContext.builder(watchedFolder, dataFolder);
    }

    @BeforeEach
    void openStore() {
        provider = provider();
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    LineageStore open() {
        return provider.open(context(folder, folder.resolve("data")).build());
    }

    void append(LogId log, List<LineageRecord> records) {
        try (LogWriter writer = store.writer(log)) {
            writer.append(records);
        }
    }

    List<LineageRecord> readAll(LogId log) {
        return readAll(store, log);
    }

    static List<LineageRecord> readAll(LineageStore store, LogId log) {
        try (LogReader reader = store.reader(log, 0)) {
            return readAll(reader);
        }
    }

    static List<LineageRecord> readAll(LogReader reader) {
        List<LineageRecord> records = new ArrayList<>();
        for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            records.add(next.get());
        }
        return records;
    }

    byte[] payload(NotebookId notebook, Digest digest) throws IOException {
        try (InputStream stream = store.payload(notebook, digest).orElseThrow()) {
            return stream.readAllBytes();
        }
    }

    static LineageRecord record(long number) {
        return LineageRecord.of("execution", AT.plusSeconds(number), Map.of("number", number));
    }

    static long number(LineageRecord record) {
        return record.fields().get("number") instanceof Long number ? number : -1;
    }

    static Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("z first", "");
        values.put(
                "text",
                "caf\u00e9 \u4e2d \ud83d\ude00 \"quoted\" \\ / \r\n\t\b\f \u0000\u001f\u007f\u2028\u2029\ufeff");
        values.put("", "empty name");
        values.put("n", "type");
        values.put("chain", "not the chain");
        values.put("longs", Arrays.asList(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
        values.put("doubles", Arrays.asList(0.0, -0.0, 1.0, 0.1, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, 1e16));
        values.put("others", Arrays.asList(true, false, null));
        values.put("nothing", null);
        values.put("nested", Map.of("list", List.of(List.of(), Map.of(), List.of(Map.of("deep", 1L)))));
        values.put("long text", "0123456789abcdef".repeat(5000));
        return values;
    }
}
