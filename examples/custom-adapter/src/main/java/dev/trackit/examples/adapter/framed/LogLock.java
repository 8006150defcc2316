package dev.trackit.examples.adapter.framed;

import dev.trackit.api.LogId;
import dev.trackit.api.LogLockedException;
import dev.trackit.api.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to write a log: against other processes by a lock on a file, within this one by a set, because file locks are a process's. */
final class LogLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private LogLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the lock without waiting for it. */
    static LogLock take(LogId log, Path file) {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD.add(path)) {
            throw new LogLockedException(
                    "The log " + log + " is being written in this program. Close that writer first.");
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                HELD.remove(path);
                throw new LogLockedException(
                        "The log " + log + " is being written by another program. Stop that one first.");
            }
            return new LogLock(path, channel);
        } catch (IOException e) {
            HELD.remove(path);
            throw new StoreException("The log " + log + " cannot be locked.", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("The lock " + path + " cannot be freed.", e);
        } finally {
            HELD.remove(path);
        }
    }
}
