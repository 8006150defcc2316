package dev.trackit.store.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Fails one of its operations, or all from that one on, until it is healed. */
final class FailingLayer extends ForwardingLayer {
    private final Fault fault;
    private final boolean forGood;
    private final int failAt;
    private int operations;
    private boolean healed;
    private boolean forcesAllowed;

    /** What goes wrong. */
    enum Fault {
        /** A write stores half of its bytes, and what needs space fails; reading, cutting and deleting work. */
        NO_SPACE("No space left on device"),
        /** Everything fails; a write stores half of its bytes first. */
        IO_ERROR("Input/output error"),
        /** A write stores a part and says so; nothing fails. */
        SHORT_WRITE("");

        private final String message;

        Fault(String message) {
            this.message = message;
        }
    }

    FailingLayer(Fault fault, boolean forGood, int failAt) {
        this.fault = fault;
        this.forGood = forGood;
        this.failAt = failAt;
    }

    int operations() {
        return operations;
    }

    void heal() {
        healed = true;
    }

    /** From now on forces succeed even without space. */
    void allowForces() {
        forcesAllowed = true;
    }

    private boolean isHit() {
        operations++;
        return !healed && (forGood ? operations >= failAt : operations == failAt);
    }

    private void step(boolean needsSpace) throws IOException {
        if (isHit() && (fault == Fault.IO_ERROR || fault == Fault.NO_SPACE && needsSpace)) {
            throw new IOException(fault.message);
        }
    }

    @Override
    public LogFile openToRead(Path file) throws IOException {
        step(false);
        return new Failing(super.openToRead(file));
    }

    @Override
    public LogFile openToWrite(Path file) throws IOException {
        step(!exists(file));
        return new Failing(super.openToWrite(file));
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        step(!exists(folder));
        super.createFolder(folder);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step(true);
        super.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        step(false);
        super.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        step(!forcesAllowed);
    }

    @Override
    public List<String> names(Path folder) throws IOException {
        step(false);
        return super.names(folder);
    }

    private final class Failing extends Forwarding {
        Failing(LogFile file) {
            super(file);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            step(false);
            return super.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            if (!isHit()) {
                return super.write(source, position);
            }
            ByteBuffer half = source.slice();
            half.limit((source.remaining() + 1) / 2);
            int count = super.write(half, position);
            if (fault != Fault.SHORT_WRITE) {
                throw new IOException(fault.message);
            }
            source.position(source.position() + count);
            return count;
        }

        @Override
        public void truncate(long size) throws IOException {
            step(false);
            super.truncate(size);
        }

        @Override
        public void force() throws IOException {
            step(!forcesAllowed);
        }

        @Override
        public long size() throws IOException {
            step(false);
            return super.size();
        }
    }
}
