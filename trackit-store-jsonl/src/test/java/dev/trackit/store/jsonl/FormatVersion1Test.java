package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.CLOCK;
import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.LineageRecord;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version 1 of the log's format, as {@code docs/log-format.md} describes it, against files that were written once and kept. */
class FormatVersion1Test {
    private static final List<String> FILES =
            List.of("capture-000001.jsonl", "capture-000002.jsonl", "capture.checkpoint");

    @TempDir
    Path folder;

    @Test
    void keptFilesAreReadBackExactly() throws IOException {
        Path logs = Files.createDirectories(folder.resolve("data/logs/titanic-3f2a9c"));
        for (String file : FILES) {
            Files.write(logs.resolve(file), kept(file));
        }
        try (JsonlLineageStore store = Samples.store(folder.resolve("data"));
                LogReader reader = store.reader(LOG, 0)) {
            assertThat(readAll(reader)).isEqualTo(records());
            assertThat(reader.damaged()).isZero();
            assertThat(store.verify(LOG).findings()).isEmpty();
        }
    }

    @Test
    void theSameRecordsAreWrittenAsTheSameBytes() throws IOException {
        Path data = folder.resolve("data");
        try (JsonlLineageStore store = new JsonlLineageStore(new DiskFileLayer(), data, CLOCK, 1000);
                LogWriter writer = store.writer(LOG)) {
            for (LineageRecord record : records()) {
                writer.append(List.of(record));
            }
        }
        for (String file : FILES) {
            assertThat(data.resolve("logs/titanic-3f2a9c").resolve(file)).hasBinaryContent(kept(file));
        }
    }

    @Test
    void theChainCanBeCheckedWithNothingButADigest() throws Exception {
        String previous = "0".repeat(32);
        for (String file : FILES.subList(0, 2)) {
            for (String line : new String(kept(file), StandardCharsets.UTF_8).split("\n")) {
                String body = line.substring(0, line.lastIndexOf(",\"chain\":"));
                byte[] sha256 =
                        MessageDigest.getInstance("SHA-256").digest((previous + body).getBytes(StandardCharsets.UTF_8));
                previous = HexFormat.of().formatHex(sha256).substring(0, 32);
                assertThat(line).isEqualTo(body + ",\"chain\":\"" + previous + "\"}");
            }
        }
    }

    private static List<LineageRecord> records() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("code", "df = pd.read_csv(\"d\u00e4ta.csv\")\n\tdf.head()  # \ud83d\ude00 \\ \u0001");
        all.put("count", 17L);
        all.put("longs", Arrays.asList(Long.MIN_VALUE, Long.MAX_VALUE, 0L));
        all.put("doubles", Arrays.asList(0.5, -0.0, 1e300));
        all.put("flags", Arrays.asList(true, false, null));
        all.put("unpaired", "\ufffd");
        all.put("data", Map.of("nested", Map.of()));
        return List.of(
                LineageRecord.of("execution", Instant.parse("2026-03-14T09:26:53.589793Z"), all),
                LineageRecord.of("gap", Instant.parse("2026-03-14T09:27:00Z"), Map.of()),
                LineageRecord.of(
                        "of-a.later-version",
                        Instant.parse("1969-12-31T23:59:59.999999999Z"),
                        Map.of("x", "y".repeat(300))),
                LineageRecord.of("execution", Instant.parse("2026-03-14T09:28:00.120Z"), Map.of("text", "")));
    }

    private static byte[] kept(String file) throws IOException {
        try (InputStream stream = FormatVersion1Test.class.getResourceAsStream("/format-1/" + file)) {
            return stream == null ? new byte[0] : stream.readAllBytes();
        }
    }
}
