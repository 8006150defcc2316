package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.trackit.api.LogId;
import dev.trackit.api.LogLockedException;
import dev.trackit.api.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to append to one log: a lock of the operating system on a side file, which frees itself when the process dies.
 *
 * <p>Such a lock belongs to the process, and on POSIX systems <em>closing any other channel on the file gives it away</em>. So a second
 * attempt within the process must not even open the file. Which locks the process holds is therefore noted where all class
 * loaders see it, in the system properties: an application server may well have loaded this class twice.
 */
final class WriterLock implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(WriterLock.class);
    private static final String HELD = "dev.trackit.store.jsonl.held:";
    /** Far behind the text in the file, which stays readable where locks are mandatory. */
    private static final long LOCKED_BYTE = 1L << 30;

    /** Channels that must stay open for as long as the process lives, see {@link #acquire}. */
    private static final Queue<FileChannel> KEPT_OPEN = new ConcurrentLinkedQueue<>();

    private final String key;
    private final FileChannel channel;
    private boolean closed;

    private WriterLock(String key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Takes the lock, or fails at once. The folder must exist. */
    static WriterLock acquire(FileLayer layer, Path file, LogId log) throws IOException {
        String key = HELD + requireNonNull(file.getParent()).toRealPath().resolve(file.getFileName());
        if (System.getProperties().putIfAbsent(key, "1") != null) {
            throw new LogLockedException(inThisProcess(log));
        }
        boolean taken = false;
        try {
            // Creates it for its owner only, and refuses links.
            layer.openToWrite(file).close();
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            try {
                taken = tryLock(channel, file, log);
            } finally {
                if (!taken && !KEPT_OPEN.contains(channel)) {
                    channel.close();
                }
            }
            sign(channel);
            return new WriterLock(key, channel);
        } finally {
            if (!taken) {
                System.getProperties().remove(key);
            }
        }
    }

    private static boolean tryLock(FileChannel channel, Path file, LogId log) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            // Someone in this process holds it who did not note it down. Closing the channel would free their lock.
            KEPT_OPEN.add(channel);
            throw new LogLockedException(inThisProcess(log), e);
        } catch (IOException e) {
            throw new StoreException(
                    "The file system of " + file + " offers no file locks (" + e.getMessage()
                            + "), without which two programs could write one log. Place the store on another one.",
                    e);
        }
        if (lock == null) {
            throw new LogLockedException("The log " + log + " is being written by another process" + holder(channel)
                    + ". Stop that one first, or wait until it ends; reading works meanwhile.");
        }
        return true;
    }

    private static String inThisProcess(LogId log) {
        return "The log " + log + " is being written by another writer in this process (pid "
                + ProcessHandle.current().pid() + "). Close that one first; reading works meanwhile.";
    }

    private static String holder(FileChannel channel) {
        try {
            ByteBuffer text = ByteBuffer.allocate(200);
            while (text.hasRemaining() && channel.read(text, text.position()) > 0) {}
            String line = new String(text.array(), 0, text.position(), UTF_8).strip();
            return line.matches("pid \\d+, since [0-9TZ:.-]+") ? " (" + line + ")" : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Says who holds the lock. For people only, so that a full disk does not matter. */
    private static void sign(FileChannel channel) {
        ProcessHandle self = ProcessHandle.current();
        Instant since = self.info().startInstant().orElseGet(Instant::now);
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(("pid " + self.pid() + ", since " + since + "\n").getBytes(UTF_8)), 0);
        } catch (IOException e) {
            logger.debug("The holder of a lock could not be noted", e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            logger.debug("A lock file could not be closed", e);
        } finally {
            System.getProperties().remove(key);
        }
    }
}
