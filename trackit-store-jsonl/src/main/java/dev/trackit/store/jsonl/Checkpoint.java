package dev.trackit.store.jsonl;

/**
 * What was durable at some time: that many records, the last line of which ends at {@code offset} of {@code segment} and has
 * this link. A chain alone cannot show that whole records were cut from its end; a checkpoint kept apart can.
 */
record Checkpoint(long records, String link, long segment, long offset) {

    boolean reaches(long otherSegment, long otherOffset) {
        return segment > otherSegment || segment == otherSegment && offset > otherOffset;
    }
}
