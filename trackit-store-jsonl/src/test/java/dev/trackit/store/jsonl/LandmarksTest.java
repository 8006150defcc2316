package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.CLOCK;
import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackit.api.LineageRecord;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rare records of a log are found without the others, whatever became of the index and of the lines. */
class LandmarksTest {
    private static final Set<String> TYPES = Set.of("session.started", "gap", "execution");

    @TempDir(factory = InMemoryFolder.class)
    Path folder;

    private Path logs;
    private JsonlLineageStore store;

    @BeforeEach
    void openStore() {
        Path data = folder.resolve("data");
        logs = data.resolve("logs").resolve(LOG.notebook().value());
        store = new JsonlLineageStore(new ForwardingLayer(), data, CLOCK, 20_000);
        Random random = new Random(7);
        try (LogWriter writer = store.writer(LOG)) {
            for (int i = 0; i < 100; i++) {
                List<LineageRecord> batch = new ArrayList<>();
                for (int j = 0; j < 20; j++) {
                    batch.add(random(random, i * 20 + j));
                }
                writer.append(batch);
            }
        }
    }

    private static LineageRecord random(Random random, int number) {
        return switch (random.nextInt(40)) {
            case 0 -> LineageRecord.of("session.started", NOON, Map.of("session", "s" + number));
            case 1 -> LineageRecord.of("gap", NOON, Map.of("detail", "gap " + number));
            case 2 -> LineageRecord.of("execution", NOON, Map.of("id", "e" + number, "supersedes", "e" + (number - 1)));
            case 3 -> LineageRecord.of("execution", NOON, Map.of("code", "print('\"supersedes\":" + number + "')"));
            case 4 -> LineageRecord.of("snapshot", NOON, Map.of("path", "p" + number));
            default -> LineageRecord.of("execution", NOON, Map.of("id", "e" + number));
        };
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private record Found(long position, LineageRecord record) {}

    private List<Found> landmarks() {
        try (LogReader reader = store.landmarks(LOG, TYPES)) {
            return all(reader);
        }
    }

    private static List<Found> all(LogReader reader) {
        List<Found> found = new ArrayList<>();
        for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            found.add(new Found(reader.position(), next.get()));
        }
        return found;
    }

    private List<Found> byReadingAll() {
        try (LogReader reader = store.reader(LOG, 0)) {
            return all(reader).stream()
                    .filter(f -> TYPES.contains(f.record.type()))
                    .filter(f -> !f.record.type().equals("execution")
                            || f.record.fields().containsKey("supersedes"))
                    .toList();
        }
    }

    private List<Path> indexes() throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(f -> f.toString().endsWith(".index")).sorted().toList();
        }
    }

    @Test
    void landmarksAreFoundByTheIndexOfEachFullSegment() throws IOException {
        assertThat(indexes()).hasSizeGreaterThan(5);
        assertThat(byReadingAll()).hasSizeGreaterThan(60);
        assertThat(landmarks()).isEqualTo(byReadingAll());
    }

    @Test
    void withoutAnIndexTheSegmentsAreSearched() throws IOException {
        for (Path index : indexes()) {
            Files.delete(index);
        }
        assertThat(landmarks()).isEqualTo(byReadingAll());
    }

    @Test
    void anIndexThatIsDamagedOrOfAnotherSegmentIsNotBelieved() throws IOException {
        List<Path> indexes = indexes();
        byte[] first = Files.readAllBytes(indexes.get(0));
        first[first.length / 2] ^= 1;
        Files.write(indexes.get(0), first);
        Files.write(indexes.get(1), Files.readAllBytes(indexes.get(2)));
        Files.write(indexes.get(3), new byte[0]);
        assertThat(landmarks()).isEqualTo(byReadingAll());
    }

    @Test
    void damageCostsTheSameRecordsAsReadingAll() throws IOException {
        Random random = new Random(11);
        Path segment = logs.resolve("capture-000002.jsonl");
        byte[] whole = Files.readAllBytes(segment);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = whole.clone();
            // The first line may make it one of a newer format, and the last link makes the index one of other bytes;
            // both are other cases.
            int at = 400 + random.nextInt(damaged.length - 800);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(segment, damaged);
            assertThat(landmarks()).as("byte %s", at).isEqualTo(byReadingAll());
        }
    }

    @Test
    void aTornEndIsWaitedForAsReadingAllDoes() throws IOException {
        List<Found> before = byReadingAll();
        try (Stream<Path> files = Files.list(logs)) {
            Path last = files.filter(f -> f.toString().endsWith(".jsonl"))
                    .sorted()
                    .reduce((a, b) -> b)
                    .orElseThrow();
            Files.writeString(
                    last,
                    "{\"v\":1,\"n\":2001,\"type\":\"gap\",\"at\":\"2026",
                    java.nio.file.StandardOpenOption.APPEND);
        }
        assertThat(landmarks()).isEqualTo(before);
    }
}
