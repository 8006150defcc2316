package dev.trackit.testkit;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.LogLockedException;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import dev.trackit.api.Verification;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LineageStoreProvider;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import dev.trackit.spi.ProviderContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store in memory with one fault. */
final class FaultyStore implements LineageStore {
    private final LineageStore store;
    private final Fault fault;
    private final Map<Digest, byte[]> arrays = new HashMap<>();

    /** What the store does wrong, and which rules that breaks. */
    enum Fault {
        CREATES_ITS_FOLDER_WHEN_OPENED(1),
        REVERSES_BATCHES(2, 5, 6, 8, 23),
        LOSES_NULLS(3),
        COUNTS_BATCHES(4),
        FORGETS_PAYLOADS_WHEN_CLOSED(6),
        STOPS_AT_THE_FIRST_END(7),
        ALLOWS_NEGATIVE_POSITIONS(8),
        CREATES_LOGS_WHEN_VERIFYING(9),
        LISTS_LOGS_BACKWARDS(10),
        MIXES_LOGS(11),
        REFUSES_WITH_ANOTHER_EXCEPTION(12, 20),
        SWALLOWS_INTERRUPTS(15),
        FORGETS_EMPTY_PAYLOADS(16),
        SHARES_PAYLOADS(17),
        KEEPS_THE_CALLERS_ARRAY(18, 6),
        COUNTS_WRONG_WHEN_VERIFYING(19),
        READS_AFTER_CLOSE(20),
        LISTS_AFTER_CLOSE(22),
        HAS_NO_VALID_ID(24),
        WRITES_QUESTION_MARKS(25);

        private final List<String> rules;

        Fault(int... rules) {
            this.rules = Arrays.stream(rules).mapToObj(Integer::toString).toList();
        }

        List<String> rules() {
            return rules;
        }
    }

    private FaultyStore(LineageStore store, Fault fault) {
        this.store = store;
        this.fault = fault;
    }

    /** Opens faulty stores. */
    static final class Provider implements LineageStoreProvider {
        private final Fault fault;
        private final InMemoryLineageStoreProvider provider = new InMemoryLineageStoreProvider();

        Provider(Fault fault) {
            this.fault = fault;
        }

        @Override
        public String id() {
            return fault == Fault.HAS_NO_VALID_ID ? "Not an id" : "faulty";
        }

        @Override
        public LineageStore open(ProviderContext context) {
            if (fault == Fault.CREATES_ITS_FOLDER_WHEN_OPENED) {
                try {
                    Files.createDirectories(context.dataFolder());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return new FaultyStore(provider.open(context), fault);
        }
    }

    private boolean is(Fault other) {
        return fault == other;
    }

    @Override
    public List<LogId> logs() {
        if (is(Fault.LISTS_AFTER_CLOSE)) {
            try {
                return store.logs();
            } catch (StoreException e) {
                return List.of();
            }
        }
        List<LogId> logs = new ArrayList<>(store.logs());
        if (is(Fault.LISTS_LOGS_BACKWARDS)) {
            Collections.reverse(logs);
        }
        return logs;
    }

    @Override
    public LogWriter writer(LogId log) {
        try {
            return new Writer(store.writer(log));
        } catch (LogLockedException e) {
            throw is(Fault.REFUSES_WITH_ANOTHER_EXCEPTION) ? new StoreException("No") : e;
        }
    }

    @Override
    public LogReader reader(LogId log, long position) {
        return new Reader(store.reader(
                is(Fault.MIXES_LOGS) ? LogId.capture(log.notebook()) : log,
                is(Fault.ALLOWS_NEGATIVE_POSITIONS) ? Math.max(0, position) : position));
    }

    @Override
    public Digest putPayload(NotebookId notebook, byte[] payload) {
        Digest digest = store.putPayload(is(Fault.SHARES_PAYLOADS) ? NotebookId.of("all") : notebook, payload);
        arrays.put(digest, payload);
        return digest;
    }

    @Override
    public Optional<InputStream> payload(NotebookId notebook, Digest digest) {
        Optional<InputStream> payload =
                store.payload(is(Fault.SHARES_PAYLOADS) ? NotebookId.of("all") : notebook, digest);
        if (payload.isPresent() && is(Fault.KEEPS_THE_CALLERS_ARRAY)) {
            return Optional.ofNullable(arrays.get(digest)).map(ByteArrayInputStream::new);
        } else if (is(Fault.FORGETS_EMPTY_PAYLOADS) && digest.equals(Digest.of(new byte[0]))) {
            return Optional.of(new ByteArrayInputStream(new byte[1]));
        } else if (payload.isPresent() && is(Fault.FORGETS_PAYLOADS_WHEN_CLOSED) && !arrays.containsKey(digest)) {
            return Optional.empty();
        }
        return payload;
    }

    @Override
    public Verification verify(LogId log) {
        if (is(Fault.CREATES_LOGS_WHEN_VERIFYING) && !store.logs().contains(log)) {
            store.writer(log).close();
        }
        Verification verification = store.verify(log);
        long records = verification.records() + (is(Fault.COUNTS_WRONG_WHEN_VERIFYING) ? 1 : 0);
        return new Verification(log, records, verification.bytes(), verification.findings());
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Writer implements LogWriter {
        private final LogWriter writer;

        Writer(LogWriter writer) {
            this.writer = writer;
        }

        @Override
        public LogId log() {
            return writer.log();
        }

        @Override
        public long append(List<LineageRecord> records) {
            if (is(Fault.SWALLOWS_INTERRUPTS)) {
                Thread.interrupted();
            }
            List<LineageRecord> changed = new ArrayList<>(records);
            if (is(Fault.REVERSES_BATCHES) && !records.isEmpty() && index(records.get(0)) == 1) {
                Collections.reverse(changed);
            }
            changed.replaceAll(this::changed);
            long count = writer.append(changed);
            return is(Fault.COUNTS_BATCHES) ? count - records.size() + 1 : count;
        }

        private long index(LineageRecord record) {
            return record.fields().get("number") instanceof Long number ? number : -1;
        }

        private LineageRecord changed(LineageRecord record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            record.fields().forEach((name, value) -> {
                if (is(Fault.WRITES_QUESTION_MARKS) && value instanceof String text) {
                    fields.put(name, text.startsWith("a\ud83d") ? "a? b?" : text);
                } else if (value != null || !is(Fault.LOSES_NULLS)) {
                    fields.put(name, value);
                }
            });
            return LineageRecord.of(record.type(), record.recordedAt(), fields);
        }

        @Override
        public long position() {
            return writer.position();
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private final class Reader implements LogReader {
        private final LogReader reader;
        private boolean ended;
        private boolean closed;

        Reader(LogReader reader) {
            this.reader = reader;
        }

        @Override
        public LogId log() {
            return reader.log();
        }

        @Override
        public Optional<LineageRecord> next() {
            if (is(Fault.STOPS_AT_THE_FIRST_END) && ended) {
                return Optional.empty();
            } else if (is(Fault.READS_AFTER_CLOSE) && closed) {
                return Optional.empty();
            }
            Optional<LineageRecord> next = reader.next();
            ended = next.isEmpty();
            return next;
        }

        @Override
        public long position() {
            return reader.position();
        }

        @Override
        public long damaged() {
            return reader.damaged();
        }

        @Override
        public void close() {
            closed = true;
            reader.close();
        }
    }
}
