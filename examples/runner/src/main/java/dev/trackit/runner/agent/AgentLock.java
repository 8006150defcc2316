package dev.trackit.runner.agent;

import dev.trackit.api.LogLockedException;
import dev.trackit.api.StoreException;
import dev.trackit.runner.cli.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Says that an agent is at work on a data folder, and which process it is. The operating system frees the lock when the process
 * ends, however it ends, so a lock is never left behind. Safe for use by several threads.
 */
public final class AgentLock implements AutoCloseable {
    private static final String FILE = "agent.lock";

    private final FileChannel channel;
    private final FileLock lock;

    private AgentLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock, and creates the data folder if needed.
     *
     * @throws LogLockedException if another agent holds it; the message names its process
     * @throws StoreException if the folder cannot be written
     */
    public static AgentLock take(Path dataFolder) {
        try {
            PrivateFiles.createFolder(dataFolder);
            FileChannel channel = PrivateFiles.open(
                    dataFolder.resolve(FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = readPid(channel);
                channel.close();
                throw new LogLockedException("Another agent"
                        + (holder.isEmpty() ? "" : ", process " + holder + ",")
                        + " already records into " + dataFolder + ".");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return new AgentLock(channel, lock);
        } catch (IOException e) {
            throw new StoreException("Cannot write to the data folder " + dataFolder + ": " + e.getMessage(), e);
        }
    }

    /** The process of the agent that is at work on this data folder; empty if there is none. */
    public static OptionalLong holder(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return OptionalLong.empty();
        }
        // Shared, so that two who ask at the same time do not take each other for the agent; opened for reading only.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            try (FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
                if (free != null) {
                    return OptionalLong.empty();
                }
            } catch (OverlappingFileLockException e) {
                // An agent in this very process.
            }
            String pid = readPid(channel);
            return OptionalLong.of(pid.isEmpty() ? -1 : Long.parseLong(pid));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
        return text.matches("[0-9]{1,18}") ? text : "";
    }

    /** Frees the lock. Idempotent. */
    @Override
    public void close() {
        try {
            if (lock.isValid()) {
                lock.release();
            }
            channel.close();
        } catch (IOException e) {
            // The process's end frees it.
        }
    }
}
