package dev.trackit.store.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;

/**
 * A file behind a {@link FileChannel}. An interrupt of the calling thread closes a channel; a read is then repeated on a fresh
 * one and the interrupt passed on afterwards, while a write, a cut or a force fails, so that the writer checks what it left.
 */
final class ChannelFile implements LogFile {
    /** The JDK keeps a buffer outside the heap, per thread, as large as the largest transfer. */
    private static final int MAX_TRANSFER = 1 << 20;

    private final Opening opening;
    private final boolean forced;
    private FileChannel channel;

    /** Opens a channel on the same file each time. */
    interface Opening {
        FileChannel open() throws IOException;
    }

    private interface Action<T> {
        T on(FileChannel channel) throws IOException;
    }

    ChannelFile(Opening opening, boolean forced) throws IOException {
        this.opening = opening;
        this.forced = forced;
        this.channel = opening.open();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        ByteBuffer part = target.slice().limit(Math.min(target.remaining(), MAX_TRANSFER));
        int count =
                repeated(open -> open.read(part.clear().limit(Math.min(target.remaining(), MAX_TRANSFER)), position));
        if (count > 0) {
            target.position(target.position() + count);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        ByteBuffer part = source.slice();
        part.limit(Math.min(part.limit(), MAX_TRANSFER));
        int count = channel.write(part, position);
        source.position(source.position() + count);
        return count;
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
        if (forced) {
            channel.force(false);
        }
    }

    @Override
    public long size() throws IOException {
        return repeated(FileChannel::size);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private <T> T repeated(Action<T> action) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return action.on(channel);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    channel = opening.open();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
