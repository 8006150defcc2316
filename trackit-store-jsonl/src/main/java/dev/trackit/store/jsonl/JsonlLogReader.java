package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LogReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one log, segment after segment, and follows it. Every line is checked against the chain before it is given out.
 *
 * <p>At the log's end there may be bytes that are not a line yet, or never will be. The reader waits before them: they become
 * a line, or the next writer cuts them, or a whole line follows, and then they were damage. It may even have given out lines
 * that were never acknowledged and are cut afterwards, because the writer's disk failed; it then goes back to the last line that
 * it has in common with the log.
 */
final class JsonlLogReader implements LogReader {
    private final LogHome home;
    private final Consumer<JsonlLogReader> onClose;
    private final LineDecoder decoder = new LineDecoder();
    private final RecentLinks recent = new RecentLinks();

    private LogFile file;
    private long segment;
    private LineScanner scanner;
    private ChainChecker checker;
    private boolean atHeader;
    private boolean newer;
    /** Where the last whole line ended. */
    private long wholeEnd;

    private boolean waiting;
    private long sizeSeen;
    private long position;
    private long damaged;
    private volatile boolean closed;

    private JsonlLogReader(LogHome home, Consumer<JsonlLogReader> onClose, Place place, long position) {
        this.home = home;
        this.onClose = onClose;
        this.file = place.file;
        this.segment = place.segment;
        this.scanner = new LineScanner(place.file, place.offset);
        this.checker = place.checker;
        this.atHeader = place.offset == 0;
        this.wholeEnd = place.offset;
        this.position = position;
    }

    /** Where to begin reading. */
    private record Place(LogFile file, long segment, long offset, ChainChecker checker) {}

    static JsonlLogReader open(LogHome home, long position, Consumer<JsonlLogReader> onClose) {
        try {
            return new JsonlLogReader(home, onClose, place(home, position), position);
        } catch (IOException e) {
            throw Faults.of("The log " + home.log() + " could not be read", e);
        }
    }

    /** How many records the log has: the number of its last whole line, found by reading from close before the end. */
    static long size(LogHome home) {
        try {
            Place place = place(home, Long.MAX_VALUE);
            try (JsonlLogReader end = new JsonlLogReader(home, closing -> {}, place, place.checker.number())) {
                while (end.next().isPresent()) {
                    // The reader keeps the position.
                }
                return end.position();
            }
        } catch (IOException e) {
            throw Faults.of("The log " + home.log() + " could not be read", e);
        }
    }

