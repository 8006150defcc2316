package dev.trackit.store.jsonl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackit.api.LineageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds a log's {@link Checkpoint}: one line in the form of the log, chained to the origin. It is written apart, forced,
 * and renamed into place, so that it is either the old one or the new one. One that cannot be read counts as none: it only
 * helps to find what is missing, and to begin late in a long segment.
 */
final class CheckpointFile {
    private static final String TYPE = "log.checkpoint";
    private static final int MAX_BYTES = 64 << 10;

    private final FileLayer layer;
    private final LogFiles files;

    CheckpointFile(FileLayer layer, LogFiles files) {
        this.layer = layer;
        this.files = files;
    }

    Optional<Checkpoint> read() throws IOException {
        try (LogFile file = layer.openToRead(files.checkpoint())) {
            LineScanner scanner = new LineScanner(file, 0);
            if (file.size() > MAX_BYTES || !scanner.next()) {
                return Optional.empty();
            }
            ChainChecker checker = ChainChecker.after(LineFormat.origin(), -1);
            if (checker.line(scanner.buffer(), scanner.start(), scanner.length()) != ChainChecker.Verdict.WHOLE) {
                return Optional.empty();
            }
            return new LineDecoder()
                    .decode(scanner.buffer(), scanner.start(), scanner.length())
                    .flatMap(record -> checkpoint(checker.number(), record));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(Checkpoint checkpoint, Instant now) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("segment", checkpoint.segment());
        data.put("offset", checkpoint.offset());
        data.put("link", checkpoint.link());
        LineEncoder encoder = new LineEncoder();
        encoder.begin(LineFormat.origin(), checkpoint.records() - 1);
        encoder.record(LineageRecord.of(TYPE, now, data));
        try (LogFile file = layer.openToWrite(files.checkpointDraft())) {
            file.truncate(0);
            file.writeFully(ByteBuffer.wrap(encoder.array(), 0, encoder.length()), 0);
            file.force();
        }
        layer.rename(files.checkpointDraft(), files.checkpoint());
        layer.forceFolder(files.folder());
    }

    private static Optional<Checkpoint> checkpoint(long records, LineageRecord record) {
        Map<String, @Nullable Object> data = record.fields();
        if (record.type().equals(TYPE)
                && data.get("segment") instanceof Long segment
                && data.get("offset") instanceof Long offset
                && data.get("link") instanceof String link
                && link.getBytes(US_ASCII).length == LineFormat.LINK) {
            return Optional.of(new Checkpoint(records, link, segment, offset));
        }
        return Optional.empty();
    }
}
