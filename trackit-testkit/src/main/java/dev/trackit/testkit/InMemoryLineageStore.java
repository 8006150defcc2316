package dev.trackit.testkit;

import static java.util.Objects.requireNonNull;

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
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store in memory, for tests: it keeps the whole contract except that nothing outlives the process. Safe for use by several threads.
 */
public final class InMemoryLineageStore implements LineageStore {
    private final Contents contents;
    private final List<Runnable> closings = new ArrayList<>();
    private boolean closed;

    /** An empty store. */
    public InMemoryLineageStore() {
        this(new Contents());
    }

    InMemoryLineageStore(Contents contents) {
        this.contents = contents;
    }

    /** What several stores on one folder share. Its own monitor guards it. */
    static final class Contents {
        private final Map<LogId, Log> logs =
                new TreeMap<>(Comparator.comparing(LogId::notebook).thenComparing(LogId::name));
        private final Map<NotebookId, Map<Digest, byte[]>> payloads = new HashMap<>();
    }

    private static final class Log {
        private final List<LineageRecord> records = new ArrayList<>();
        private boolean locked;
    }

    @Override
    public List<LogId> logs() {
        requireOpen();
        synchronized (contents) {
            return List.copyOf(contents.logs.keySet());
        }
    }

    @Override
    public LogWriter writer(LogId id) {
        requireNonNull(id, "id");
        synchronized (contents) {
            requireOpen();
            Log log = contents.logs.computeIfAbsent(id, missing -> new Log());
            if (log.locked) {
                throw new LogLockedException(
                        "The log " + id + " is being written by another writer. Close that one first.");
            }
            log.locked = true;
            Writer writer = new Writer(id, log);
            closings.add(writer::close);
            return writer;
        }
    }

    @Override
    public LogReader reader(LogId id, long position) {
        if (position < 0) {
            throw new IllegalArgumentException("A position is at least 0: " + position);
        }
        synchronized (contents) {
            requireOpen();
            Reader reader = new Reader(id, existing(id), position);
            closings.add(reader::close);
            return reader;
        }
    }

    @Override
    public Digest putPayload(NotebookId notebook, byte[] payload) {
        requireNonNull(notebook, "notebook");
        Digest digest = Digest.of(payload);
        synchronized (contents) {
            requireOpen();
            contents.payloads
                    .computeIfAbsent(notebook, missing -> new HashMap<>())
                    .putIfAbsent(digest, payload.clone());
        }
        return digest;
    }

    @Override
    public Optional<InputStream> payload(NotebookId notebook, Digest digest) {
        synchronized (contents) {
            requireOpen();
            byte[] payload = contents.payloads.getOrDefault(notebook, Map.of()).get(digest);
            return Optional.ofNullable(payload).map(ByteArrayInputStream::new);
        }
    }

    @Override
    public Verification verify(LogId id) {
        synchronized (contents) {
            requireOpen();
            return new Verification(id, existing(id).records.size(), 0, List.of());
        }
    }

    @Override
    public void close() {
        synchronized (contents) {
            closed = true;
            closings.forEach(Runnable::run);
            closings.clear();
        }
    }

    private Log existing(LogId id) {
        Log log = contents.logs.get(requireNonNull(id, "id"));
        if (log == null) {
            throw new StoreException("There is no log " + id + ".");
        }
        return log;
    }

    private void requireOpen() {
        synchronized (contents) {
            if (closed) {
                throw new StoreException("The store is closed.");
            }
        }
    }

    private final class Writer implements LogWriter {
        private final LogId id;
        private final Log log;
        private boolean writerClosed;

        Writer(LogId id, Log log) {
            this.id = id;
            this.log = log;
        }

        @Override
        public LogId log() {
            return id;
        }

        @Override
        public long append(List<LineageRecord> records) {
            synchronized (contents) {
                if (writerClosed) {
                    throw new StoreException("The writer of the log " + id + " is closed.");
                }
                log.records.addAll(List.copyOf(records));
                return log.records.size();
            }
        }

        @Override
        public long position() {
            synchronized (contents) {
                return log.records.size();
            }
        }

        @Override
        public void close() {
            synchronized (contents) {
                if (!writerClosed) {
                    writerClosed = true;
                    log.locked = false;
                }
            }
        }
    }

    private final class Reader implements LogReader {
        private final LogId id;
        private final Log log;
        private long position;
        private boolean readerClosed;

        Reader(LogId id, Log log, long position) {
            this.id = id;
            this.log = log;
            this.position = position;
        }

        @Override
        public LogId log() {
            return id;
        }

        @Override
        public Optional<LineageRecord> next() {
            synchronized (contents) {
                if (readerClosed) {
                    throw new StoreException("The reader of the log " + id + " is closed.");
                }
                return position < log.records.size()
                        ? Optional.of(log.records.get((int) position++))
                        : Optional.empty();
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long damaged() {
            return 0;
        }

        @Override
        public void close() {
            synchronized (contents) {
                readerClosed = true;
            }
        }
    }
}
