package dev.trackit.spi;

import dev.trackit.api.LineageRecord;
import dev.trackit.api.LogId;
import java.util.Optional;
import java.util.Set;

/** Picks the landmarks out of a log that is read as a whole: what {@link LineageStore#landmarks} does for a store that knows no shorter way. */
final class Landmarks implements LogReader {
    private final LogReader all;
    private final Set<String> types;

    Landmarks(LogReader all, Set<String> types) {
        this.all = all;
        this.types = Set.copyOf(types);
    }

    @Override
    public LogId log() {
        return all.log();
    }

    @Override
    public Optional<LineageRecord> next() {
        for (Optional<LineageRecord> next = all.next(); next.isPresent(); next = all.next()) {
            if (isLandmark(next.get())) {
                return next;
            }
        }
        return Optional.empty();
    }

    private boolean isLandmark(LineageRecord record) {
        return types.contains(record.type())
                && (!record.type().equals("execution") || record.fields().containsKey("supersedes"));
    }

    @Override
    public long position() {
        return all.position();
    }

    @Override
    public long damaged() {
        return all.damaged();
    }

    @Override
    public void close() {
        all.close();
    }
}
