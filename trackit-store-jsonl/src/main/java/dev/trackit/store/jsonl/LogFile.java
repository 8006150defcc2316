package dev.trackit.store.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of the store. Positions count bytes from 0. Not safe for use by several threads. */
interface LogFile extends Closeable {

    /** Reads some bytes at a position. Returns how many, or -1 at or beyond the end. */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes some bytes at a position. Returns how many: possibly fewer than there are. */
    int write(ByteBuffer source, long position) throws IOException;

    /** Cuts the file to this size. */
    void truncate(long size) throws IOException;

    /** Makes content and size durable. After a failure the file must be closed: a second force would lie. */
    void force() throws IOException;

    /** The present size in bytes. */
    long size() throws IOException;

    /** Reads until the target is full. Returns false if the file ends before that. */
    default boolean readFully(ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = read(target, at);
            if (count < 0) {
                return false;
            }
            at += count;
        }
        return true;
    }

    /** Writes all bytes of the source, in as many steps as the file system takes. */
    default void writeFully(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            int count = write(source, at);
            if (count <= 0) {
                throw new IOException("The file system took no more bytes");
            }
            at += count;
        }
    }
}
