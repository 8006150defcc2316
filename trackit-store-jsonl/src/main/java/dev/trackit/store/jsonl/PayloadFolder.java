package dev.trackit.store.jsonl;

import static java.util.Objects.requireNonNull;

import dev.trackit.api.Digest;
import dev.trackit.api.NotebookId;
import dev.trackit.api.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The payloads of one notebook, each in a file named by its digest. A payload is written apart, forced, and renamed into place,
 * so that a file with a digest's name is whole; a damaged one is replaced when the same payload comes again. Safe for use
 * by several threads and processes.
 */
final class PayloadFolder {
    private static final AtomicLong DRAFTS = new AtomicLong();
    private static final int CHUNK = 64 << 10;

    private final FileLayer layer;
    private final Folders folders;
    private final NotebookId notebook;
    private final Path payloads;

    PayloadFolder(FileLayer layer, Folders folders, NotebookId notebook, Path notebookFolder) {
        this.layer = layer;
        this.folders = folders;
        this.notebook = notebook;
        this.payloads = notebookFolder.resolve("payloads");
    }

    Digest put(byte[] payload) {
        Digest digest = Digest.of(payload);
        boolean interrupted = Thread.interrupted();
        try {
            Path target = path(digest);
            Path parent = requireNonNull(target.getParent());
            folders.ensure(parent);
            if (!holds(target, payload)) {
                write(target, payload);
            }
            // Also if it was there: who renamed it may have died before the name was durable.
            layer.forceFolder(parent);
            return digest;
        } catch (IOException e) {
            throw Faults.of("A payload of " + notebook + " could not be kept", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The payload, after all of it was compared with its digest. */
    Optional<InputStream> open(Digest digest) {
        Path path = path(digest);
        try {
            LogFile file = layer.openToRead(path);
            boolean whole = false;
            try {
                whole = digestOf(file).equals(digest);
            } finally {
                if (!whole) {
                    file.close();
                }
            }
            if (!whole) {
                throw new StoreException(
                        "The payload " + path + " is damaged: its content does not have the digest in its name."
                                + " Restore it from a backup, or delete it.");
            }
            return Optional.of(new PayloadStream(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Faults.of("A payload of " + notebook + " could not be read", e);
        }
    }

    private Path path(Digest digest) {
        String hex = digest.hex();
        return payloads.resolve(hex.substring(0, 2)).resolve(hex);
    }

    private boolean holds(Path target, byte[] payload) throws IOException {
        try (LogFile file = layer.openToRead(target)) {
            return file.size() == payload.length && digestOf(file).equals(Digest.of(payload));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void write(Path target, byte[] payload) throws IOException {
        Path draft = target.resolveSibling(
                target.getFileName() + "." + ProcessHandle.current().pid() + "-" + DRAFTS.incrementAndGet() + ".tmp");
        boolean placed = false;
        try {
            try (LogFile file = layer.openToWrite(draft)) {
                file.truncate(0);
                file.writeFully(ByteBuffer.wrap(payload), 0);
                file.force();
            }
            layer.rename(draft, target);
            placed = true;
        } finally {
            if (!placed) {
                layer.delete(draft);
            }
        }
    }

    private static Digest digestOf(LogFile file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long at = 0;
        for (int count = file.read(chunk, at); count >= 0; count = file.read(chunk.clear(), at)) {
            sha256.update(chunk.array(), 0, count);
            at += count;
        }
        return Digest.of(sha256);
    }

    /** Reads a file from its beginning. */
    private static final class PayloadStream extends InputStream {
        private final LogFile file;
        private long at;

        PayloadStream(LogFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = length == 0 ? 0 : file.read(ByteBuffer.wrap(target, offset, length), at);
            at += Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
