package dev.trackit.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.LogLockedException;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import dev.trackit.api.Verification;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link LineageStore} as tests; its rules are those of {@code docs/contracts.md}. The author of a store extends this class
 * in a test of their own:
 *
 * <pre>{@code
 * class MyStoreContractTest extends LineageStoreContract {
 *     @Override
 *     protected LineageStoreProvider provider() {
 *         return new MyStoreProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>Each test has a fresh data folder, which does not exist yet. What the contract cannot check for everybody, namely that an
 * acknowledged record survives a crash of the machine, an author has to test in their own way.
 */
public abstract class LineageStoreContract extends StoreUnderTest {
    private static final Duration REFUSAL = Duration.ofSeconds(20);

    /** For subclasses. */
    protected LineageStoreContract() {}

    @Test
    @DisplayName("LineageStore 1: opening a store creates nothing, and a new store has no logs")
    void rule1() throws IOException {
        assertEquals(List.of(), store.logs(), "If this fails, look at what logs() answers while there is no folder.");
        assertFalse(
                Files.exists(folder.resolve("data")),
                "If this fails, look at the provider's open(): folders are made by writer() and putPayload().");
    }

    @Test
    @DisplayName("LineageStore 2: records are read back in the order of appending, equal to what was appended")
    void rule2() {
        List<LineageRecord> records = List.of(record(1), record(2), record(3));
        append(CAPTURE, records.subList(0, 2));
        append(CAPTURE, records.subList(2, 3));
        assertEquals(
                records, readAll(CAPTURE), "If this fails, look at the order of batches and of records in a batch.");
    }

    @Test
    @DisplayName("LineageStore 3: records of any type, with any fields and values, come back unchanged")
    void rule3() {
        LineageRecord record =
                LineageRecord.of("from.a-later.version", Instant.parse("2031-12-31T23:59:59.999999999Z"), values());
        append(CAPTURE, List.of(record));
        List<LineageRecord> read = readAll(CAPTURE);
        assertEquals(1, read.size(), "If this fails, look at how records of unknown types are read.");
        assertEquals(
                record.fields(),
                read.get(0).fields(),
                "If this fails, look at the encoding: control characters, limits of long and double, -0.0,"
                        + " null, empty and nested containers.");
        assertEquals(record, read.get(0), "If this fails, look at the type and at the nanoseconds of the time.");
        assertEquals(
                List.copyOf(record.fields().keySet()),
                List.copyOf(read.get(0).fields().keySet()),
                "If this fails, look at the order of fields.");
    }

    @Test
    @DisplayName(
            "LineageStore 25: a text with an unpaired surrogate is kept; the surrogate comes back as itself or as U+FFFD")
    void rule25() {
        append(CAPTURE, List.of(LineageRecord.of("execution", AT, Map.of("text", "a\ud83d b\ude00")), record(2)));
        List<LineageRecord> read = readAll(CAPTURE);
        String hint = "If this fails, look at encoders that refuse such texts, or write '?'.";
        assertEquals(2, read.size(), hint);
        Object text = read.get(0).fields().get("text");
        assertTrue("a\ud83d b\ude00".equals(text) || "a\ufffd b\ufffd".equals(text), hint);
    }

    @Test
    @DisplayName("LineageStore 4: append and position() answer the number of records in the log")
    void rule4() {
        try (LogWriter writer = store.writer(CAPTURE)) {
            String hint = "If this fails, look at what is counted: records, not bytes, batches or lines of the format.";
            assertEquals(0, writer.position(), hint);
            assertEquals(2, writer.append(List.of(record(1), record(2))), hint);
            assertEquals(3, writer.append(List.of(record(3))), hint);
            assertEquals(3, writer.append(List.of()), "If this fails, look at the append of an empty list.");
            assertEquals(3, writer.position(), hint);
            assertEquals(CAPTURE, writer.log(), "If this fails, look at LogWriter.log().");
        }
    }

    @Test
    @DisplayName(
            "LineageStore 5: when append returns, another store on the same folder reads the records, before anything is closed")
    void rule5() {
        try (LogWriter writer = store.writer(CAPTURE);
                LineageStore other = open()) {
            writer.append(List.of(record(1), record(2)));
            assertEquals(
                    List.of(record(1), record(2)),
                    readAll(other, CAPTURE),
                    "If this fails, look at buffers that append leaves unwritten.");
        }
    }

    @Test
    @DisplayName("LineageStore 6: records, payloads and counts are there when the store is opened again")
    void rule6() throws IOException {
        append(CAPTURE, List.of(record(1), record(2)));
        Digest digest = store.putPayload(CAPTURE.notebook(), new byte[] {1, 2, 3});
        store.close();
        store = open();
        String hint = "If this fails, look at what close() and open() do with what is there.";
        assertEquals(List.of(CAPTURE), store.logs(), hint);
        try (LogWriter writer = store.writer(CAPTURE)) {
            assertEquals(3, writer.append(List.of(record(3))), hint);
        }
        assertEquals(List.of(record(1), record(2), record(3)), readAll(CAPTURE), hint);
        assertArrayEquals(new byte[] {1, 2, 3}, payload(CAPTURE.notebook(), digest), hint);
    }

    @Test
    @DisplayName("LineageStore 7: a reader at the end answers empty, and later sees what was appended meanwhile")
    void rule7() {
        try (LogWriter writer = store.writer(CAPTURE);
                LogReader reader = store.reader(CAPTURE, 0)) {
            String hint = "If this fails, look at a reader that takes the end it met once for the end for ever.";
            assertEquals(Optional.empty(), reader.next(), hint);
            writer.append(List.of(record(1)));
            assertEquals(Optional.of(record(1)), reader.next(), hint);
            assertEquals(Optional.empty(), reader.next(), hint);
            writer.append(List.of(record(2), record(3)));
            assertEquals(Optional.of(record(2)), reader.next(), hint);
            assertEquals(Optional.of(record(3)), reader.next(), hint);
            assertEquals(Optional.empty(), reader.next(), hint);
        }
    }

    @Test
    @DisplayName(
            "LineageStore 8: a reader begins after as many records as asked, and its position counts records from the beginning")
    void rule8() {
        List<LineageRecord> records = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            records.add(record(i));
        }
        append(CAPTURE, records);
        String hint = "If this fails, look at how the reader's first record is found.";
        for (int skip : new int[] {0, 1, 25, 49, 50}) {
            try (LogReader reader = store.reader(CAPTURE, skip)) {
                assertEquals(CAPTURE, reader.log(), "If this fails, look at LogReader.log().");
                assertEquals(skip, reader.position(), hint);
                assertEquals(records.subList(skip, 50), readAll(reader), hint);
                assertEquals(50, reader.position(), hint);
                assertEquals(0, reader.damaged(), "If this fails, look at what is counted as damaged.");
            }
        }
        assertThrows(IllegalArgumentException.class, () -> store.reader(CAPTURE, -1), "A position is at least 0.");
    }

    @Test
    @DisplayName(
            "LineageStore 9: reading or verifying a log that does not exist throws StoreException and creates nothing")
    void rule9() {
        String hint = "If this fails, look at reader() and verify() of a log that was never written.";
        assertThrows(StoreException.class, () -> store.reader(CAPTURE, 0), hint);
        assertThrows(StoreException.class, () -> store.verify(CAPTURE), hint);
        assertEquals(List.of(), store.logs(), hint);
    }

    @Test
    @DisplayName(
            "LineageStore 10: opening a writer creates the log; logs are listed by notebook, then by name, each once")
    void rule10() {
        LogId notes = LogId.notes(CAPTURE.notebook());
        LogId later = LogId.capture(NotebookId.of("zebra-1"));
        LogId earlier = LogId.capture(NotebookId.of("aardvark.2"));
        for (LogId log : List.of(notes, later, CAPTURE, earlier)) {
            store.writer(log).close();
        }
        assertEquals(
                List.of(earlier, CAPTURE, notes, later),
                store.logs(),
                "If this fails, look at the order of logs(), and at logs that have no record yet.");
    }

    @Test
    @DisplayName("LineageStore 11: logs do not mix: each has its own records, numbers and writer")
    void rule11() {
        LogId notes = LogId.notes(CAPTURE.notebook());
        try (LogWriter first = store.writer(CAPTURE);
                LogWriter second = store.writer(notes)) {
            assertEquals(
                    1, first.append(List.of(record(1))), "If this fails, look at what logs of one notebook share.");
            assertEquals(
                    1, second.append(List.of(record(2))), "If this fails, look at what logs of one notebook share.");
        }
        assertEquals(List.of(record(1)), readAll(CAPTURE), "If this fails, look at where records of a log go.");
        assertEquals(List.of(record(2)), readAll(notes), "If this fails, look at where records of a log go.");
    }

    @Test
    @DisplayName(
            "LineageStore 12: a second writer is refused with LogLockedException, in this store and in another one; reading goes on")
    void rule12() {
        try (LogWriter writer = store.writer(CAPTURE);
                LineageStore other = open()) {
            writer.append(List.of(record(1)));
            for (LineageStore each : List.of(store, other)) {
                LogLockedException refusal = assertTimeoutPreemptively(
                        REFUSAL,
                        () -> assertThrows(
                                LogLockedException.class,
                                () -> each.writer(CAPTURE),
                                "If this fails, look at the log's lock: within the process it needs a registry."),
                        "If this fails, look at a lock that waits: a second writer is refused within about a second.");
                assertTrue(
                        String.valueOf(refusal.getMessage()).contains(CAPTURE.toString()),
                        "If this fails, look at the message: it must name the log.");
                assertEquals(
                        List.of(record(1)),
                        readAll(each, CAPTURE),
                        "If this fails, look at readers that take the lock.");
            }
            assertEquals(2, writer.append(List.of(record(2))), "If this fails, look at what a refused writer leaves.");
        }
    }

    @Test
    @DisplayName("LineageStore 13: closing a writer frees the lock, and the next writer goes on where it ended")
    void rule13() {
        append(CAPTURE, List.of(record(1)));
        try (LogWriter writer = assertDoesNotThrow(
                () -> store.writer(CAPTURE), "If this fails, look at LogWriter.close(): it must free the lock.")) {
            assertEquals(1, writer.position(), "If this fails, look at how a writer finds the log's end.");
            assertEquals(
                    2, writer.append(List.of(record(2))), "If this fails, look at how a writer finds the log's end.");
        }
    }

    @Test
    @DisplayName(
            "LineageStore 14: several threads may append to one writer: nothing is lost or doubled, each batch is in one piece")
    void rule14() throws InterruptedException, ExecutionException {
        int threads = 4;
        int batches = 25;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (LogWriter writer = store.writer(CAPTURE)) {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                done.add(pool.submit(() -> {
                    for (int i = 0; i < batches; i++) {
                        int first = (thread * batches + i) * 2;
                        writer.append(List.of(record(first), record(first + 1)));
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        List<LineageRecord> read = readAll(CAPTURE);
        assertEquals(threads * batches * 2, read.size(), "If this fails, look at what append does without a lock.");
        List<Long> firsts = new ArrayList<>();
        for (int i = 0; i < read.size(); i += 2) {
            long first = number(read.get(i));
            assertEquals(first + 1, number(read.get(i + 1)), "If this fails, look at batches that mix.");
            firsts.add(first);
        }
        firsts.sort(null);
        for (int i = 0; i < firsts.size(); i++) {
            assertEquals(2L * i, firsts.get(i), "If this fails, look at records that are lost or doubled.");
        }
    }

    @Test
    @DisplayName("LineageStore 15: an interrupted thread's append is whole or fails, and the thread stays interrupted")
    void rule15() {
        try (LogWriter writer = store.writer(CAPTURE)) {
            long after = 1;
            Thread.currentThread().interrupt();
            try {
                writer.append(List.of(record(1)));
            } catch (StoreException e) {
                after = 0;
            } finally {
                assertTrue(Thread.interrupted(), "If this fails, look at interrupts that are swallowed.");
            }
            assertEquals(
                    after + 1,
                    writer.append(List.of(record(2))),
                    "If this fails, look at channels that an interrupt closes: the writer must live on.");
        }
    }

    @Test
    @DisplayName("LineageStore 16: a payload is read back under its SHA-256; keeping it again changes nothing")
    void rule16() throws IOException {
        byte[] large = new byte[300_000];
        Arrays.fill(large, (byte) 7);
        for (byte[] payload : List.of(new byte[0], new byte[] {0, -1, 10, 13}, large)) {
            Digest digest = store.putPayload(CAPTURE.notebook(), payload);
            assertEquals(Digest.of(payload), digest, "If this fails, look at the digest: it is SHA-256 of the bytes.");
            assertEquals(
                    digest, store.putPayload(CAPTURE.notebook(), payload), "If this fails, look at the second put.");
            assertArrayEquals(
                    payload, payload(CAPTURE.notebook(), digest), "If this fails, look at how payloads are written.");
        }
    }

    @Test
    @DisplayName("LineageStore 17: a payload belongs to its notebook; one that was not kept there is empty")
    void rule17() throws IOException {
        Digest digest = store.putPayload(CAPTURE.notebook(), new byte[] {1});
        assertTrue(
                store.payload(NotebookId.of("other-1"), digest).isEmpty(),
                "If this fails, look at payloads that notebooks share: deleting one notebook's data must not hurt another.");
        assertTrue(
                store.payload(CAPTURE.notebook(), Digest.of(new byte[] {2})).isEmpty(),
                "If this fails, look at payloads that were never kept.");
    }

    @Test
    @DisplayName("LineageStore 18: the store keeps a copy of a payload: changing the array later changes nothing")
    void rule18() throws IOException {
        byte[] payload = {1, 2, 3};
        Digest digest = store.putPayload(CAPTURE.notebook(), payload);
        payload[0] = 9;
        assertArrayEquals(
                new byte[] {1, 2, 3},
                payload(CAPTURE.notebook(), digest),
                "If this fails, look at a store that keeps the caller's array.");
    }

    @Test
    @DisplayName(
            "LineageStore 19: a whole log verifies, also while it is being written, and all its records are counted")
    void rule19() {
        try (LogWriter writer = store.writer(CAPTURE)) {
            writer.append(List.of(record(1), record(2)));
            Verification verification = store.verify(CAPTURE);
            assertEquals(List.of(), verification.findings(), "If this fails, look at findings in a log that is whole.");
            assertEquals(2, verification.records(), "If this fails, look at what verify() counts.");
            assertEquals(CAPTURE, verification.log(), "If this fails, look at which log the answer names.");
        }
    }

    @Test
    @DisplayName("LineageStore 20: a closed writer or reader throws StoreException; closing twice does nothing")
    void rule20() {
        LogWriter writer = store.writer(CAPTURE);
        LogReader reader = store.reader(CAPTURE, 0);
        for (int i = 0; i < 2; i++) {
            writer.close();
            reader.close();
        }
        assertThrows(
                StoreException.class,
                () -> writer.append(List.of(record(1))),
                "If this fails, look at append after close: records would be lost in silence.");
        assertThrows(StoreException.class, reader::next, "If this fails, look at next() after close.");
        try (LogWriter next = store.writer(CAPTURE)) {
            writer.close();
            assertThrows(
                    LogLockedException.class,
                    () -> store.writer(CAPTURE),
                    "If this fails, look at a second close: it must not free a lock that is another writer's by now.");
            assertEquals(0, next.position(), "If this fails, look at what a closed writer still writes.");
        }
    }

    @Test
    @DisplayName(
            "LineageStore 21: closing the store closes its writers and readers and frees their locks; closing twice does nothing")
    void rule21() {
        LogWriter writer = store.writer(CAPTURE);
        writer.append(List.of(record(1)));
        LogReader reader = store.reader(CAPTURE, 0);
        store.close();
        store.close();
        String hint = "If this fails, look at LineageStore.close().";
        assertThrows(StoreException.class, () -> writer.append(List.of(record(2))), hint);
        assertThrows(StoreException.class, reader::next, hint);
        try (LineageStore other = open()) {
            assertDoesNotThrow(() -> other.writer(CAPTURE).close(), hint);
            assertEquals(List.of(record(1)), readAll(other, CAPTURE), hint);
        }
    }

    @Test
    @DisplayName("LineageStore 22: every method of a closed store throws StoreException")
    void rule22() {
        append(CAPTURE, List.of(record(1)));
        store.close();
        NotebookId notebook = CAPTURE.notebook();
        String hint = "If this fails, look at methods that do not ask whether the store is closed.";
        assertThrows(StoreException.class, store::logs, hint);
        assertThrows(StoreException.class, () -> store.writer(CAPTURE), hint);
        assertThrows(StoreException.class, () -> store.reader(CAPTURE, 0), hint);
        assertThrows(StoreException.class, () -> store.verify(CAPTURE), hint);
        assertThrows(StoreException.class, () -> store.putPayload(notebook, new byte[1]), hint);
        assertThrows(StoreException.class, () -> store.payload(notebook, Digest.of(new byte[1])), hint);
    }

    @Test
    @DisplayName("LineageStore 23: readers of one log do not disturb each other")
    void rule23() {
        append(CAPTURE, List.of(record(1), record(2)));
        LogReader first = store.reader(CAPTURE, 0);
        try (LogReader second = store.reader(CAPTURE, 0)) {
            String hint = "If this fails, look at what readers share.";
            assertEquals(Optional.of(record(1)), first.next(), hint);
            assertEquals(Optional.of(record(1)), second.next(), hint);
            first.close();
            assertEquals(Optional.of(record(2)), second.next(), hint);
        }
    }

    @Test
    @DisplayName("LineageStore 24: the provider has a valid id, and always the same")
    void rule24() {
        String id = provider.id();
        assertTrue(id.matches("[a-z0-9-]{1,40}"), "If this fails, look at id(): 1 to 40 of a-z, 0-9 and '-'.");
        assertEquals(id, provider.id(), "If this fails, look at id(): it never changes.");
        assertNotEquals("", id, "If this fails, look at id().");
    }
}
