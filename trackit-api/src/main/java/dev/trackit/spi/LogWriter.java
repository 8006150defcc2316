package dev.trackit.spi;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import java.util.List;

/**
 * Appends to one log. Safe for use by several threads; appends happen one after the other.
 */
public interface LogWriter extends AutoCloseable {

    /** The log. */
    LogId log();

    /**
     * Appends records in this order. When the method returns they are durable: they survive a crash of the process and of the
     * machine. When it throws, none, some or all of them may be found later, each whole and in order, and the caller may append
     * the same records again.
     *
     * @return the number of records in the log after the append
     * @throws dev.trackit.api.StoreException if they could not be made durable, or the writer is closed
     */
    long append(List<LineageRecord> records);

    /** The number of records in the log. */
    long position();

    /** Closes the writer and frees the log's lock. Idempotent. */
    @Override
    void close();
}
