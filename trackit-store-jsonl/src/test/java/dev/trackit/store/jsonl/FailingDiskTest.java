package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.CLOCK;
import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.readAll;
import static dev.trackit.store.jsonl.Samples.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each file operation fails once, or from then on until the disk is mended: no acknowledged record is lost, and work goes on. */
class FailingDiskTest {
    private static final long SEGMENT_BYTES = 900;

    @TempDir(factory = InMemoryFolder.class)
    Path folder;

    @ParameterizedTest(name = "{0}, for good: {1}")
    @CsvSource({
        "NO_SPACE,false",
        "NO_SPACE,true",
        "IO_ERROR,false",
        "IO_ERROR,true",
        "SHORT_WRITE,false",
        "SHORT_WRITE,true"
    })
    void noFailingOperationLosesAnAcknowledgedRecord(FailingLayer.Fault fault, boolean forGood) {
        int operations = new Work(new FailingLayer(fault, false, Integer.MAX_VALUE), folder.resolve("0")).run();
        assertThat(operations).isGreaterThan(50);
        for (int failAt = 1; failAt <= operations; failAt++) {
            FailingLayer layer = new FailingLayer(fault, forGood, failAt);
            new Work(layer, folder.resolve(Integer.toString(failAt))).run();
        }
    }

    @Test
    void anAppendOnAFullDiskSaysSoAndTheSameWriterWorksAgainWhenThereIsSpace() {
        FailingLayer layer = new FailingLayer(FailingLayer.Fault.NO_SPACE, true, 60);
        try (JsonlLineageStore store = new JsonlLineageStore(layer, folder.resolve("data"), CLOCK, 1 << 20);
                LogReader follower = begun(store);
                LogWriter writer = store.writer(LOG)) {
            int written = 1;
            @Nullable StoreException failure = null;
            while (failure == null) {
                try {
                    writer.append(records(written + 1, 1));
                    written++;
                } catch (StoreException e) {
                    failure = e;
                }
            }
            assertThat(failure).hasMessageContaining("No space left on device").hasMessageContaining("free some space");
            int failed = written + 1;
            assertThatThrownBy(() -> writer.append(records(failed, 1))).isInstanceOf(StoreException.class);
            layer.heal();
            writer.append(records(failed, 1));
            assertThat(indexes(readAll(follower))).isEqualTo(indexes(records(1, failed)));
            assertThat(store.verify(LOG).findings()).isEmpty();
            assertThat(readAll(store))
                    .filteredOn(record -> record.type().equals("log.recovered"))
                    .singleElement()
                    .satisfies(record -> assertThat(record.fields())
                            .containsEntry("reason", "failed-append")
                            .hasEntrySatisfying("cutBytes", bytes -> assertThat((Long) bytes)
                                    .isPositive()));
        }
    }

    @Test
    void aTornTailIsCutWithNoSpaceLeftAndSaidLater() throws Exception {
        Path data = folder.resolve("data");
        try (JsonlLineageStore store = Samples.store(data);
                LogReader reader = begun(store)) {
            assertThat(reader.log()).isEqualTo(LOG);
        }
        Path segment = data.resolve("logs").resolve(LOG.notebook().value()).resolve("capture-000001.jsonl");
        Files.writeString(
                segment, "{\"v\":1,\"n\":2,\"type\":\"exec", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        FailingLayer layer = new FailingLayer(FailingLayer.Fault.NO_SPACE, true, 1);
        try (JsonlLineageStore store = Samples.store(layer, data)) {
            LogWriter writer = writerDespiteFullDisk(store, layer);
            assertThat(writer.position()).isEqualTo(1);
            assertThatThrownBy(() -> writer.append(records(2, 1))).isInstanceOf(StoreException.class);
            layer.heal();
            assertThat(writer.append(records(2, 1))).isEqualTo(4);
            List<LineageRecord> read = readAll(store);
            assertThat(read.get(1).type()).isEqualTo("log.recovered");
            assertThat(read.get(1).fields()).containsEntry("cutBytes", 25L).containsEntry("reason", "torn");
            assertThat(indexes(read)).containsExactly(1L, 2L);
        }
    }

    /** Forces need space on some file systems; here only what must write fails. */
    private static LogWriter writerDespiteFullDisk(JsonlLineageStore store, FailingLayer layer) {
        layer.allowForces();
        return store.writer(LOG);
    }

    private static LogReader begun(JsonlLineageStore store) {
        try (LogWriter writer = store.writer(LOG)) {
            writer.append(records(1, 1));
        }
        return store.reader(LOG, 0);
    }

    private static List<Long> indexes(List<LineageRecord> records) {
        List<Long> indexes = new ArrayList<>();
        for (LineageRecord record : records) {
            if (record.type().equals("execution")) {
                indexes.add((Long) record.fields().get("index"));
            }
        }
        return indexes;
    }

    /** Two lives of a writer that appends each batch again until it is acknowledged, with a reader that follows. */
    private static final class Work {
        private final FailingLayer layer;
        private final Path data;
        private final List<Long> acknowledged = new ArrayList<>();
        private int failures;

        Work(FailingLayer layer, Path data) {
            this.layer = layer;
            this.data = data;
        }

        int run() {
            for (int life = 0; life < 2; life++) {
                live(life * 100 + 1);
            }
            int operations = layer.operations();
            layer.heal();
            try (JsonlLineageStore store = new JsonlLineageStore(layer, data, CLOCK, SEGMENT_BYTES);
                    LogWriter writer = store.writer(LOG)) {
                writer.append(records(1000, 1));
                acknowledged.add(1000L);
                assertThat(indexes(readAll(store))).containsExactlyElementsOf(acknowledged);
                assertThat(store.verify(LOG).intact()).isTrue();
            }
            return operations;
        }

        private void live(long first) {
            try (JsonlLineageStore store = new JsonlLineageStore(layer, data, CLOCK, SEGMENT_BYTES)) {
                LogWriter writer = retried(() -> store.writer(LOG));
                List<Long> followed = new ArrayList<>();
                LogReader reader = retried(() -> store.reader(LOG, writer.position()));
                long next = first;
                for (int size : new int[] {1, 2, 5, 1, 1}) {
                    List<LineageRecord> batch = records(next, size);
                    retried(() -> writer.append(batch));
                    acknowledged.addAll(indexes(batch));
                    next += size;
                    followed.addAll(indexes(retriedRead(reader)));
                }
                List<Long> expected = acknowledged.subList(acknowledged.indexOf(first), acknowledged.size());
                assertThat(followed).containsExactlyElementsOf(expected);
            }
        }

        private List<LineageRecord> retriedRead(LogReader reader) {
            List<LineageRecord> read = new ArrayList<>();
            while (true) {
                var next = retried(reader::next);
                if (next.isEmpty()) {
                    return read;
                }
                read.add(next.get());
            }
        }

        private <T> T retried(java.util.function.Supplier<T> action) {
            while (true) {
                try {
                    return action.get();
                } catch (StoreException e) {
                    assertThat(e.getMessage()).doesNotContain("null");
                    if (++failures == 3) {
                        layer.heal();
                    }
                    assertThat(failures).isLessThan(10);
                }
            }
        }
    }
}
