package dev.trackit.store.jsonl;

import static dev.trackit.store.jsonl.Samples.CLOCK;
import static dev.trackit.store.jsonl.Samples.LOG;
import static dev.trackit.store.jsonl.Samples.readAll;
import static dev.trackit.store.jsonl.Samples.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.StoreException;
import dev.trackit.api.Verification;
import dev.trackit.api.Verification.Severity;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What broken disks and foreign hands do to a log, and what readers, writers and verify make of it. */
class DamageTest {
    @TempDir(factory = InMemoryFolder.class)
    Path folder;

    private JsonlLineageStore store;
    private Path segment;
    private Path checkpoint;

    @BeforeEach
    void openStore() {
        Path data = folder.resolve("data");
        store = Samples.store(new ForwardingLayer(), data);
        Path logs = data.resolve("logs").resolve(LOG.notebook().value());
        segment = logs.resolve("capture-000001.jsonl");
        checkpoint = logs.resolve("capture.checkpoint");
        append(1, 10);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void eachFlippedBitIsFoundAndCostsOnlyTheRecordsItTouches() throws IOException {
        Files.delete(segment);
        Files.delete(checkpoint);
        append(1, 4);
        byte[] whole = Files.readAllBytes(segment);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(segment, flipped);
            assertThat(store.verify(LOG).intact()).as("bit %d", bit).isFalse();
            if (bit % 5 == 0) {
                List<Long> read = indexes();
                assertThat(read).as("bit %d", bit).isSorted().hasSizeGreaterThanOrEqualTo(2);
                assertThat(read).as("bit %d", bit).isSubsetOf(1L, 2L, 3L, 4L);
            }
        }
    }

