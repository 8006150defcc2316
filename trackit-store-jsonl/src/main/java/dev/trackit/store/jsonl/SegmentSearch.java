package dev.trackit.store.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place from which to read in order to come to a record. Lines begin with their number, so a segment is searched by
 * halving, with no index beside it that could be stale. The place found is trusted only if the line there is whole; otherwise
 * reading begins at the segment's first line.
 */
final class SegmentSearch {
    /** What is rather read than halved further. */
    private static final int WINDOW = 64 << 10;

    private static final int PROBE = 4 << 10;
    private static final int NUMBERED = 64;

    private SegmentSearch() {}

    /** The last of these segments that begins after at most this many records; the first one if none does. */
    static long segment(FileLayer layer, LogFiles files, List<Long> segments, long position) throws IOException {
        for (int i = segments.size() - 1; i > 0; i--) {
            try (LogFile file = layer.openToRead(files.segment(segments.get(i)))) {
                byte[] begin = new byte[NUMBERED];
                if (file.readFully(ByteBuffer.wrap(begin), 0)) {
                    long number = LineFormat.number(begin, 0, begin.length);
                    if (number >= 0 && number <= position) {
                        return segments.get(i);
                    }
                }
            }
        }
        return segments.get(0);
    }

    /** The position of a whole line with at most this number, close before the one after it; 0 for the first line. */
    static long offset(LogFile file, long position) throws IOException {
        long low = 0;
        long high = file.size();
        while (high - low > WINDOW) {
            long middle = low + (high - low) / 2;
            Probe line = lineAfter(file, middle, high);
            if (line != null && line.number <= position) {
                low = line.offset;
            } else {
                high = middle;
            }
        }
        return low > 0 && before(file, low) != null ? low : 0;
    }

    /** A checker for the line at this offset, which {@link #offset} found; null if it is not whole. */
    static @Nullable ChainChecker before(LogFile file, long offset) throws IOException {
        byte[] link = linkBefore(file, offset);
        LineScanner scanner = link == null ? null : wholeLine(file, offset, link);
        return link == null || scanner == null
                ? null
                : ChainChecker.after(link, LineFormat.number(scanner.buffer(), scanner.start(), scanner.length()) - 1);
    }

    /** A scanner that stands on the line that begins at this offset; null if there is none, or it is not whole. */
    static @Nullable LineScanner wholeLine(LogFile file, long offset) throws IOException {
        byte[] link = linkBefore(file, offset);
        return link == null ? null : wholeLine(file, offset, link);
    }

    private static byte @Nullable [] linkBefore(LogFile file, long offset) throws IOException {
        byte[] tail = new byte[LineFormat.TAIL + 1];
        if (offset < tail.length || !file.readFully(ByteBuffer.wrap(tail), offset - tail.length)) {
            return null;
        }
        if (tail[LineFormat.TAIL] != '\n' || !LineFormat.isTail(tail, 0)) {
            return null;
        }
        int at = LineFormat.linkAt(0, LineFormat.TAIL);
        return Arrays.copyOfRange(tail, at, at + LineFormat.LINK);
    }

    private static @Nullable LineScanner wholeLine(LogFile file, long offset, byte[] link) throws IOException {
        LineScanner scanner = new LineScanner(file, offset);
        if (!scanner.next() || scanner.oversize()) {
            return null;
        }
        long number = LineFormat.number(scanner.buffer(), scanner.start(), scanner.length());
        ChainChecker.Verdict verdict =
                ChainChecker.after(link, number - 1).line(scanner.buffer(), scanner.start(), scanner.length());
        return verdict == ChainChecker.Verdict.WHOLE ? scanner : null;
    }

    private record Probe(long offset, long number) {}

    /** The first line that begins in this range and names its number; null if none does. */
    private static @Nullable Probe lineAfter(LogFile file, long from, long to) throws IOException {
        byte[] block = new byte[PROBE];
        long at = from;
        while (at < to) {
            ByteBuffer view = ByteBuffer.wrap(block);
            file.readFully(view, at);
            int filled = view.position();
            int end = (int) Math.min(filled, to - at);
            for (int i = 0; i < end - NUMBERED; i++) {
                if (block[i] == '\n') {
                    long number = LineFormat.number(block, i + 1, NUMBERED - 1);
                    if (number >= 0) {
                        return new Probe(at + i + 1, number);
                    }
                }
            }
            if (filled < PROBE || end < PROBE) {
                return null;
            }
            at += PROBE - NUMBERED;
        }
        return null;
    }
}
