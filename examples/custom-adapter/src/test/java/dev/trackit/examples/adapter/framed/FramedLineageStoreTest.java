package dev.trackit.examples.adapter.framed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no contract test can do for every store: damage its files. */
class FramedLineageStoreTest {
    private static final LogId LOG = LogId.capture(NotebookId.of("titanic"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeThree() {
        file = folder.resolve("framed/titanic/capture.log");
        try (LineageStore store = open();
                LogWriter writer = store.writer(LOG)) {
            writer.append(List.of(record(1), record(2), record(3)));
        }
    }

    @Test
    void tornTailIsSetAsideAtAnyByteAndARecordSaysSo() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int frame = whole.length / 3;
        for (int cut = 2 * frame + 1; cut < whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            try (LineageStore store = open();
                    LogWriter writer = store.writer(LOG)) {
                assertThat(writer.append(List.of(record(4)))).isEqualTo(4);
                try (LogReader reader = store.reader(LOG, 2)) {
                    assertThat(reader.next().orElseThrow().type()).isEqualTo("log.recovered");
                    assertThat(reader.next()).contains(record(4));
                }
            }
            assertThat(file.resolveSibling("capture.torn-" + 2 * frame)).hasSize(cut - 2L * frame);
        }
    }

    @Test
    void damagedRecordIsPassedOverCountedAndFound() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        try (LineageStore store = open();
                LogReader reader = store.reader(LOG, 0)) {
            assertThat(reader.next()).contains(record(1));
            assertThat(reader.next()).contains(record(3));
            assertThat(reader.damaged()).isEqualTo(1);
            assertThat(reader.position()).isEqualTo(3);
            assertThat(store.verify(LOG).intact()).isFalse();
        }
    }

    private LineageStore open() {
        return new FramedLineageStore(folder, Clock.systemUTC());
    }

    private static LineageRecord record(long number) {
        return LineageRecord.of("execution", Instant.parse("2026-01-01T00:00:00Z"), Map.of("number", number));
    }
}
