package dev.trackit.core.record;

import dev.trackit.api.Digest;
import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Verification;
import dev.trackit.spi.LineageStore;
import dev.trackit.spi.LogReader;
import dev.trackit.spi.LogWriter;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store whose appends a test can make fail, hang or lie. */
public final class FaultyStore implements LineageStore {

    /** What becomes of an append. */
    @FunctionalInterface
    public interface Fault {
        /** Appends, or not. */
        long append(LogId log, List<LineageRecord> records, Supplier<Long> append);
    }

    private final LineageStore store;
    private final Fault fault;

    /** A store that does this to each append. */
    public FaultyStore(LineageStore store, Fault fault) {
        this.store = store;
        this.fault = fault;
    }

    @Override
    public LogWriter writer(LogId log) {
        LogWriter writer = store.writer(log);
        return new LogWriter() {
            @Override
            public LogId log() {
                return log;
            }

            @Override
            public long append(List<LineageRecord> records) {
                return fault.append(log, records, () -> writer.append(records));
            }

            @Override
            public long position() {
                return writer.position();
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }

    @Override
    public List<LogId> logs() {
        return store.logs();
    }

    @Override
    public LogReader reader(LogId log, long position) {
        return store.reader(log, position);
    }

    @Override
    public Digest putPayload(NotebookId notebook, byte[] payload) {
        return store.putPayload(notebook, payload);
    }

    @Override
    public Optional<InputStream> payload(NotebookId notebook, Digest digest) {
        return store.payload(notebook, digest);
    }

    @Override
    public Verification verify(LogId log) {
        return store.verify(log);
    }

    @Override
    public void close() {
        store.close();
    }
}