    @Override
    public LogId log() {
        return home.log();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long damaged() {
        return damaged;
    }

    @Override
    public Optional<LineageRecord> next() {
        if (closed) {
            throw new StoreException("The reader of the log " + home.log() + " is closed. Open another one.");
        }
        try {
            if (waiting && !resume()) {
                return Optional.empty();
            }
            return advance();
        } catch (IOException e) {
            waiting = true;
            sizeSeen = -1;
            throw Faults.of("The log " + home.log() + " could not be read", e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                file.close();
            } catch (IOException e) {
                throw Faults.of("The log " + home.log() + " could not be closed", e);
            } finally {
                onClose.accept(this);
            }
        }
    }

    private Optional<LineageRecord> advance() throws IOException {
        boolean leaving = false;
        while (true) {
            if (scanner.next()) {
                Optional<LineageRecord> record = line();
                if (record.isPresent()) {
                    return record;
                }
            } else if (leaving) {
                enter(segment + 1);
                leaving = false;
            } else if (home.layer().exists(home.files().segment(segment + 1))) {
                // The writer may have added to this segment before it began the next one: look once more.
                leaving = true;
            } else if (!enterAfterHole()) {
                sizeSeen = file.size();
                waiting = true;
                return Optional.empty();
            }
        }
    }

    private Optional<LineageRecord> line() throws IOException {
        byte[] buffer = scanner.buffer();
        int start = scanner.start();
        int length = scanner.length();
        boolean header = atHeader;
        atHeader = false;
        ChainChecker.Verdict verdict = scanner.oversize()
                ? checker.oversize()
                : header ? checker.header(buffer, start, length) : checker.line(buffer, start, length);
        if (verdict == ChainChecker.Verdict.DAMAGED) {
            return Optional.empty();
        }
        wholeEnd = scanner.position();
        if (verdict == ChainChecker.Verdict.NEWER) {
            newer = true;
            return header ? Optional.empty() : newerLine(buffer, start, length);
        }
        long number = checker.number();
        if (header) {
            damaged += Math.max(0, number - position);
            position = Math.max(position, number);
            return Optional.empty();
        }
        recent.add(number, checker.link());
        if (number <= position) {
            return Optional.empty();
        }
        damaged += number - position - 1;
        position = number;
        Optional<LineageRecord> record = decoder.decode(buffer, start, length);
        damaged += record.isEmpty() ? 1 : 0;
        return record;
    }

    /** A line of a format to come: taken if it can be understood. */
    private Optional<LineageRecord> newerLine(byte[] buffer, int start, int length) {
        long named = LineFormat.number(buffer, start, length);
        if (named >= 0 && named <= position) {
            return Optional.empty();
        }
        position = named >= 0 ? named : position + 1;
        Optional<LineageRecord> record = decoder.decode(buffer, start, length);
        damaged += record.isEmpty() ? 1 : 0;
        return record;
    }

    /** Goes on to the next segment that exists, if some in between were taken away. */
    private boolean enterAfterHole() throws IOException {
        for (long number : home.files().segments(home.layer())) {
            if (number > segment) {
                enter(number);
                return true;
            }
        }
        return false;
    }

    private void enter(long next) throws IOException {
        LogFile opened = home.layer().openToRead(home.files().segment(next));
        move(new Place(opened, next, 0, ChainChecker.after(LineFormat.origin(), 0)));
    }

    private void move(Place place) throws IOException {
        LogFile left = file;
        file = place.file;
        segment = place.segment;
        scanner = new LineScanner(place.file, place.offset);
        checker = place.checker;
        atHeader = place.offset == 0;
        newer = false;
        wholeEnd = place.offset;
        waiting = false;
        left.close();
    }

    /** Looks whether there is more than before, and whether what was there is still there. */
    private boolean resume() throws IOException {
        long size = file.size();
        boolean there = home.layer().exists(home.files().segment(segment));
        if (there && size == sizeSeen && !home.layer().exists(home.files().segment(segment + 1))) {
            return false;
        }
        boolean kept = there
                && size >= wholeEnd
                && (wholeEnd == 0 || newer || LogTail.endsWith(file, wholeEnd, new String(checker.link(), US_ASCII)));
        if (!kept) {
            realign();
        } else {
            scanner.restartAt(wholeEnd);
            atHeader = wholeEnd == 0;
            if (!newer) {
                checker = ChainChecker.after(checker.link(), checker.number());
            }
        }
        waiting = false;
        return true;
    }

    /** Goes back to the last record in common with a log from which records were cut. */
    private void realign() throws IOException {
        long common = Math.max(0, position - RecentLinks.SIZE);
        try (JsonlLogReader present = open(home, common, closing -> {})) {
            while (present.next().isPresent()
                    && present.position <= position
                    && !recent.contradicts(present.position, present.checker.link())) {
                common = present.position;
            }
        }
        position = common;
        move(place(home, position));
    }

    private static Place place(LogHome home, long position) throws IOException {
        List<Long> segments = home.files().segments(home.layer());
        if (segments.isEmpty()) {
            throw new StoreException("There is no log " + home.log() + " in "
                    + home.files().folder().getParent() + ".");
        }
        long segment = SegmentSearch.segment(home.layer(), home.files(), segments, position);
        LogFile file = home.layer().openToRead(home.files().segment(segment));
        boolean placed = false;
        try {
            long offset = SegmentSearch.offset(file, position);
            @Nullable ChainChecker checker = offset == 0 ? null : SegmentSearch.before(file, offset);
            placed = true;
            return checker == null
                    ? new Place(file, segment, 0, ChainChecker.after(LineFormat.origin(), 0))
                    : new Place(file, segment, offset, checker);
        } finally {
            if (!placed) {
                file.close();
            }
        }
    }
}
