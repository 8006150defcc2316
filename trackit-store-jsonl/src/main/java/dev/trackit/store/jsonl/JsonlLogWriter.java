package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LogWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to one log. A batch of records is written at once and forced once; only then is it acknowledged, and only then does this
 * writer's idea of where the log ends move on.
 *
 * <p>When a write or a force fails, the file is closed: after a failed force the system may have dropped the bytes and still
 * say yes to a second one. The file is then opened afresh and cut back to the last acknowledged line, at once if possible, else
 * before the next append. So what was not acknowledged never stays in the way, and a disk that was full, or gone, does no
 * harm once it is back.
 *
 * <p>An interrupt of the appending thread closes a channel in mid-air. That is not a fault of the disk: the batch is mended
 * and written again, and the interrupt left for the caller to see.
 */
final class JsonlLogWriter implements LogWriter {
    private static final Logger logger = LoggerFactory.getLogger(JsonlLogWriter.class);
    private static final int WRITE_BYTES = 4 << 20;
    private static final int CHECKPOINT_BYTES = 1 << 20;
    private static final int CHECKPOINT_APPENDS = 256;
    private static final int MAX_INTERRUPTS = 8;

    private final LogHome home;
    private final WriterLock lock;
    private final Consumer<JsonlLogWriter> onClose;
    private final CheckpointFile checkpoints;
    private final LineEncoder encoder = new LineEncoder();
    private final RecoveryNotes notes;

    private @Nullable LogFile file;
    /** The segment to go on with; it exists unless {@link #fresh}. */
    private long segment;

    private boolean fresh;
    private boolean failed;
    private boolean closed;
    private boolean checkpointFailed;
    /** Where the last acknowledged line ends. */
    private long offset;

    private byte[] link;
    private long number;
    private long bytesSinceCheckpoint;
    private int appendsSinceCheckpoint;

    private JsonlLogWriter(LogHome home, WriterLock lock, Consumer<JsonlLogWriter> onClose) {
        this.home = home;
        this.lock = lock;
        this.onClose = onClose;
        this.checkpoints = new CheckpointFile(home.layer(), home.files());
        this.notes = new RecoveryNotes(home.files(), home.clock());
        this.link = LineFormat.origin();
    }

