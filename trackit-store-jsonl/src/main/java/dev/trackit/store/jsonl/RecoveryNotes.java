package dev.trackit.store.jsonl;

import dev.trackit.api.LineageRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was mended and is not yet said in the log, because there may have been no space to say it. Becomes records of type
 * {@code log.recovered} before the next ones. Not safe for use by several threads.
 */
final class RecoveryNotes {
    private static final String TYPE = "log.recovered";

    private final LogFiles files;
    private final Clock clock;
    private final List<LineageRecord> found = new ArrayList<>();
    private int failures;
    private long failedBytes;
    private long failedSegment;
    private long failedOffset;

    RecoveryNotes(LogFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    boolean isEmpty() {
        return found.isEmpty() && failures == 0;
    }

    /** Notes what was found at a log's end. Returns it in words. */
    String add(LogTail tail) {
        String reason = tail.cut() > 0 ? "torn" : tail.finding().orElse("missing");
        // Damage is found in the segment before the one that goes on.
        long segment = tail.cut() > 0 ? tail.segment() : Math.max(1, tail.segment() - 1);
        String message =
                switch (reason) {
                    case "torn" -> tail.cut() + " bytes of an unfinished write were cut";
                    case "damaged" -> "a line is damaged; its segment was left as it is and a new one begun";
                    case "changed" -> "the lines are not those of the checkpoint; a new segment was begun";
                    default -> "acknowledged records are missing from the end; a new segment was begun";
                };
        add(reason, segment, tail.offset(), tail.cut(), tail.lost(), message);
        return message;
    }

    /** Notes that an append failed and its bytes were cut. Many failures in a row, as on a full disk, make one record. */
    void addFailedAppend(long segment, long offset, long bytes) {
        failures++;
        failedBytes += bytes;
        failedSegment = segment;
        failedOffset = offset;
    }

    List<LineageRecord> records() {
        List<LineageRecord> records = new ArrayList<>(found);
        if (failures > 0) {
            String message = "an append failed " + (failures == 1 ? "" : failures + " times ")
                    + "before it was acknowledged; what it left was cut";
            records.add(record("failed-append", failedSegment, failedOffset, failedBytes, 0, message));
        }
        return records;
    }

    void clear() {
        found.clear();
        failures = 0;
        failedBytes = 0;
    }

    private void add(String reason, long segment, long offset, long cut, long lost, String message) {
        found.add(record(reason, segment, offset, cut, lost, message));
    }

    private LineageRecord record(String reason, long segment, long offset, long cut, long lost, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("reason", reason);
        fields.put("file", files.segmentName(segment));
        if (cut > 0) {
            fields.put("offset", offset);
        }
        fields.put("cutBytes", cut);
        fields.put("lostRecords", lost);
        fields.put("message", message);
        return LineageRecord.of(TYPE, clock.instant(), fields);
    }
}
