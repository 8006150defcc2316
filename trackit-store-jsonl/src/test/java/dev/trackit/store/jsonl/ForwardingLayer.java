package dev.trackit.store.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Passes everything on to the disk except what a subclass changes. By itself it never forces, which makes tests fast. */
class ForwardingLayer implements FileLayer {
    protected final FileLayer disk = new DiskFileLayer();

    @Override
    public LogFile openToRead(Path file) throws IOException {
        return new Forwarding(disk.openToRead(file));
    }

    @Override
    public LogFile openToWrite(Path file) throws IOException {
        return new Forwarding(disk.openToWrite(file));
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        disk.createFolder(folder);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {}

    @Override
    public List<String> names(Path folder) throws IOException {
        return disk.names(folder);
    }

    @Override
    public boolean exists(Path file) {
        return disk.exists(file);
    }

    /** Passes everything on but forces. */
    static class Forwarding implements LogFile {
        private final LogFile file;

        Forwarding(LogFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return file.write(source, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {}

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
