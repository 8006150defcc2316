package dev.trackit.store.jsonl;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import dev.trackit.api.StoreException;
import dev.trackit.spi.LogReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the landmarks of a log by the indexes of its segments, and by searching those that have none. Each line is checked
 * against the one before it. Where one is not as it should be, it reads on as {@link JsonlLogReader} does, which knows how to
 * go on after damage.
 */
final class LandmarkReader implements LogReader {
    private final LogHome home;
    private final Set<String> types;
    private final Consumer<LandmarkReader> onClose;
    private final List<Long> segments;
    private final LineDecoder decoder = new LineDecoder();

    private int segment = -1;
    private @Nullable LogFile file;
    private long[] places = {};
    private int place;
    private long position;
    private @Nullable JsonlLogReader plain;
    private boolean closed;

    private LandmarkReader(LogHome home, Set<String> types, Consumer<LandmarkReader> onClose, List<Long> segments) {
        this.home = home;
        this.types = types;
        this.onClose = onClose;
        this.segments = segments;
    }

    static LandmarkReader open(LogHome home, Set<String> types, Consumer<LandmarkReader> onClose) {
        try {
            List<Long> segments = home.files().segments(home.layer());
            if (segments.isEmpty()) {
                throw new StoreException("There is no log " + home.log() + " in "
                        + home.files().folder().getParent() + ".");
            }
            return new LandmarkReader(home, types, onClose, segments);
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
        return plain == null ? 0 : plain.damaged();
    }

    @Override
    public Optional<LineageRecord> next() {
        if (closed) {
            throw new StoreException("The reader of the log " + home.log() + " is closed. Open another one.");
        }
        try {
            while (plain == null && (place < places.length || enterNext())) {
                LogFile in = file;
                if (in != null && place < places.length) {
                    Optional<LineageRecord> record = take(in, places[place++]);
                    if (record.isPresent()) {
                        return record;
                    }
                }
            }
            return plain == null ? Optional.empty() : nextPlain(plain);
        } catch (IOException e) {
            throw Faults.of("The log " + home.log() + " could not be read", e);
        }
    }

    private boolean enterNext() throws IOException {
        if (segment + 1 >= segments.size()) {
            return false;
        }
        closeFile();
        long number = segments.get(++segment);
        LogFile opened = home.layer().openToRead(home.files().segment(number));
        file = opened;
        place = 0;
        Optional<long[]> known = SegmentIndex.read(home, number, opened).flatMap(index -> index.of(types));
        places = known.isPresent() ? known.get() : searched(opened);
        return true;
    }

    private long[] searched(LogFile opened) throws IOException {
        Map<String, List<Long>> found = SegmentIndex.search(opened, types);
        TreeSet<Long> all = new TreeSet<>();
        found.values().forEach(all::addAll);
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    private Optional<LineageRecord> take(LogFile in, long offset) throws IOException {
        LineScanner line = SegmentSearch.wholeLine(in, offset);
        if (line == null) {
            plain = JsonlLogReader.open(home, position, closing -> {});
            return Optional.empty();
        }
        long number = LineFormat.number(line.buffer(), line.start(), line.length());
        if (number <= position) {
            return Optional.empty();
        }
        position = number;
        return decoder.decode(line.buffer(), line.start(), line.length());
    }

    private Optional<LineageRecord> nextPlain(JsonlLogReader reader) {
        for (Optional<LineageRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            LineageRecord record = next.get();
            position = reader.position();
            if (types.contains(record.type())
                    && (!record.type().equals("execution") || record.fields().containsKey("supersedes"))) {
                return next;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                closeFile();
                if (plain != null) {
                    plain.close();
                }
            } catch (IOException e) {
                throw Faults.of("The log " + home.log() + " could not be closed", e);
            } finally {
                onClose.accept(this);
            }
        }
    }

    private void closeFile() throws IOException {
        LogFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
