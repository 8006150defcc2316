package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.readAll;
import static dev.trackit.store.jsonl.Samples.records;
import static dev.trackit.store.jsonl.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.Verification;
import dev.trackit.spi.LogWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlLineageStoreTest {
    @TempDir
    Path folder;

    @Test
    void whatIsAppendedIsReadBackAndVerifies() {
        try (JsonlLineageStore store = store(folder.resolve(".trackit"))) {
            try (LogWriter writer = store.writer(LOG)) {
                assertThat(writer.append(records(1, 3))).isEqualTo(3);
                assertThat(writer.append(records(4, 2))).isEqualTo(5);
            }
            assertThat(readAll(store)).isEqualTo(records(1, 5));
            try (LogWriter writer = store.writer(LOG)) {
                assertThat(writer.append(records(6, 1))).isEqualTo(6);
            }
            assertThat(readAll(store)).isEqualTo(records(1, 6));
            Verification verification = store.verify(LOG);
            assertThat(verification.findings()).isEmpty();
            assertThat(verification.records()).isEqualTo(6);
            assertThat(store.logs()).containsExactly(LOG);
        }
    }
}