    @Test
    void eachFlippedBitOfTheCheckpointIsFoundToo() throws IOException {
        byte[] whole = Files.readAllBytes(checkpoint);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(checkpoint, flipped);
            assertThat(store.verify(LOG).findings()).as("bit %d", bit).isNotEmpty();
        }
    }

    @Test
    void aLineThatIsOverwrittenIsPassedOverAndItsNeighboursAreRead() throws IOException {
        changeLine(4, line -> "garbage that is longer than the last member of a line would be, and is no JSON");
        try (LogReader reader = store.reader(LOG, 0)) {
            assertThat(indexes(readAll(reader))).containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
            assertThat(reader.damaged()).isEqualTo(1);
            assertThat(reader.position()).isEqualTo(10);
        }
        Verification verification = store.verify(LOG);
        assertThat(verification.records()).isEqualTo(9);
        assertThat(verification.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BROKEN);
            assertThat(finding.place()).isEqualTo("capture-000001.jsonl:4");
            assertThat(finding.message()).contains("damaged", "1 record", "backup");
        });
    }

    @Test
    void aReaderThatBeginsBehindDamageCountsRecordsAsBefore() throws IOException {
        changeLine(4, line -> "garbage");
        for (int skip = 0; skip <= 10; skip++) {
            try (LogReader reader = store.reader(LOG, skip)) {
                List<Long> expected = new ArrayList<>();
                for (long i = skip + 1; i <= 10; i++) {
                    if (i != 3) {
                        expected.add(i);
                    }
                }
                assertThat(indexes(readAll(reader))).isEqualTo(expected);
            }
        }
    }

    @Test
    void aChangedWordInAnOldRecordIsNotReadAsIfItWereTrue() throws IOException {
        changeLine(4, line -> line.replace("\"index\":3", "\"index\":8"));
        assertThat(indexes()).containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(store.verify(LOG).intact()).isFalse();
    }

    @Test
    void aRemovedLineIsFound() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(segment));
        lines.remove(5);
        Files.write(segment, lines);
        assertThat(store.verify(LOG).findings()).isNotEmpty().first().satisfies(finding -> assertThat(finding.place())
                .startsWith("capture-000001.jsonl:6"));
    }

    @Test
    void damageInTheMiddleIsNeverCutAndTheLogGoesOnInANewSegment() throws IOException {
        changeLine(4, line -> "garbage");
        Files.delete(checkpoint);
        byte[] damaged = Files.readAllBytes(segment);
        append(11, 2);
        assertThat(segment).hasBinaryContent(damaged);
        assertThat(indexes()).containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(recovered()).containsEntry("reason", "damaged").containsEntry("file", "capture-000001.jsonl");
        assertThat(store.verify(LOG).findings()).hasSize(1);
    }

    @Test
    void aTornLineIsCutAndSaid() throws IOException {
        byte[] whole = Files.readAllBytes(segment);
        for (String tail :
                List.of("{", "{\"v\":1,\"n\":11,\"type", "no newline", "garbage\n", "\0\0\0\0", "{}\n\0\0\0", "\n")) {
            byte[] bytes = tail.getBytes(StandardCharsets.UTF_8);
            byte[] torn = Arrays.copyOf(whole, whole.length + bytes.length);
            System.arraycopy(bytes, 0, torn, whole.length, bytes.length);
            Files.write(segment, torn);
            assertThat(indexes()).hasSize(10);
            assertThat(store.verify(LOG).intact()).isTrue();
            assertThat(store.verify(LOG).findings()).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
                assertThat(finding.place()).isEqualTo("capture-000001.jsonl:12");
            });
            append(11, 1);
            assertThat(indexes()).endsWith(10L, 11L).hasSize(11);
            assertThat(recovered()).containsEntry("reason", "torn").containsEntry("cutBytes", (long) bytes.length);
            assertThat(store.verify(LOG).findings()).isEmpty();
            Files.write(segment, whole);
            Files.delete(checkpoint);
        }
    }

    @Test
    void aReaderWaitsBeforeATornLineUntilTheNextWriterCutsIt() throws IOException {
        try (LogReader reader = store.reader(LOG, 9)) {
            assertThat(readAll(reader)).hasSize(1);
            Files.writeString(segment, Files.readString(segment) + "{\"v\":1,\"n\":11,\"type\":\"execution\"}\n");
            assertThat(reader.next()).isEmpty();
            assertThat(reader.next()).isEmpty();
            append(11, 1);
            assertThat(indexes(readAll(reader))).containsExactly(11L);
            assertThat(reader.damaged()).isZero();
        }
    }

    @Test
    void recordsCutFromTheEndAreMissedAndTheirNumbersNotGivenAgain() throws IOException {
        List<String> lines = Files.readAllLines(segment);
        Files.write(segment, lines.subList(0, lines.size() - 3));
        assertThat(store.verify(LOG).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BROKEN);
            assertThat(finding.message()).contains("3 records are missing");
        });
        append(11, 1);
        assertThat(indexes()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 11L);
        assertThat(recovered()).containsEntry("reason", "missing").containsEntry("lostRecords", 3L);
        assertThat(store.verify(LOG).findings()).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("3 records", "8 to 10"));
    }

    @Test
    void anAcknowledgedLastLineThatIsDamagedIsNotTakenForATornOne() throws IOException {
        changeLine(11, line -> "garbage");
        byte[] damaged = Files.readAllBytes(segment);
        assertThat(store.verify(LOG).intact()).isFalse();
        append(11, 1);
        assertThat(segment).hasBinaryContent(damaged);
        assertThat(indexes()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 11L);
        assertThat(recovered()).containsEntry("reason", "damaged").containsEntry("lostRecords", 1L);
    }

    @Test
    void aChangedWordInTheLastAcknowledgedLineStaysVisibleAfterMoreWasAppended() throws IOException {
        changeLine(11, line -> line.replace("index", "indey"));
        append(11, 1);
        assertThat(Files.readAllLines(segment).get(10)).contains("indey");
        assertThat(indexes()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 11L);
        assertThat(store.verify(LOG).findings())
                .extracting(Verification.Finding::place)
                .containsExactly("capture-000001.jsonl:11");
    }

    @Test
    void aLostSegmentIsNamed() throws IOException {
        try (JsonlLineageStore small =
                new JsonlLineageStore(new ForwardingLayer(), folder.resolve("data"), CLOCK, 500)) {
            for (int i = 0; i < 3; i++) {
                try (LogWriter writer = small.writer(LOG)) {
                    writer.append(records(11 + 5L * i, 5));
                }
            }
        }
        Path lost = segment.resolveSibling("capture-000003.jsonl");
        assertThat(lost).exists();
        Files.delete(lost);
        assertThat(store.verify(LOG).findings())
                .extracting(Verification.Finding::place)
                .contains("capture-000003.jsonl");
        try (LogReader reader = store.reader(LOG, 0)) {
            assertThat(indexes(readAll(reader))).doesNotContain(16L).endsWith(25L);
            assertThat(reader.damaged()).isEqualTo(5);
        }
    }

    @Test
    void aSegmentOfANewerFormatIsReadAsFarAsItIsUnderstoodAndNotWritten() throws IOException {
        Files.writeString(segment, """
                {"v":2,"n":0,"type":"log.segment","at":"2031-01-01T00:00:00Z","data":{},"mac":"x"}
                {"v":2,"n":1,"type":"execution","at":"2031-01-01T00:00:00Z","extra":[1,{"a":2}],"data":{"index":1},"mac":"y"}
                {"v":2,"something":"else"}
                """);
        Files.delete(checkpoint);
        assertThat(indexes()).containsExactly(1L);
        assertThat(store.verify(LOG).intact()).isTrue();
        assertThat(store.verify(LOG).findings()).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("newer TrackIT"));
        assertThatThrownBy(() -> store.writer(LOG))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer TrackIT")
                .hasMessageContaining("Update TrackIT");
    }

    @Test
    void emptyFilesAndNoiseAreNoReasonToFail() throws IOException {
        for (byte[] content : List.of(new byte[0], new byte[5000], "[\n{\n".getBytes(StandardCharsets.UTF_8))) {
            Files.write(segment, content);
            Files.deleteIfExists(checkpoint);
            assertThat(indexes()).isEmpty();
            assertThat(store.verify(LOG).records()).isZero();
            append(1, 2);
            assertThat(indexes()).containsExactly(1L, 2L);
            assertThat(store.verify(LOG).intact()).isTrue();
        }
    }

    @Test
    void aFolderOrALinkInPlaceOfAFileIsRefused() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
        Files.delete(segment);
        Files.createSymbolicLink(segment, elsewhere);
        assertThatThrownBy(() -> store.writer(LOG))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("link");
        assertThatThrownBy(() -> store.reader(LOG, 0)).isInstanceOf(StoreException.class);
        assertThat(elsewhere).hasContent("precious");
        Files.delete(segment);
        Files.createDirectory(segment);
        assertThatThrownBy(() -> store.writer(LOG))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("regular");
        assertThatThrownBy(() -> store.verify(LOG)).isInstanceOf(StoreException.class);
    }

    private void append(long from, int count) {
        try (LogWriter writer = store.writer(LOG)) {
            writer.append(records(from, count));
        }
    }

    private void changeLine(int number, UnaryOperator<String> change) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(segment));
        lines.set(number - 1, change.apply(lines.get(number - 1)));
        Files.write(segment, lines);
    }

    private java.util.Map<String, Object> recovered() {
        List<LineageRecord> found = readAll(store).stream()
                .filter(record -> record.type().equals("log.recovered"))
                .toList();
        assertThat(found).hasSize(1);
        return new java.util.HashMap<>(found.get(0).fields());
    }

    private List<Long> indexes() {
        return indexes(readAll(store));
    }

    private static List<Long> indexes(List<LineageRecord> records) {
        return records.stream()
                .filter(record -> record.type().equals("execution"))
                .map(record -> (Long) record.fields().get("index"))
                .toList();
    }
}
