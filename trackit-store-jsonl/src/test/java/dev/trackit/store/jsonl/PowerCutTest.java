package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.CLOCK;
import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.readAll;
import static dev.trackit.store.jsonl.Samples.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.StoreException;
import dev.trackit.api.Verification;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No power cut loses an acknowledged record. {@link PowerCut} says what may be left after one. */
class PowerCutTest {
    private static final long SEGMENT_BYTES = 1500;
    private static final byte[] PAYLOAD = "a picture".repeat(50).getBytes(StandardCharsets.UTF_8);

    @TempDir(factory = InMemoryFolder.class)
    Path folder;

    /** After how many steps how many records, and how many payloads, were acknowledged. */
    private final TreeMap<Integer, Integer> acknowledged = new TreeMap<>(Map.of(0, 0));

    private final TreeMap<Integer, Integer> payloads = new TreeMap<>(Map.of(0, 0));
    private int states;

    @Test
    void everyAcknowledgedRecordSurvivesAPowerCutAtEachStep() {
        PowerCut disk = work(new PowerCut(folder.resolve("work"), true, true));
        cutEverywhere(disk);
        assertThat(states).isGreaterThan(1000);
    }

    @Test
    void everyAcknowledgedRecordSurvivesAPowerCutAtEachByteOfAnAppend() {
        PowerCut disk = work(new PowerCut(folder.resolve("work"), true, true));
        Random random = new Random(7);
        for (int step = disk.steps() / 2; step < disk.steps(); step++) {
            for (int bytes = 0; bytes < disk.bytesOf(step); bytes += 7) {
                check(disk, step + 1, bytes, PowerCut.Fate.KEPT, PowerCut.Fate.KEPT, random);
            }
        }
    }

    @Test
    void theTestFindsLossesWhenFilesAreNotForced() {
        PowerCut disk = work(new PowerCut(folder.resolve("work"), false, true));
        assertThatThrownBy(() -> cutEverywhere(disk)).isInstanceOfAny(AssertionError.class, StoreException.class);
    }

    @Test
    void theTestFindsLossesWhenFoldersAreNotForced() {
        PowerCut disk = work(new PowerCut(folder.resolve("work"), true, false));
        assertThatThrownBy(() -> cutEverywhere(disk)).isInstanceOfAny(AssertionError.class, StoreException.class);
    }

    /** Two lives of a writer: batches of several sizes, segments that roll, payloads. */
    private PowerCut work(PowerCut disk) {
        int written = 0;
        Path data = folder.resolve("work").resolve("data");
        for (int life = 0; life < 2; life++) {
            try (JsonlLineageStore store = new JsonlLineageStore(disk, data, CLOCK, SEGMENT_BYTES);
                    LogWriter writer = store.writer(LOG)) {
                for (int batch : new int[] {1, 3, 1, 8, 2, 1}) {
                    writer.append(records(written + 1, batch));
                    written += batch;
                    acknowledged.put(disk.steps(), written);
                }
                store.putPayload(LOG.notebook(), PAYLOAD);
                payloads.put(disk.steps(), 1);
            }
        }
        return disk;
    }

    private void cutEverywhere(PowerCut disk) {
        Random random = new Random(42);
        for (int step = 0; step <= disk.steps(); step++) {
            for (PowerCut.Fate files : PowerCut.Fate.values()) {
                for (int repeat = 0; repeat < (files.ordinal() < 2 ? 1 : 3); repeat++) {
                    check(disk, step, Integer.MAX_VALUE, files, PowerCut.Fate.LOST, random);
                    check(disk, step, Integer.MAX_VALUE, files, PowerCut.Fate.REORDERED, random);
                }
            }
        }
    }

    private void check(PowerCut disk, int step, int bytes, PowerCut.Fate files, PowerCut.Fate names, Random random) {
        states++;
        Path state = folder.resolve("state");
        try {
            Files.createDirectory(state);
            disk.rebuild(step, bytes, files, names, random, state);
            String where = "after step " + step + ", " + files + ", " + names;
            int safe = acknowledged.floorEntry(step).getValue();
            Path data = state.resolve("data");
            try (JsonlLineageStore store = new JsonlLineageStore(new ForwardingLayer(), data, CLOCK, SEGMENT_BYTES)) {
                if (safe > 0) {
                    assertHolds(indexes(store), safe, where + ", before recovery");
                }
                try (LogWriter writer = store.writer(LOG)) {
                    writer.append(records(1_000_000, 1));
                }
                List<Long> after = indexes(store);
                assertHolds(after, safe, where + ", after recovery");
                assertThat(after).as(where).endsWith(1_000_000L);
                Verification verification = store.verify(LOG);
                if (files != PowerCut.Fate.REORDERED && files != PowerCut.Fate.ZEROED) {
                    assertThat(verification.findings()).as(where).isEmpty();
                }
                if (payloads.floorEntry(step).getValue() > 0) {
                    assertPayload(store, where);
                }
            }
            delete(state);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertPayload(JsonlLineageStore store, String where) throws IOException {
        try (InputStream payload =
                store.payload(LOG.notebook(), Digest.of(PAYLOAD)).orElseThrow(() -> new AssertionError(where))) {
            assertThat(payload.readAllBytes()).as(where).isEqualTo(PAYLOAD);
        }
    }

    private static void assertHolds(List<Long> indexes, int safe, String where) {
        List<Long> expected = new ArrayList<>();
        for (long i = 1; i <= safe; i++) {
            expected.add(i);
        }
        assertThat(indexes.subList(0, Math.min(safe, indexes.size()))).as(where).isEqualTo(expected);
        assertThat(indexes).as(where).isSorted().doesNotHaveDuplicates();
    }

    private static List<Long> indexes(JsonlLineageStore store) {
        List<Long> indexes = new ArrayList<>();
        for (LineageRecord record : readAll(store)) {
            if (record.type().equals("execution")) {
                indexes.add((Long) record.fields().get("index"));
            }
        }
        return indexes;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
