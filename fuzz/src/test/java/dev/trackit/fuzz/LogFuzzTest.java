package dev.trackit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Verification;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import dev.trackit.spi.ProviderContext;
import dev.trackit.store.jsonl.JsonlLineageStoreProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A log in which some bytes were replaced by others: nothing is read that was not written, and recording goes on. */
class LogFuzzTest {
    private static final LogId LOG = LogId.capture(NotebookId.of("titanic-3f2a9c"));
    private static final List<LineageRecord> WRITTEN =
            Stream.of(1, 2, 3, 4, 5, 6).map(LogFuzzTest::record).toList();

    @FuzzTest(maxDuration = "5m")
    void whateverTheBytesWhatIsReadWasWrittenAndRecordingGoesOn(FuzzedDataProvider data) throws IOException {
        Path folder = Scratch.folder();
        try {
            try (LineageStore store = store(folder);
                    LogWriter writer = store.writer(LOG)) {
                writer.append(WRITTEN);
            }
            Path segment = segment(folder);
            byte[] whole = Files.readAllBytes(segment);
            byte[] damaged = damaged(whole, data);
            Files.write(segment, damaged);
            check(folder, Arrays.equals(whole, damaged));
        } finally {
            Scratch.delete(folder);
        }
    }

    private static LineageRecord record(long index) {
        return LineageRecord.of(
                "execution", Instant.parse("2026-03-14T12:00:00.123456Z").plusMillis(index), Map.of("index", index));
    }

    private static LineageStore store(Path folder) {
        return new JsonlLineageStoreProvider()
                .open(ProviderContext.builder(folder, folder.resolve("data")).build());
    }

    private static Path segment(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] damaged(byte[] whole, FuzzedDataProvider data) {
        int from = data.consumeInt(0, whole.length);
        int to = data.consumeInt(from, whole.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(whole, 0, from);
        bytes.writeBytes(data.consumeRemainingAsBytes());
        bytes.write(whole, to, whole.length - to);
        return bytes.toByteArray();
    }

    private static void check(Path folder, boolean unchanged) {
        try (LineageStore store = store(folder)) {
            List<LineageRecord> before = read(store);
            assertThat(before).isSubsetOf(WRITTEN);
            Verification verification = store.verify(LOG);
            assertThat(verification.findings().isEmpty()).isEqualTo(unchanged);
            try (LogWriter writer = store.writer(LOG)) {
                writer.append(List.of(record(99)));
            }
            List<LineageRecord> after = new ArrayList<>(read(store));
            // What the store itself noted of the damage stands between.
            after.removeIf(record -> !record.type().equals("execution"));
            assertThat(after).endsWith(record(99)).containsAll(before);
        }
    }

    private static List<LineageRecord> read(LineageStore store) {
        List<LineageRecord> records = new ArrayList<>();
        try (LogReader reader = store.reader(LOG, 0)) {
            for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
        }
        return records;
    }
}
