package dev.trackit.examples.adapter.framed;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one log, whose lock it holds. It writes through a {@link RandomAccessFile} because an interrupt closes a channel, and a writer must
 * outlive the interrupts of those who append.
 */
final class FramedLogWriter implements LogWriter {
    private final LogId log;
    private final Path folder;
    private final Path path;
    private final Clock clock;
    private final LogLock lock;
    private @Nullable RandomAccessFile file;
    private long records;
    private boolean closed;

    FramedLogWriter(LogId log, Path folder, Clock clock) {
        this.log = log;
        this.folder = folder;
        this.path = folder.resolve(log.name() + ".log");
        this.clock = clock;
        this.lock = LogLock.take(log, path.resolveSibling(log.name() + ".lock"));
        try {
            file = openAtEnd();
        } catch (IOException e) {
            lock.close();
            throw new StoreException("The log " + log + " cannot be opened for writing.", e);
        }
    }

    @Override
    public LogId log() {
        return log;
    }

    @Override
    public synchronized long append(List<LineageRecord> batch) {
        if (closed) {
            throw new StoreException("The writer of the log " + log + " is closed.");
        }
        try {
            RandomAccessFile to = file == null ? openAtEnd() : file;
            file = null; // Until all is durable: after a failure the file is opened, and its end found, anew.
            to.write(Frames.encode(batch));
            to.getFD().sync();
            file = to;
            records += batch.size();
            return records;
        } catch (IOException e) {
            throw new StoreException("The log " + log + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public synchronized long position() {
        return records;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new StoreException("The log " + log + " cannot be closed.", e);
        } finally {
            lock.close();
        }
    }

    /** Opens the file behind its last whole record. What follows is what a crash left: it is set aside, and a record says so. */
    private RandomAccessFile openAtEnd() throws IOException {
        boolean isNew = !Files.exists(path);
        RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
        try (Frames frames = new Frames(path)) {
            records = 0;
            while (frames.next() != null) {
                records++;
            }
            opened.seek(frames.end());
            int torn = (int) Math.min(opened.length() - frames.end(), 1 << 26);
            if (torn > 0) {
                byte[] rest = new byte[torn];
                opened.readFully(rest);
                Files.write(path.resolveSibling(log.name() + ".torn-" + frames.end()), rest);
                opened.setLength(frames.end());
                opened.seek(frames.end());
                opened.write(Frames.encode(List.of(recovered(torn))));
                records++;
            }
            opened.getFD().sync();
            if (isNew) {
                OwnerOnly.forceFolder(folder);
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private LineageRecord recovered(long bytes) {
        return LineageRecord.of("log.recovered", clock.instant(), Map.of("bytes", bytes));
    }
}