    /** Takes the log's lock, mends what a crash left, and begins the log if there is none. */
    static JsonlLogWriter open(LogHome home, Consumer<JsonlLogWriter> onClose) {
        boolean interrupted = Thread.interrupted();
        try {
            WriterLock lock = WriterLock.acquire(home.layer(), home.files().lock(), home.log());
            boolean opened = false;
            try {
                JsonlLogWriter writer = new JsonlLogWriter(home, lock, onClose);
                writer.begin();
                opened = true;
                return writer;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw Faults.of("The log " + home.log() + " could not be opened for writing", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public LogId log() {
        return home.log();
    }

    @Override
    public synchronized long position() {
        return number;
    }

    @Override
    public synchronized long append(List<LineageRecord> records) {
        List<LineageRecord> batch = List.copyOf(requireNonNull(records, "records"));
        requireOpen();
        if (batch.isEmpty() && !failed && notes.isEmpty()) {
            return number;
        }
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    mend();
                    write(batch);
                    break;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    if (attempt == MAX_INTERRUPTS) {
                        throw e;
                    }
                }
            }
            checkpointIfDue();
            return number;
        } catch (IOException e) {
            throw Faults.of("The log " + home.log() + " could not be written", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!notes.isEmpty()) {
                append(List.of());
            }
            if (!failed) {
                saveCheckpoint();
            }
        } catch (StoreException e) {
            logger.debug("What was mended in {} could not be noted", home.log(), e);
        } finally {
            closed = true;
            closeFile();
            lock.close();
            onClose.accept(this);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException("The writer of the log " + home.log() + " is closed. Open another one.");
        }
    }

    private void begin() throws IOException {
        boolean existed = !home.files().segments(home.layer()).isEmpty();
        recover();
        // Who began this log may have died before its name was durable.
        home.layer().forceFolder(home.files().folder());
        try {
            if (fresh || !notes.isEmpty()) {
                mend();
                write(List.of());
            }
        } catch (IOException e) {
            if (!existed) {
                throw e;
            }
            logger.debug("What was mended in {} is noted with the next append", home.log(), e);
        }
    }

    /** Finds the log's end, cuts what is torn, and forces the rest, which may be lines of a process that died before its force. */
    private void recover() throws IOException {
        closeFile();
        Optional<Checkpoint> checkpoint = checkpoints.read();
        LogTail tail = LogTail.find(home.layer(), home.files(), home.log(), checkpoint);
        if (!tail.clean()) {
            logger.warn("The log {} was not whole at its end: {}", home.log(), notes.add(tail));
        }
        segment = tail.segment();
        fresh = tail.fresh();
        offset = tail.offset();
        link = tail.link();
        number = tail.number();
        if (!fresh) {
            LogFile open = home.layer().openToWrite(home.files().segment(segment));
            file = open;
            if (tail.cut() > 0) {
                open.truncate(offset);
            }
            open.force();
        }
        failed = false;
        bytesSinceCheckpoint = checkpoint
                        .filter(c -> c.segment() == segment && c.offset() == offset)
                        .isPresent()
                ? 0
                : 1;
        appendsSinceCheckpoint = 0;
    }

    /** After a failed append: brings the file back to where the last acknowledged line ends. */
    private void mend() throws IOException {
        if (!failed || fresh) {
            failed = false;
            return;
        }
        closeFile();
        boolean there = home.layer().exists(home.files().segment(segment));
        if (there) {
            LogFile open = home.layer().openToWrite(home.files().segment(segment));
            file = open;
            long size = open.size();
            if (size >= offset && LogTail.endsWith(open, offset, new String(link, US_ASCII))) {
                if (size > offset) {
                    open.truncate(offset);
                    notes.addFailedAppend(segment, offset, size - offset);
                }
                failed = false;
                return;
            }
        }
        recover();
    }

    private void write(List<LineageRecord> records) throws IOException {
        boolean acknowledged = false;
        boolean roll = fresh || offset >= home.segmentBytes();
        LogFile next = null;
        try {
            if (roll) {
                long nextSegment = fresh ? segment : segment + 1;
                next = beginSegment(nextSegment);
                long end = writeLines(next, 0, records);
                home.layer().forceFolder(home.files().folder());
                acknowledged = true;
                closeFile();
                file = next;
                long full = segment;
                boolean grown = !fresh;
                segment = nextSegment;
                fresh = false;
                acknowledge(end, end);
                if (grown) {
                    SegmentIndex.save(home, full);
                }
            } else {
                encoder.begin(link, number);
                long end = writeLines(requireNonNull(file), offset, records);
                acknowledged = true;
                acknowledge(end, end - offset);
            }
        } finally {
            if (!acknowledged) {
                giveUp(next);
            }
            encoder.clear();
        }
    }

    private LogFile beginSegment(long nextSegment) throws IOException {
        LogFile next = home.layer().openToWrite(home.files().segment(nextSegment));
        boolean begun = false;
        try {
            if (next.size() > 0) {
                next.truncate(0);
            }
            encoder.begin(link, number);
            encoder.header(home.log(), nextSegment, home.clock().instant());
            begun = true;
            return next;
        } finally {
            if (!begun) {
                close(next);
            }
        }
    }

    private long writeLines(LogFile target, long from, List<LineageRecord> records) throws IOException {
        long at = from;
        for (LineageRecord note : notes.records()) {
            encoder.record(note);
        }
        for (LineageRecord record : records) {
            encoder.record(record);
            if (encoder.length() >= WRITE_BYTES) {
                at = writeOut(target, at);
            }
        }
        at = writeOut(target, at);
        target.force();
        return at;
    }

    private long writeOut(LogFile target, long at) throws IOException {
        int length = encoder.length();
        target.writeFully(ByteBuffer.wrap(encoder.array(), 0, length), at);
        encoder.clear();
        return at + length;
    }

    private void acknowledge(long end, long bytes) {
        offset = end;
        link = encoder.link();
        number = encoder.number();
        notes.clear();
        bytesSinceCheckpoint += bytes;
        appendsSinceCheckpoint++;
    }

    /** Leaves nothing unacknowledged behind, as far as that is possible now. */
    private void giveUp(@Nullable LogFile next) {
        boolean interrupted = Thread.interrupted();
        try {
            if (next != null) {
                close(next);
                home.layer().delete(home.files().segment(fresh ? segment : segment + 1));
            } else {
                failed = true;
                mend();
            }
        } catch (IOException | StoreException e) {
            logger.debug("The log {} is mended before the next append", home.log(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void checkpointIfDue() {
        if (bytesSinceCheckpoint >= CHECKPOINT_BYTES || appendsSinceCheckpoint >= CHECKPOINT_APPENDS) {
            saveCheckpoint();
        }
    }

    private void saveCheckpoint() {
        if (bytesSinceCheckpoint == 0 || fresh) {
            return;
        }
        bytesSinceCheckpoint = 0;
        appendsSinceCheckpoint = 0;
        try {
            checkpoints.write(
                    new Checkpoint(number, new String(link, US_ASCII), segment, offset),
                    home.clock().instant());
            checkpointFailed = false;
        } catch (IOException e) {
            bytesSinceCheckpoint = 1;
            if (!checkpointFailed) {
                checkpointFailed = true;
                logger.warn("The checkpoint of {} could not be written; its records are safe", home.log(), e);
            }
        }
    }

    private void closeFile() {
        LogFile open = file;
        file = null;
        if (open != null) {
            close(open);
        }
    }

    private void close(LogFile open) {
        try {
            open.close();
        } catch (IOException e) {
            logger.debug("A file of the log {} could not be closed", home.log(), e);
        }
    }
}
