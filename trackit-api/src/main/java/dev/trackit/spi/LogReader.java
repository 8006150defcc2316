package dev.trackit.spi;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import java.util.Optional;

/**
 * Reads one log in order. Not safe for use by several threads; several readers of one log do not disturb each other.
 */
public interface LogReader extends AutoCloseable {

    /** The log. */
    LogId log();

    /**
     * The next record, or empty at the present end of the log; a later call sees what was appended meanwhile. A record that cannot
     * be read is passed over, and counted in {@link #damaged()}.
     *
     * @throws dev.trackit.api.StoreException if the log cannot be read any further, or the reader is closed
     */
    Optional<LineageRecord> next();

    /** The number of records from the log's beginning to where this reader stands. */
    long position();

    /** How many damaged records were passed over so far. */
    long damaged();

    /** Closes the reader. Idempotent. */
    @Override
    void close();
}
