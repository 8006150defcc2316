package dev.trackit.spi;

import dev.trackit.api.Digest;
import dev.trackit.api.LogId;
import dev.trackit.api.NotebookId;
import dev.trackit.api.Verification;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps append-only logs of {@link dev.trackit.api.LineageRecord records}, durably, and reads them back in order. It gives no
 * meaning to records: types and fields that it does not know are carried as they are.
 *
 * <p>A log has at most one writer at a time, in this process or any other, and any number of readers, which may follow while the
 * writer writes. Beside the logs it keeps payloads (pictures, tables, long texts) by digest, per notebook.
 *
 * <p>A store is safe for use by several threads. {@link #close()} is idempotent, closes its writers and readers, and frees
 * their locks; after it every method throws {@link dev.trackit.api.StoreException}.
 */
public interface LineageStore extends AutoCloseable {

    /** The logs that exist, ordered by notebook, then by name. */
    List<LogId> logs();

    /**
     * Opens the log for appending, creating it if it does not exist, and holds its lock until the writer is closed. What a
     * crash left half-written is set aside first, and a record of type {@code log.recovered} says so.
     *
     * @throws dev.trackit.api.LogLockedException within about a second, if another writer holds the log; the message says which
     *     process, if known
     * @throws dev.trackit.api.StoreException if the log cannot be opened or created
     */
    LogWriter writer(LogId log);

    /**
     * Opens the log for reading, without a lock.
     *
     * @param position the number of records to skip from the beginning, from 0
     * @throws dev.trackit.api.StoreException if the log does not exist or cannot be read
     */
    LogReader reader(LogId log, long position);

    /**
     * The number of records in the log now. A store that can tell without reading the whole log overrides this; it is what makes
     * reading the last records of a long log cheap.
     *
     * @throws dev.trackit.api.StoreException if the log does not exist or cannot be read
     */
    default long size(LogId log) {
        try (LogReader reader = reader(log, 0)) {
            while (reader.next().isPresent()) {
                // Counting only: the reader keeps the position.
            }
            return reader.position();
        }
    }

    /**
     * Opens the log for reading only its landmarks of these types, in order, without a lock. Landmarks are the few records by which the many
     * executions between them can be understood without being read: every record of another type than {@code execution}, and those of type {@code
     * execution} that have a field {@code supersedes}. After each, the reader's position is that record's number. Records that are appended after
     * the opening may be left out, and so may damaged ones without being counted. A store that need not read the whole log for this overrides it;
     * it is what makes reading a part of a long log cheap.
     *
     * @throws dev.trackit.api.StoreException if the log does not exist or cannot be read
     */
    default LogReader landmarks(LogId log, Set<String> types) {
        return new Landmarks(reader(log, 0), types);
    }

    /**
     * Keeps a payload, durably when the method returns. Keeping the same payload again does nothing.
     *
     * @return the payload's digest
     * @throws dev.trackit.api.StoreException if it cannot be written
     */
    Digest putPayload(NotebookId notebook, byte[] payload);

    /**
     * A payload that was kept, to be closed by the caller; empty if it was not, or was removed.
     *
     * @throws dev.trackit.api.StoreException if it cannot be read
     */
    Optional<InputStream> payload(NotebookId notebook, Digest digest);

    /**
     * Checks a log from its first byte to its last, without changing it and without a lock.
     *
     * @throws dev.trackit.api.StoreException if the log does not exist or cannot be read at all
     */
    Verification verify(LogId log);

    /** Closes the store, its writers and readers. Idempotent. */
    @Override
    void close();
}
