package dev.trackit.examples.adapter.framed;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads one log. The store closes it from another thread, hence the locks. */
final class FramedLogReader implements LogReader {
    private final LogId log;
    private final Frames frames;
    private long position;
    private long damaged;
    private boolean closed;

    FramedLogReader(LogId log, Path file) {
        this.log = log;
        try {
            this.frames = new Frames(file);
        } catch (IOException e) {
            throw new StoreException("The log " + log + " cannot be read.", e);
        }
    }

    @Override
    public LogId log() {
        return log;
    }

    @Override
    public synchronized Optional<LineageRecord> next() {
        if (closed) {
            throw new StoreException("The reader of the log " + log + " is closed.");
        }
        try {
            for (Frames.Frame frame = frames.next(); frame != null; frame = frames.next()) {
                position++;
                if (frame.record() != null) {
                    return Optional.of(frame.record());
                }
                damaged++;
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException("The log " + log + " cannot be read any further.", e);
        }
    }

    @Override
    public synchronized long position() {
        return position;
    }

    @Override
    public synchronized long damaged() {
        return damaged;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            frames.close();
        } catch (IOException e) {
            throw new StoreException("The log " + log + " cannot be closed.", e);
        }
    }
}
